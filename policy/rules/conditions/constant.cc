// Conditions that decide nothing, or everything.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/parts.h"

namespace postern::policy {
namespace {

// What belongs to the resource that the policy is attached to.
constexpr std::array<std::string_view, 4> kOfTheResource = {
    "aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths", "s3:ResourceAccount"};

// Single-valued, and in every request.
constexpr std::array<std::string_view, 6> kAlwaysThere = {
    "aws:CurrentTime", "aws:PrincipalType",   "aws:RequestedRegion",
    "aws:userid",      "aws:SecureTransport", "aws:ViaAWSService"};

bool IsAnyOf(const Condition& condition, std::span<const std::string_view> keys) {
  return std::ranges::any_of(keys,
                             [&condition](std::string_view key) { return IsOn(condition, key); });
}

const Node* Find(const Condition& condition, std::string_view text) {
  const auto found =
      std::ranges::find_if(condition.values, [text](const Node* v) { return v->text == text; });
  return found == condition.values.end() ? nullptr : *found;
}

bool TakesStar(const Condition& condition) {
  return Traits(condition).family == OperatorFamily::kString && Traits(condition).wildcards;
}

}  // namespace

void CheckConstantKey(LintContext& context) {
  // Roles are judged before they are resources: nobody asks that of a trust policy.
  if (!IsResourceBased(context.kind()) || context.kind() == PolicyKind::kTrust) return;
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    if (!IsAnyOf(condition, kOfTheResource)) return;
    // Compared with something of the request it does tell something.
    if (std::ranges::any_of(condition.values,
                            [](const Node* value) { return IsUnfinished(value->text); })) {
      return;
    }
    context.ReportKey("CO742", *condition.key_node,
                      Quote(condition.key_node->key) +
                          " is the same in every request that this policy looks at: it tells of "
                          "the resource that the policy is attached to",
                      "remove it, or ask for something of the caller");
  });
}

void CheckAlwaysTrue(LintContext& context) {
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    if (Traits(condition).negated) return;
    if (condition.op->base == BaseOperator::kIpAddress) {
      if (context.kind() == PolicyKind::kEndpoint && IsOn(condition, "aws:SourceIp")) return;
      if (const Node* all = Find(condition, "0.0.0.0/0")) {
        context.Report("CO743", *all,
                       "`0.0.0.0/0` is every IPv4 address: the condition tells none from another",
                       "name the addresses, or remove the condition");
      }
      return;
    }
    const Node* star = TakesStar(condition) ? Find(condition, "*") : nullptr;
    if (star == nullptr || context.kind() == PolicyKind::kEndpoint) return;  // EP108
    const bool without_too = HoldsWithoutKey(condition) == true;
    if (!without_too && !(IsPlain(condition) && IsAnyOf(condition, kAlwaysThere))) return;
    context.Report("CO743", *star,
                   Quote(condition.op_node->key) + " with `*` is true of every request",
                   "remove the condition, or say which values are meant");
  });
}

void CheckNeverTrue(LintContext& context) {
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    if (TakesStar(condition) && Traits(condition).negated) {
      const Node* star = Find(condition, "*");
      const bool never = condition.op->qualifier == SetQualifier::kForAnyValue ||
                         (IsPlain(condition) && IsAnyOf(condition, kAlwaysThere));
      if (star == nullptr || !never) return;
      context.Report("CO744", *star, Quote(condition.op_node->key) + " with `*` is never true",
                     "say which values are meant");
      return;
    }
    if (Traits(condition).family != OperatorFamily::kArn || Traits(condition).negated) return;
    if (condition.op->if_exists || condition.op->qualifier == SetQualifier::kForAllValues) return;
    const auto is_no_arn = [](const Node* value) {
      return !HasWildcard(value->text) && !IsUnfinished(value->text) && !IsArn(value->text);
    };
    for (const Node* value : condition.values) {
      if (!is_no_arn(value)) continue;
      context.Report("CO744", *value,
                     Quote(value->text) + " is no ARN, which " + Quote(condition.op_node->key) +
                         " compares: no request matches it",
                     "write the whole ARN, or use a String operator on a key that holds this");
    }
  });
}

void CheckKmsKeyValue(LintContext& context) {
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    if (!IsOn(condition, "s3:x-amz-server-side-encryption-aws-kms-key-id")) return;
    if (Traits(condition).family != OperatorFamily::kString) return;
    for (const Node* value : condition.values) {
      const std::string_view text = value->text;
      if (text.empty() || HasWildcard(text) || IsUnfinished(text)) continue;
      const bool is_alias = IsArn(text) && text.find(":alias/") != text.npos;
      if (IsArn(text) && !is_alias) continue;
      context.Report("CO754", *value,
                     Quote(text) + " is " + (is_alias ? "an alias" : "no ARN") +
                         "; the key holds the ARN of a KMS key",
                     "write `arn:aws:kms:REGION:ACCOUNT:key/ID`");
    }
  });
}

}  // namespace postern::policy
