// Conditions that let a request through because it does not carry the key.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/parts.h"

namespace postern::policy {
namespace {

enum class Tells : std::uint8_t { kWho, kEndpoint, kAddress };

// Keys that say who asks or from where, and the requests without them.
struct Guard {
  std::string_view key;
  Tells tells;
  std::string_view without;
};
constexpr std::string_view kStrangers =
    "anonymous requests and those from outside every organization";
constexpr std::string_view kAnonymous = "anonymous requests";
constexpr std::string_view kPastEndpoints = "requests that come through no VPC endpoint";
constexpr std::array kGuards = {
    Guard{"aws:PrincipalOrgID", Tells::kWho, kStrangers},
    Guard{"aws:PrincipalOrgPaths", Tells::kWho, kStrangers},
    Guard{"aws:PrincipalArn", Tells::kWho, kAnonymous},
    Guard{"aws:SourceVpc", Tells::kEndpoint, kPastEndpoints},
    Guard{"aws:SourceVpcArn", Tells::kEndpoint, kPastEndpoints},
    Guard{"aws:SourceVpce", Tells::kEndpoint, kPastEndpoints},
    Guard{"aws:VpcSourceIp", Tells::kEndpoint, kPastEndpoints},
    Guard{"aws:VpceAccount", Tells::kEndpoint, kPastEndpoints},
    Guard{"aws:VpceOrgID", Tells::kEndpoint, kPastEndpoints},
    Guard{"aws:VpceOrgPaths", Tells::kEndpoint, kPastEndpoints},
    Guard{"aws:SourceIp", Tells::kAddress, "requests that come through a VPC endpoint"},
};

const Guard* GuardOf(const Condition& condition) {
  const auto* const row = std::ranges::find_if(
      kGuards, [&condition](const Guard& guard) { return IsOn(condition, guard.key); });
  return row == kGuards.end() ? nullptr : row;
}

// Whether requests without the key can come to this statement at all, and nothing else in it looks
// at them.
bool LetsPass(const LintContext& context, const Statement& statement, const Condition& condition,
              const Guard& guard) {
  if (DemandsKey(statement, condition.key_node->key)) return false;
  if (guard.tells == Tells::kWho) return IsForEveryone(statement);
  // In an endpoint's own policy each request came through it: EP501, EP502.
  if (context.kind() == PolicyKind::kEndpoint) return false;
  // An address for those from the internet and an endpoint for the others: between them they look
  // at all.
  const Tells other = guard.tells == Tells::kEndpoint ? Tells::kAddress : Tells::kEndpoint;
  return std::ranges::none_of(statement.conditions, [other](const Condition& each) {
    const Guard* const its = each.op ? GuardOf(each) : nullptr;
    return its != nullptr && its->tells == other;
  });
}

constexpr std::string_view kMfa = "aws:MultiFactorAuthPresent";

bool AsksFor(const Condition& condition, bool wanted) {
  return condition.values.size() == 1 &&
         EqualsIgnoreAsciiCase(condition.values[0]->text, wanted ? "true" : "false");
}

// A Deny that also holds without the key stands somewhere in the policy.
bool DeniesWithoutMfaKey(const PolicyDocument& document) {
  return std::ranges::any_of(document.statements(), [](const Statement& statement) {
    if (IsAllow(statement)) return false;
    return std::ranges::any_of(statement.conditions, [](const Condition& condition) {
      return condition.op && IsOn(condition, kMfa) && HoldsWithoutKey(condition) != false;
    });
  });
}

}  // namespace

void CheckNegatedAllow(LintContext& context) {
  ForEachCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (!IsAllow(statement) || !Traits(condition).negated || !IsPlain(condition)) return;
    const Guard* const guard = GuardOf(condition);
    if (guard == nullptr || !LetsPass(context, statement, condition, *guard)) return;
    context.ReportKey("CO745", *condition.key_node,
                      Quote(condition.op_node->key) + " is also true without " +
                          Quote(condition.key_node->key) + ": " + std::string(guard->without) +
                          " are allowed",
                      "say what is allowed with a positive operator, or add `\"Null\": {\"" +
                          std::string(guard->key) + "\": \"false\"}`");
  });
}

void CheckIfExistsAllow(LintContext& context) {
  ForEachCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (!IsAllow(statement) || Traits(condition).negated || !IsPlain(condition)) return;
    if (!condition.op->if_exists) return;
    const Guard* const guard = GuardOf(condition);
    if (guard == nullptr || !LetsPass(context, statement, condition, *guard)) return;
    context.ReportKey("CO746", *condition.key_node,
                      "with IfExists " + std::string(guard->without) +
                          " are allowed too: they carry no " + Quote(condition.key_node->key),
                      "leave IfExists out");
  });
}

void CheckMfaAbsent(LintContext& context) {
  const bool denied_elsewhere = DeniesWithoutMfaKey(context.document());
  ForEachCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (!IsOn(condition, kMfa) || condition.op->base != BaseOperator::kBool) return;
    if (!IsPlain(condition)) return;
    const bool allows = IsAllow(statement);
    if (allows && condition.op->if_exists && AsksFor(condition, true) && !denied_elsewhere &&
        !DemandsKey(statement, kMfa)) {
      context.ReportKey("CO750", *condition.op_node,
                        "requests with long-term access keys carry no aws:MultiFactorAuthPresent: "
                        "with IfExists they are allowed",
                        "use Bool without IfExists");
    }
    if (!allows && !condition.op->if_exists && AsksFor(condition, false) && !denied_elsewhere) {
      context.ReportKey("CO750", *condition.op_node,
                        "requests with long-term access keys carry no aws:MultiFactorAuthPresent: "
                        "they are not denied",
                        "use BoolIfExists");
    }
  });
}

}  // namespace postern::policy
