// CloudFormation templates, JSON or YAML.
#include <algorithm>
#include <string>
#include <utility>

#include "policy/containers/cloudformation_functions.h"
#include "policy/containers/cloudformation_policy.h"
#include "policy/containers/cloudformation_types.h"
#include "policy/containers/formats.h"
#include "policy/containers/parts.h"
#include "policy/json_tree.h"
#include "policy/pointer_cursor.h"

namespace postern::policy {
namespace {

constexpr std::string_view kNotResolved = "made by a CloudFormation function at deployment";

class Template {
 public:
  explicit Template(std::shared_ptr<const Tree> tree)
      : tree_(std::move(tree)), pointers_(tree_->root()) {}

  Contents Find() {
    if (const Node* resources = tree_->root().Find("Resources")) AddResources(*resources);
    return std::move(contents_);
  }

 private:
  void AddResources(const Node& resources) {
    if (!resources.IsObject()) return;
    for (const Node& resource : resources.children()) {
      if (resource.key.starts_with("Fn::ForEach::") && resource.IsArray() && resource.count == 3) {
        auto body = resource.children().begin();
        ++ ++body;
        AddResources(*body);
        continue;
      }
      const Node* properties = resource.Find("Properties");
      if (properties == nullptr) continue;
      const std::string type = TextAt(resource, "Type");
      if (type == "AWS::EC2::VPCEndpoint") AddEndpoint(resource, *properties);
      if (type == "AWS::ApiGateway::RestApi") AddApi(resource, *properties);
      for (const CloudFormationProperty& row : CloudFormationPropertiesOf(type)) {
        ForEachValue(*properties, row.path,
                     [&](const Node& node) { Add(resource, *properties, row, node); });
      }
    }
  }

  // As ForEachAt, and where a condition chooses, both branches.
  void ForEachValue(const Node& from, std::string_view path,
                    const std::function<void(const Node&)>& visit) const {
    if (const Branches branches = BranchesAt(*tree_, from); branches.first != nullptr) {
      ForEachValue(*branches.first, path, visit);
      return ForEachValue(*branches.second, path, visit);
    }
    if (path.empty()) return visit(from);
    const std::string_view name = TakeName(path);
    if (name != "*") {
      if (const Node* member = from.Find(name)) ForEachValue(*member, path, visit);
      return;
    }
    if (!from.IsArray()) return;
    for (const Node& element : from.children()) ForEachValue(element, path, visit);
  }

  std::string ValueOf(const Node& properties, std::string_view name) {
    const Node* node = properties.Find(name);
    if (node == nullptr) return {};
    TemplateText value = TemplateTexts(*tree_, budget_).TextOf(*node);
    return std::move(value.text);
  }

  EndpointFacts EndpointOf(const Node& properties) {
    // The type that CloudFormation takes where none is given.
    std::string type = ValueOf(properties, "VpcEndpointType");
    if (type.empty()) type = "Gateway";
    return EndpointFactsOf(ValueOf(properties, "ServiceName"), type);
  }

  void AddEndpoint(const Node& resource, const Node& properties) {
    const Node* service = properties.Find("ServiceName");
    if (service == nullptr) return;
    EndpointFacts facts = EndpointOf(properties);
    facts.vpc = ValueOf(properties, "VpcId");  // or `${Vpc}`, which tells it from others
    contents_.endpoints.push_back(
        {pointers_.To(*service), std::string(resource.key), service->range, std::move(facts)});
  }

  // An API definition, in the template or elsewhere, may hold the policy.
  void AddApi(const Node& resource, const Node& properties) {
    for (std::string_view name : {"Policy", "Body", "BodyS3Location"}) {
      if (properties.Find(name) != nullptr) return;
    }
    ForEachAt(properties, "EndpointConfiguration/Types/*", [&](const Node& type) {
      if (!type.IsString() || type.text != "PRIVATE") return;
      contents_.apis.push_back({pointers_.To(type), std::string(resource.key), type.range});
    });
  }

  void Add(const Node& resource, const Node& properties, const CloudFormationProperty& row,
           const Node& node) {
    if (node.kind == NodeKind::kNull || IsNoValue(*tree_, node)) return;
    if (row.mixed && node.Find("Statement") == nullptr) return;
    std::optional<PolicyKind> kind = row.kind;
    if (row.kind == PolicyKind::kScp) kind = OrganizationPolicyKind(ValueOf(properties, "Type"));
    if (!kind) return;
    ContainedPolicy policy;
    policy.pointer = pointers_.To(node);
    policy.resource = resource.key;
    policy.range = node.range;
    policy.kind = *kind;
    if (policy.kind == PolicyKind::kEndpoint) policy.endpoint = EndpointOf(properties);
    Read(policy, node);
    contents_.policies.push_back(std::move(policy));
  }

  void Read(ContainedPolicy& policy, const Node& node) {
    const auto function = FunctionAt(*tree_, node);
    if (!function && node.IsString()) return ReadFromString(policy, *tree_, node);
    if (!function) {
      Take(policy, RenderPolicy(*tree_, node, budget_));
      // Text in the place of a function is not how it is spelled, and YAML is no JSON.
      const bool json = tree_->source().text()[tree_->root().range.begin] == '{';
      policy.editable = json && policy.open.empty();
      return;
    }
    if (function->name == "Sub") return ReadSubstituted(policy, *function->argument);
    const TemplateText text = TemplateTexts(*tree_, budget_).TextOf(node);
    if (text.open) {
      policy.unreadable = kNotResolved;
      return;
    }
    policy.in_string = true;
    policy.text = std::make_shared<const Source>(tree_->source().name(), text.text);
  }

  // `!Sub "{...}"`, or `!Sub ["{...}", variables]`.
  void ReadSubstituted(ContainedPolicy& policy, const Node& argument) {
    const Node* text = &argument;
    const Node* variables = nullptr;
    if (argument.count > 0) {
      auto child = argument.children().begin();
      text = &*child;
      if (argument.count > 1) variables = &*++child;
    }
    ReadFromString(policy, *tree_, *text);
    const JsonResult json = ReadJson(policy.text);
    if (json.tree) {
      Take(policy, RenderSubstituted(*json.tree, *tree_, variables, budget_));
    } else if (text->text.find("${") != text->text.npos) {
      policy.text = nullptr;  // a variable stands for more than text, or the JSON is broken
      policy.unreadable = kNotResolved;
    }
  }

  static void Take(ContainedPolicy& policy, RenderedPolicy rendered) {
    if (rendered.tree == nullptr) {
      policy.text = nullptr;
      policy.unreadable = "too much text in the policies of this template";
      return;
    }
    policy.tree = std::move(rendered.tree);
    policy.node = &policy.tree->root();
    policy.open = std::move(rendered.open);
    std::ranges::sort(policy.open, {}, &SourceRange::begin);  // aliases of YAML lead back
  }

  std::shared_ptr<const Tree> tree_;
  PointerCursor pointers_;
  std::size_t budget_ = kContainerLimits.max_bytes;
  Contents contents_;
};

}  // namespace

bool IsCloudFormation(const Node& root) {
  const Node* resources = root.Find("Resources");
  if (resources == nullptr || !resources->IsObject()) return false;
  if (root.Find("AWSTemplateFormatVersion") != nullptr) return true;
  for (const Node& resource : resources->children()) {
    if (TextAt(resource, "Type").find("::") != std::string::npos) return true;
  }
  return false;
}

Contents FindInCloudFormation(const std::shared_ptr<const Tree>& tree) {
  return Template(tree).Find();
}

}  // namespace postern::policy
