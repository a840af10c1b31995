#include "policy/compact_json.h"

#include "policy/json_escape.h"

namespace postern::policy {
namespace {

void Append(std::string& json, const Node& node) {
  switch (node.kind) {
    case NodeKind::kObject:
    case NodeKind::kArray: {
      json += node.IsObject() ? '{' : '[';
      bool first = true;
      for (const Node& child : node.children()) {
        if (!first) json += ',';
        first = false;
        if (node.IsObject()) {
          json += JsonString(child.key);
          json += ':';
        }
        Append(json, child);
      }
      json += node.IsObject() ? '}' : ']';
      return;
    }
    case NodeKind::kNumber:
    case NodeKind::kBool:
      json += node.text;
      return;
    case NodeKind::kNull:
      json += "null";
      return;
    case NodeKind::kString:
    case NodeKind::kIntrinsic:
    case NodeKind::kUnknown:
      json += JsonString(node.text);
      return;
  }
}

}  // namespace

std::string CompactJson(const Node& node) {
  std::string json;
  Append(json, node);
  return json;
}

}  // namespace postern::policy
