#include "policy/parse_shapes.h"

namespace postern::policy {
namespace {

bool IsCloudFormationFunction(std::string_view name) {
  return name == "Ref" || name.starts_with("Fn::");
}

}  // namespace

bool IsUnresolved(const Node& node) {
  if (node.kind == NodeKind::kIntrinsic || node.kind == NodeKind::kUnknown) return true;
  return node.IsObject() && node.count == 1 && IsCloudFormationFunction((&node + 1)->key);
}

bool IsListOfPolicies(const Node& node) {
  if (!node.IsArray() || node.count == 0) return false;
  for (const Node& each : node.children()) {
    if (!each.IsObject() || each.Find("Statement") == nullptr) return false;
  }
  return true;
}

bool IsHclCondition(const Node& node) {
  if (!node.IsObject() || node.count != 3) return false;
  const Node* test = node.Find("test");
  const Node* variable = node.Find("variable");
  const Node* values = node.Find("values");
  return test != nullptr && test->IsString() && variable != nullptr && variable->IsString() &&
         values != nullptr && !values->IsObject();
}

std::string ConditionOfHcl(const Node& node, std::string_view text) {
  const Node& values = *node.Find("values");
  return "{\"" + std::string(node.Find("test")->text) + "\": {\"" +
         std::string(node.Find("variable")->text) + "\": " +
         std::string(text.substr(values.range.begin, values.range.end - values.range.begin)) + "}}";
}

}  // namespace postern::policy
