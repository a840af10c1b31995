#include "policy/containers/cloudformation_functions.h"

#include <algorithm>

namespace postern::policy {
namespace {

constexpr std::string_view kLongPrefix = "Fn::";

TemplateText Open(std::string_view name) {
  return {"${" + std::string(name.empty() ? "..." : name) + "}", true};
}

// The n-th argument, or null.
const Node* ArgumentAt(const Node& argument, std::uint32_t n) {
  if (n >= argument.count) return nullptr;
  auto child = argument.children().begin();
  while (n-- > 0) ++child;
  return &*child;
}

// `Role.Arn`, or the list of its parts.
std::string AttributeName(const Node& argument) {
  std::string name(argument.text);
  for (const Node& part : argument.children()) {
    if (!name.empty()) name += '.';
    name += part.text;
  }
  return name;
}

}  // namespace

std::optional<CloudFormationFunction> FunctionAt(const Tree& tree, const Node& node) {
  if (node.kind == NodeKind::kIntrinsic) {
    std::string_view tag = tree.source().Slice(node.range);
    tag = tag.substr(0, tag.find_first_of(" \t\r\n"));
    if (tag.starts_with('!')) tag.remove_prefix(1);
    return CloudFormationFunction{tag, &node};
  }
  if (!node.IsObject() || node.count != 1) return std::nullopt;
  const Node& member = *node.children().begin();
  if (member.key == "Ref") return CloudFormationFunction{"Ref", &member};
  if (!member.key.starts_with(kLongPrefix)) return std::nullopt;
  return CloudFormationFunction{member.key.substr(kLongPrefix.size()), &member};
}

bool IsNoValue(const Tree& tree, const Node& node) {
  const auto function = FunctionAt(tree, node);
  return function && function->name == "Ref" && function->argument->text == "AWS::NoValue";
}

Branches BranchesAt(const Tree& tree, const Node& node) {
  const auto function = FunctionAt(tree, node);
  if (!function || function->name != "If" || function->argument->count != 3) return {};
  return {ArgumentAt(*function->argument, 1), ArgumentAt(*function->argument, 2)};
}

bool TemplateTexts::Spend(std::size_t bytes) {
  const bool enough = bytes <= budget_;
  budget_ = enough ? budget_ - bytes : 0;
  return enough;
}

TemplateText TemplateTexts::TextOf(const Node& node) {
  const auto function = FunctionAt(tree_, node);
  if (!function) {
    if (!Spend(node.text.size())) return Open("");
    return {std::string(node.text), !node.IsScalar()};
  }
  const Node& argument = *function->argument;
  if (function->name == "Ref") return Open(argument.text);
  if (function->name == "GetAtt") return Open(AttributeName(argument));
  if (function->name == "Join") return Join(argument);
  if (function->name != "Sub") return Open(std::string(kLongPrefix) + std::string(function->name));
  if (argument.count == 0) return Substitute(argument.text, nullptr);
  const Node& text = *ArgumentAt(argument, 0);
  return text.IsString() ? Substitute(text.text, ArgumentAt(argument, 1)) : Open("Fn::Sub");
}

TemplateText TemplateTexts::Join(const Node& argument) {
  const Node* separator = ArgumentAt(argument, 0);
  const Node* list = ArgumentAt(argument, 1);
  if (list == nullptr || !list->IsArray()) return Open("Fn::Join");
  TemplateText joined;
  for (const Node& part : list->children()) {
    if (&part != &*list->children().begin()) joined.text += separator->text;
    const TemplateText text = TextOf(part);
    if (!Spend(text.text.size() + separator->text.size())) return Open("Fn::Join");
    joined.text += text.text;
    joined.open |= text.open;
  }
  return joined;
}

TemplateText TemplateTexts::Substitute(std::string_view text, const Node* variables) {
  TemplateText result;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find("${"), text.size());
    const std::size_t end = text.find('}', begin);
    if (!Spend(begin)) return Open("Fn::Sub");
    result.text += text.substr(0, begin);
    text.remove_prefix(begin);
    if (text.empty()) break;
    if (end == text.npos) {
      result.text += text;  // no variable
      break;
    }
    std::string_view name = text.substr(2, end - begin - 2);
    text.remove_prefix(end - begin + 1);
    if (name.starts_with('!')) {  // `${!Literal}` is what `${Literal}` is written as
      name.remove_prefix(1);
      result.text += "${" + std::string(name) + "}";
      continue;
    }
    const Node* variable = variables == nullptr ? nullptr : variables->Find(name);
    const TemplateText value = variable == nullptr ? Open(name) : TextOf(*variable);
    if (!Spend(value.text.size())) return Open("Fn::Sub");
    result.text += value.text;
    result.open |= value.open;
  }
  return result;
}

}  // namespace postern::policy
