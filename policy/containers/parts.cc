#include "policy/containers/parts.h"

#include <utility>

#include "policy/json_tree.h"
#include "policy/language/fold.h"
#include "policy/url_escape.h"

namespace postern::policy {

std::string_view TakeName(std::string_view& path) {
  const std::string_view name = path.substr(0, path.find('/'));
  path.remove_prefix(name.size() < path.size() ? name.size() + 1 : name.size());
  return name;
}

void ForEachAt(const Node& from, std::string_view path,
               const std::function<void(const Node&)>& visit) {
  if (path.empty()) return visit(from);
  const std::string_view name = TakeName(path);
  if (name != "*") {
    if (const Node* member = from.Find(name)) ForEachAt(*member, path, visit);
    return;
  }
  if (!from.IsArray()) return;
  for (const Node& element : from.children()) ForEachAt(element, path, visit);
}

const Node* FindAt(const Node& from, std::string_view path) {
  const Node* node = &from;
  while (node != nullptr && !path.empty()) node = node->Find(TakeName(path));
  return node;
}

std::string TextAt(const Node& from, std::string_view path) {
  const Node* node = FindAt(from, path);
  return std::string(node != nullptr && node->IsString() ? node->text : std::string_view());
}

void ReadFromString(ContainedPolicy& policy, const Tree& tree, const Node& node) {
  policy.in_string = true;
  policy.spelling = tree.Spelling(node);
  policy.text = std::make_shared<const Source>(tree.source().name(), std::string(node.text));
}

void ReadFromObject(ContainedPolicy& policy, std::shared_ptr<const Tree> tree, const Node& node) {
  policy.tree = std::move(tree);
  policy.node = &node;
  policy.editable = true;
}

bool BeginsAsPolicy(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin != text.npos && (text[begin] == '{' || UrlEscape(text.substr(begin)) == '{');
}

EndpointFacts EndpointFactsOf(std::string_view service_name, std::string_view type) {
  constexpr std::string_view kPrefix = "com.amazonaws.";
  EndpointFacts facts;
  if (EqualsIgnoreAsciiCase(type, "Gateway")) facts.type = EndpointType::kGateway;
  if (EqualsIgnoreAsciiCase(type, "Interface")) facts.type = EndpointType::kInterface;
  const std::size_t prefix = service_name.find(kPrefix);  // cn.com.amazonaws.cn-north-1.s3
  if (prefix == service_name.npos) return facts;
  const std::string_view rest = service_name.substr(prefix + kPrefix.size());
  const std::size_t dot = rest.find('.');
  facts.is_private = dot != rest.npos && rest.substr(0, dot) == "vpce";
  if (dot == rest.npos || facts.is_private) return facts;
  const std::string_view service = rest.substr(dot + 1);
  if (rest.find("${") >= dot) facts.region = rest.substr(0, dot);
  if (service.find("${") == service.npos) facts.service = service;
  return facts;
}

std::optional<PolicyKind> OrganizationPolicyKind(std::string_view type) {
  if (type == "SERVICE_CONTROL_POLICY") return PolicyKind::kScp;
  if (type == "RESOURCE_CONTROL_POLICY") return PolicyKind::kRcp;
  return std::nullopt;
}

}  // namespace postern::policy
