// What the AWS CLI and SDKs print: describe-vpc-endpoints, get-role-policy and their kind.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "policy/containers/formats.h"
#include "policy/containers/parts.h"
#include "policy/pointer_cursor.h"

namespace postern::policy {
namespace {

using enum PolicyKind;

struct OutputPolicy {
  std::string_view owner;  // path of the object that the policy belongs to
  std::string_view name;   // path in the owner of what it is called; has to be there unless ""
  std::string_view path;   // of the policy in the owner
  PolicyKind kind;
};

// A value that several rows find is what the first of them says.
constexpr std::array kPolicies = std::to_array<OutputPolicy>({
    {"VpcEndpoints/*", "VpcEndpointId", "PolicyDocument", kEndpoint},
    {"VpcEndpoint", "VpcEndpointId", "PolicyDocument", kEndpoint},
    {"*", "VpcEndpointId", "PolicyDocument", kEndpoint},  // --query VpcEndpoints
    {"", "VpcEndpointId", "PolicyDocument", kEndpoint},
    // get-role-policy, get-user-policy, get-group-policy
    {"", "RoleName", "PolicyDocument", kInline},
    {"", "UserName", "PolicyDocument", kInline},
    {"", "GroupName", "PolicyDocument", kInline},
    // get-policy-version
    {"PolicyVersion", "VersionId", "Document", kManaged},
    // get-role, list-roles
    {"Role", "RoleName", "AssumeRolePolicyDocument", kTrust},
    {"Roles/*", "RoleName", "AssumeRolePolicyDocument", kTrust},
    // get-account-authorization-details
    {"RoleDetailList/*", "RoleName", "AssumeRolePolicyDocument", kTrust},
    {"RoleDetailList/*", "RoleName", "RolePolicyList/*/PolicyDocument", kInline},
    {"UserDetailList/*", "UserName", "UserPolicyList/*/PolicyDocument", kInline},
    {"GroupDetailList/*", "GroupName", "GroupPolicyList/*/PolicyDocument", kInline},
    {"Policies/*", "PolicyName", "PolicyVersionList/*/Document", kManaged},
    // organizations describe-policy
    {"Policy", "PolicySummary/Name", "Content", kScp},
    // get-queue-attributes, get-topic-attributes
    {"Attributes", "QueueArn", "Policy", kQueue},
    {"Attributes", "TopicArn", "Policy", kTopic},
    {"Attributes", "", "Policy", kResource},
    // secretsmanager get-resource-policy, ecr get-repository-policy
    {"", "ARN", "ResourcePolicy", kSecret},
    {"", "repositoryName", "policyText", kResource},
    // get-bucket-policy, get-key-policy, lambda get-policy ...
    {"", "", "Policy", kResource},
    {"", "", "PolicyDocument", kIdentity},
    {"", "", "ResourcePolicy", kResource},
    {"", "", "policyText", kResource},
});

// Where the endpoints are; the last is --query VpcEndpoints.
constexpr std::array<std::string_view, 3> kEndpoints = {"VpcEndpoints/*", "VpcEndpoint", "*"};

// Output without a policy is known by these.
constexpr std::array<std::string_view, 4> kMembers = {"VpcEndpoints", "VpcEndpoint",
                                                      "ServiceDetails", "ServiceNames"};

// Recordings of an SDK's answers keep them in `data`.
const Node& AnswerIn(const Node& root) {
  const Node* data = root.Find("data");
  return data != nullptr && data->IsObject() ? *data : root;
}

bool IsPolicyValue(const Node& node) {
  if (node.IsString()) return BeginsAsPolicy(node.text);
  return node.IsObject() && node.Find("Statement") != nullptr;
}

class Output {
 public:
  explicit Output(const std::shared_ptr<const Tree>& tree) : tree_(tree), pointers_(tree->root()) {}

  Contents Find() {
    const Node& answer = AnswerIn(tree_->root());
    for (std::string_view owners : kEndpoints) {
      ForEachAt(answer, owners, [this](const Node& owner) { AddEndpoint(owner); });
    }
    for (const OutputPolicy& row : kPolicies) {
      ForEachAt(answer, row.owner, [&](const Node& owner) {
        if (!row.name.empty() && FindAt(owner, row.name) == nullptr) return;
        ForEachAt(owner, row.path, [&](const Node& node) { Add(row, owner, node); });
      });
    }
    return std::move(contents_);
  }

 private:
  static EndpointFacts EndpointOf(const Node& owner) {
    EndpointFacts facts =
        EndpointFactsOf(TextAt(owner, "ServiceName"), TextAt(owner, "VpcEndpointType"));
    facts.id = TextAt(owner, "VpcEndpointId");
    facts.vpc = TextAt(owner, "VpcId");
    return facts;
  }

  void AddEndpoint(const Node& owner) {
    const Node* service = owner.Find("ServiceName");
    if (service == nullptr || owner.Find("VpcEndpointId") == nullptr) return;
    const EndpointFacts facts = EndpointOf(owner);
    contents_.endpoints.push_back({pointers_.To(*service), facts.id, service->range, facts});
  }

  void Add(const OutputPolicy& row, const Node& owner, const Node& node) {
    if (!IsPolicyValue(node)) return;
    std::optional<PolicyKind> kind = row.kind;
    if (row.kind == kScp) kind = OrganizationPolicyKind(TextAt(owner, "PolicySummary/Type"));
    if (!kind || !found_.insert(&node).second) return;
    ContainedPolicy policy;
    policy.resource = row.name.empty() ? std::string() : TextAt(owner, row.name);
    policy.pointer = pointers_.To(node);
    policy.range = node.range;
    policy.kind = *kind;
    if (policy.kind == kEndpoint) {
      policy.endpoint = EndpointOf(owner);
    }
    if (node.IsString()) {
      ReadFromString(policy, *tree_, node);
    } else {
      ReadFromObject(policy, tree_, node);
    }
    contents_.policies.push_back(std::move(policy));
  }

  std::shared_ptr<const Tree> tree_;
  PointerCursor pointers_;
  std::set<const Node*> found_;
  Contents contents_;
};

}  // namespace

bool IsAwsOutput(const Node& root) {
  if (root.Find("Statement") != nullptr) return false;  // a policy by itself
  const Node& answer = AnswerIn(root);
  const auto has = [&answer](std::string_view name) { return answer.Find(name) != nullptr; };
  if (std::ranges::any_of(kMembers, has)) return true;
  bool found = false;
  for (const OutputPolicy& row : kPolicies) {
    ForEachAt(answer, row.owner, [&](const Node& owner) {
      if (!row.name.empty() && FindAt(owner, row.name) == nullptr) return;
      ForEachAt(owner, row.path, [&](const Node& node) { found |= IsPolicyValue(node); });
    });
  }
  return found;
}

Contents FindInAwsOutput(const std::shared_ptr<const Tree>& tree) { return Output(tree).Find(); }

}  // namespace postern::policy
