// `terraform show -json`, of a plan or of a state.
#include <map>
#include <set>
#include <string>
#include <utility>

#include "policy/containers/formats.h"
#include "policy/containers/parts.h"
#include "policy/containers/terraform_configuration.h"
#include "policy/containers/terraform_types.h"
#include "policy/pointer_cursor.h"

namespace postern::policy {
namespace {

constexpr std::string_view kEndpointType = "aws_vpc_endpoint";

constexpr std::string_view kApiType = "aws_api_gateway_rest_api";

// The resources of a module and of the modules in it.
void ForEachResource(const Node* root_module, const std::function<void(const Node&)>& visit) {
  std::vector<const Node*> waiting;
  if (root_module != nullptr) waiting.push_back(root_module);
  while (!waiting.empty()) {
    const Node& module = *waiting.back();
    waiting.pop_back();
    ForEachAt(module, "resources/*", visit);
    ForEachAt(module, "child_modules/*", [&](const Node& child) { waiting.push_back(&child); });
  }
}

bool IsManaged(const Node& resource) { return TextAt(resource, "mode") != "data"; }

// Calls `visit` for what is said to be unknown at `path`, at the value itself or at what it is in.
void ForEachUnknown(const Node& from, std::string_view path,
                    const std::function<void(const Node&)>& visit) {
  if (from.kind == NodeKind::kBool) {
    if (from.text == "true") visit(from);
    return;
  }
  if (path.empty()) return;
  const std::string_view name = TakeName(path);
  if (name != "*") {
    if (const Node* member = from.Find(name)) ForEachUnknown(*member, path, visit);
  } else if (from.IsArray()) {
    for (const Node& element : from.children()) ForEachUnknown(element, path, visit);
  }
}

class Plan {
 public:
  explicit Plan(const std::shared_ptr<const Tree>& tree)
      : tree_(*tree),
        root_(tree->root()),
        configuration_(root_.Find("configuration")),
        pointers_(root_) {}

  Contents Find() {
    for (std::string_view part : {"planned_values/root_module", "values/root_module"}) {
      ForEachResource(FindAt(root_, part), [this](const Node& resource) {
        if (const Node* values = resource.Find("values")) NoteEndpoint(resource, *values);
      });
    }
    ForEachAt(root_, "resource_changes/*", [this](const Node& resource) {
      if (const Node* after = FindAt(resource, "change/after")) NoteEndpoint(resource, *after);
    });

    for (std::string_view part : {"planned_values/root_module", "values/root_module"}) {
      ForEachResource(FindAt(root_, part), [this](const Node& resource) {
        const Node* values = resource.Find("values");
        if (values == nullptr) return;
        AddKnown(resource, *values);
        AddEndpoint(resource, *values);
        AddApi(resource, *values);
      });
    }
    ForEachAt(root_, "resource_changes/*", [this](const Node& resource) {
      if (const Node* after = FindAt(resource, "change/after")) AddKnown(resource, *after);
      if (const Node* unknown = FindAt(resource, "change/after_unknown")) {
        AddUnknown(resource, *unknown);
      }
    });
    if (has_api_policy_) contents_.apis.clear();  // of which API is known only after apply
    return std::move(contents_);
  }

 private:
  void NoteEndpoint(const Node& resource, const Node& values) {
    if (!IsManaged(resource) || TextAt(resource, "type") != kEndpointType) return;
    // The provider's default, which a plan that was written by hand may leave out.
    const Node* type = values.Find("vpc_endpoint_type");
    const std::string name =
        type != nullptr && type->IsString() ? std::string(type->text) : "Gateway";
    EndpointFacts endpoint = EndpointFactsOf(TextAt(values, "service_name"), name);
    endpoint.id = TextAt(values, "id");
    endpoint.vpc = TextAt(values, "vpc_id");
    if (endpoint.region.empty()) endpoint.region = TextAt(values, "region");
    if (!endpoint.id.empty()) endpoints_.emplace(endpoint.id, endpoint);
    endpoints_.emplace(WithoutIndexes(TextAt(resource, "address")), std::move(endpoint));
  }

  const EndpointFacts* EndpointOf(std::string_view address, const Node& values) const {
    auto found = endpoints_.find(TextAt(values, "vpc_endpoint_id"));
    if (found == endpoints_.end()) found = endpoints_.find(WithoutIndexes(address));
    if (found == endpoints_.end()) {
      found = endpoints_.find(configuration_.ReferenceOf(address, "vpc_endpoint_id"));
    }
    return found == endpoints_.end() ? nullptr : &found->second;
  }

  // The policy of one attribute, which stands at `node`; nothing if it was found before: the values
  // of a plan and its changes say the same. `values` is around it.
  ContainedPolicy* Add(const Node& resource, const TerraformAttribute& row, const Node& values,
                       const Node& node) {
    std::optional<PolicyKind> kind = row.kind;
    if (row.kind == PolicyKind::kScp) {
      const std::string type = TextAt(values, "type");
      if (!type.empty()) kind = OrganizationPolicyKind(type);
    }
    if (!kind) return nullptr;
    ContainedPolicy policy;
    policy.resource = TextAt(resource, "address");
    policy.pointer = pointers_.To(node);
    const std::string inside = policy.pointer.substr(pointers_.To(values).size());
    if (!found_.insert({policy.resource, inside}).second) return nullptr;
    policy.range = node.range;
    policy.kind = *kind;
    if (policy.kind == PolicyKind::kEndpoint) {
      const EndpointFacts* endpoint = EndpointOf(policy.resource, values);
      if (endpoint != nullptr) policy.endpoint = *endpoint;
    }
    return &contents_.policies.emplace_back(std::move(policy));
  }

  void AddEndpoint(const Node& resource, const Node& values) {
    const Node* service = values.Find("service_name");
    if (service == nullptr || !IsManaged(resource) || TextAt(resource, "type") != kEndpointType) {
      return;
    }
    const std::string address = TextAt(resource, "address");
    EndpointFacts facts = EndpointFactsOf(TextAt(values, "service_name"), {});
    facts.id = TextAt(values, "id");
    facts.vpc = TextAt(values, "vpc_id");
    if (facts.vpc.empty()) facts.vpc = configuration_.ReferenceOf(address, "vpc_id");
    contents_.endpoints.push_back(
        {pointers_.To(*service), address, service->range, std::move(facts)});
  }

  // Where an API definition is given it may hold the policy.
  void AddApi(const Node& resource, const Node& values) {
    if (!IsManaged(resource)) return;
    const std::string type = TextAt(resource, "type");
    has_api_policy_ |= type == "aws_api_gateway_rest_api_policy";
    if (type != kApiType) return;
    const std::string address = TextAt(resource, "address");
    for (std::string_view name : {"policy", "body"}) {
      if (!TextAt(values, name).empty()) return;
      if (values.Find(name) == nullptr && configuration_.MaySet(address, name)) return;
    }
    ForEachAt(values, "endpoint_configuration/*/types/*", [&](const Node& node) {
      if (!node.IsString() || node.text != "PRIVATE") return;
      contents_.apis.push_back({pointers_.To(node), address, node.range});
    });
  }

  void AddKnown(const Node& resource, const Node& values) {
    if (!IsManaged(resource)) return;
    for (const TerraformAttribute& row : TerraformAttributesOf(TextAt(resource, "type"))) {
      ForEachAt(values, row.path, [&](const Node& node) {
        if (!node.IsString() || node.text.find_first_not_of(" \t\r\n") == node.text.npos) return;
        if (ContainedPolicy* policy = Add(resource, row, values, node)) {
          ReadFromString(*policy, tree_, node);
        }
      });
    }
  }

  void AddUnknown(const Node& resource, const Node& unknown) {
    if (!IsManaged(resource)) return;
    const std::string address = TextAt(resource, "address");
    for (const TerraformAttribute& row : TerraformAttributesOf(TextAt(resource, "type"))) {
      const std::string_view attribute = row.path.substr(0, row.path.find('/'));
      if (row.computed && !configuration_.MaySet(address, attribute)) continue;
      ForEachUnknown(unknown, row.path, [&](const Node& node) {
        if (ContainedPolicy* policy = Add(resource, row, unknown, node)) {
          policy->unreadable = "known only after apply";
        }
      });
    }
  }

  const Tree& tree_;
  const Node& root_;
  TerraformConfiguration configuration_;
  PointerCursor pointers_;
  std::map<std::string, EndpointFacts, std::less<>>
      endpoints_;                                        // by id and by address without indexes
  std::set<std::pair<std::string, std::string>> found_;  // address, pointer in the values
  bool has_api_policy_ = false;
  Contents contents_;
};

}  // namespace

bool IsTerraformPlan(const Node& root) {
  return root.Find("planned_values") != nullptr || root.Find("resource_changes") != nullptr ||
         FindAt(root, "values/root_module") != nullptr;
}

Contents FindInTerraformPlan(const std::shared_ptr<const Tree>& tree) { return Plan(tree).Find(); }

}  // namespace postern::policy
