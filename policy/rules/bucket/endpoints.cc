// aws:SourceVpce and its like in the policies of buckets.
#include <algorithm>
#include <string>
#include <string_view>

#include "policy/language/fold.h"
#include "policy/language/operators.h"
#include "policy/quote.h"
#include "policy/rules/bucket/checks.h"
#include "policy/rules/edits.h"
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

// The value that a condition lists, or null.
const Node* FindValue(const Condition& condition, std::string_view text) {
  const auto found = std::ranges::find_if(
      condition.values, [text](const Node* value) { return value->text == text; });
  return found == condition.values.end() ? nullptr : *found;
}

// "aws:SourceVpce is one of these": in an Allow they get in, in a Deny they are kept out.
const Condition* FindPositive(const Statement& statement) {
  const Condition* const condition = FindCondition(statement, kEndpoint);
  return condition != nullptr && condition->op && !IsNegated(*condition) &&
                 TraitsOf(condition->op->base).family == OperatorFamily::kString &&
                 NeedsKey(*condition)
             ? condition
             : nullptr;
}

// The value of this Deny that an Allow of the policy admits, or null.
const Node* FindAdmitted(const PolicyDocument& document, const Condition& denied) {
  for (const Statement& other : document.statements()) {
    if (!IsSoundAllow(other)) continue;
    const Condition* const admitted = FindPositive(other);
    if (admitted == nullptr) continue;
    for (const Node* value : admitted->values) {
      if (const Node* both = FindValue(denied, value->text)) return both;
    }
  }
  return nullptr;
}

bool SaysOnly(const Statement& statement) {
  return statement.sid != nullptr &&
         FoldAscii(statement.sid->text).find("only") != std::string::npos;
}

}  // namespace

bool DeniesAdmittedEndpoint(const PolicyDocument& document, const Statement& statement) {
  if (!IsS3Resource(document.kind()) || !IsSoundDeny(statement)) return false;
  const Condition* const denied = FindPositive(statement);
  return denied != nullptr && statement.conditions.size() == 1 &&
         (FindAdmitted(document, *denied) != nullptr || SaysOnly(statement));
}

void CheckEndpointDenyInverted(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (!DeniesAdmittedEndpoint(context.document(), statement)) continue;
    const Condition& denied = *FindPositive(statement);
    const Node* const value = FindAdmitted(context.document(), denied);
    Diagnostic& finding = context.ReportKey(
        "BP104", *denied.op_node,
        "this denies the requests that come through " +
            Quote((value != nullptr ? value : denied.values.front())->text) +
            (value != nullptr ? ", which another statement lets in" : ", and lets all others pass"),
        "to deny all others write StringNotEquals");
    if (denied.op->base == BaseOperator::kStringEquals && denied.op_node->count == 1) {
      ConditionOperator others = *denied.op;
      others.base = BaseOperator::kStringNotEquals;
      OfferRename(finding, context.document().source(), *denied.op_node, OperatorName(others));
    }
  }
}

void CheckEndpointAsIdentity(LintContext& context) {
  if (!IsS3Resource(context.kind())) return;
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
