// aws:SourceVpce and its like in the policies of buckets.
#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "policy/language/fold.h"
#include "policy/language/operators.h"
#include "policy/quote.h"
#include "policy/rules/bucket/checks.h"
#include "policy/rules/fixes.h"
#include "policy/rules/perimeter.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

constexpr std::string_view kEndpoint = "aws:SourceVpce";
constexpr std::string_view kEndpointKeys[] = {"aws:SourceVpc", "aws:SourceVpcArn",
                                              "aws:SourceVpce"};
constexpr std::string_view kRouteKeys[] = {
    "aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce", "aws:VpceAccount",
    "aws:VpceOrgID", "aws:VpceOrgPaths", "aws:VpcSourceIp"};

// "aws:SourceVpce is one of these": in an Allow they get in, in a Deny they are kept out.
const Condition* FindPositive(const Statement& statement) {
  const Condition* const condition = FindCondition(statement, kEndpoint);
  return condition != nullptr && condition->op && !IsNegated(*condition) &&
                 TraitsOf(condition->op->base).family == OperatorFamily::kString &&
                 NeedsKey(*condition)
             ? condition
             : nullptr;
}

// The endpoints that some Allow of the policy admits.
std::unordered_set<std::string_view> AdmittedEndpoints(const PolicyDocument& document) {
  std::unordered_set<std::string_view> admitted;
  for (const Statement& statement : document.statements()) {
    if (!IsSoundAllow(statement)) continue;
    const Condition* const condition = FindPositive(statement);
    if (condition == nullptr) continue;
    for (const Node* value : condition->values) admitted.insert(value->text);
  }
  return admitted;
}

const Node* FindAdmitted(const std::unordered_set<std::string_view>& admitted,
                         const Condition& denied) {
  const auto found = std::ranges::find_if(
      denied.values, [&admitted](const Node* value) { return admitted.contains(value->text); });
  return found == denied.values.end() ? nullptr : *found;
}

bool SaysOnly(const Statement& statement) {
  return statement.sid != nullptr &&
         FoldAscii(statement.sid->text).find("only") != std::string::npos;
}

}  // namespace

std::vector<const Statement*> DeniesOfAdmittedEndpoints(const PolicyDocument& document) {
  std::vector<const Statement*> denies;
  if (!IsS3Resource(document.kind())) return denies;
  const auto admitted = AdmittedEndpoints(document);
  for (const Statement& statement : document.statements()) {
    if (!IsSoundDeny(statement) || statement.conditions.size() != 1) continue;
    const Condition* const denied = FindPositive(statement);
    if (denied == nullptr) continue;
    if (FindAdmitted(admitted, *denied) != nullptr || SaysOnly(statement)) {
      denies.push_back(&statement);
    }
  }
  return denies;
}

void CheckEndpointDenyInverted(LintContext& context) {
  const auto denies = DeniesOfAdmittedEndpoints(context.document());
  const auto admitted = AdmittedEndpoints(context.document());
  for (const Statement* statement : denies) {
    const Condition& denied = *FindPositive(*statement);
    const Node* const value = FindAdmitted(admitted, denied);
    Diagnostic& finding = context.ReportKey(
        "BP104", *denied.op_node,
        "this denies the requests that come through " +
            Quote((value != nullptr ? value : denied.values.front())->text) +
            (value != nullptr ? ", which another statement lets in" : ", and lets all others pass"),
        "to deny all others write StringNotEquals");
    if (denied.op->base == BaseOperator::kStringEquals && denied.op_node->count == 1) {
      ConditionOperator others = *denied.op;
      others.base = BaseOperator::kStringNotEquals;
      AddRename(finding, context.document(), *denied.op_node, OperatorName(others),
                FixSafety::kUnsafe);
    }
  }
}

void CheckEndpointAsIdentity(LintContext& context) {
  // Nobody is let in by an endpoint that is denied: BP104 tells.
  if (!IsS3Resource(context.kind()) || !DeniesOfAdmittedEndpoints(context.document()).empty()) {
    return;
  }
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !IsForEveryone(statement)) continue;
    if (LooksAtPrincipal(statement) || SparesServices(statement)) continue;
    const auto found = std::ranges::find_if(statement.conditions, [](const Condition& condition) {
      return IsOneOf(condition.key_node->key, kEndpointKeys) && NeedsKey(condition);
    });
    if (found == statement.conditions.end()) continue;
    context.ReportKey("BP105", *found->key_node,
                      "whoever can send a request through the endpoint is allowed, unsigned "
                      "requests included",
                      "add StringEquals on aws:PrincipalOrgID or aws:PrincipalAccount");
  }
}

void CheckSourceIpAndEndpoint(LintContext& context) {
  if (!IsS3Resource(context.kind())) return;
  const auto statements = context.document().statements();
  const bool uses_endpoints = std::ranges::any_of(statements, [](const Statement& statement) {
    return IsSound(statement) && FindCondition(statement, kRouteKeys) != nullptr;
  });
  if (!uses_endpoints) return;
  for (const Statement& statement : statements) {
    if (!IsSoundDeny(statement) || !IsForEveryone(statement)) continue;
    const Condition* const address = FindNetworkLimit(statement);
    if (address == nullptr || !EqualsIgnoreAsciiCase(address->key_node->key, "aws:SourceIp")) {
      continue;
    }
    const bool sees_endpoints =
        std::ranges::any_of(statement.conditions, [address](const Condition& condition) {
          return &condition != address &&
                 (IsOneOf(condition.key_node->key, kRouteKeys) ||
                  EqualsIgnoreAsciiCase(condition.key_node->key, "aws:SourceIp"));
        });
    if (sees_endpoints) continue;
    context.ReportKey("BP106", *address->key_node,
                      "requests through an endpoint carry no aws:SourceIp: this denies them, and "
                      "other statements of the policy speak of endpoints",
                      "put aws:SourceIp and aws:SourceVpce into one Deny, both negated");
  }
}

void CheckUnknownEndpoint(LintContext& context) {
  const auto& own = context.facts().endpoints;
  if (own.empty() || context.kind() == PolicyKind::kEndpoint) return;
  for (const Statement& statement : context.document().statements()) {
    for (const Condition& condition : statement.conditions) {
      if (!EqualsIgnoreAsciiCase(condition.key_node->key, kEndpoint)) continue;
      for (const Node* value : condition.values) {
        const std::string_view text = value->text;
        if (!text.starts_with("vpce-") || HasWildcard(text) || IsUnfinished(text)) continue;
        if (std::ranges::find(own, text) != own.end()) continue;
        context.Report("BP114", *value, Quote(text) + " is none of your endpoints",
                       "write the id of one of yours, or add it to those you have");
      }
    }
  }
}

}  // namespace postern::policy
