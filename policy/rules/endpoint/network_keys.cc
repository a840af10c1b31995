// Keys that say the same in every request through an endpoint: in its own policy they decide
// nothing, or everything.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "policy/language/fold.h"
#include "policy/language/operators.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

template <typename Check>
void ForEachConditionOn(std::string_view key, LintContext& context, Check check) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement)) continue;
    for (const Condition& condition : statement.conditions) {
      if (condition.op && EqualsIgnoreAsciiCase(condition.key_node->key, key)) {
        check(statement, condition);
      }
    }
  }
}

// What a condition that is always or never true makes of its statement.
std::string Outcome(const Statement& statement, bool holds) {
  const bool allows = statement.effect == Effect::kAllow;
  if (!holds) {
    return std::string("this condition is never true and the statement ") +
           (allows ? "allows" : "denies") + " nothing";
  }
  if (allows) return "this condition is always true and restricts nothing";
  return statement.conditions.size() == 1
             ? "this condition is always true and the statement denies whatever else it names"
             : "this condition is always true and keeps nobody from being denied";
}

bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// Whether the id of an endpoint can be equal to it, or match it.
bool CanBeEndpointId(std::string_view value) {
  constexpr std::string_view kPrefix = "vpce-";
  if (HasWildcard(value) || IsUnfinished(value)) return true;
  if (!value.starts_with(kPrefix)) return false;
  const std::string_view digits = value.substr(kPrefix.size());
  return (digits.size() == 8 || digits.size() == 17) && std::ranges::all_of(digits, IsHex);
}

// The answer for every endpoint there is, or absent where it depends on the endpoint's id. The key
// is in every request, has one value, and that is never empty.
std::optional<bool> HoldsForEveryEndpoint(const Condition& condition) {
  const OperatorTraits& traits = TraitsOf(condition.op->base);
  if (traits.family == OperatorFamily::kNull) {
    const auto without = HoldsWithoutKey(condition);
    if (condition.op->qualifier != SetQualifier::kNone || !without) return without;
    return std::ranges::any_of(condition.values, [](const Node* value) {
      return EqualsIgnoreAsciiCase(value->text, "false");
    });
  }
  if (traits.family != OperatorFamily::kString) return std::nullopt;
  const bool ignores_case = condition.op->base == BaseOperator::kStringEqualsIgnoreCase ||
                            condition.op->base == BaseOperator::kStringNotEqualsIgnoreCase;
  if (ignores_case || condition.values.empty() ||
      std::ranges::any_of(condition.values,
                          [](const Node* value) { return CanBeEndpointId(value->text); })) {
    return std::nullopt;
  }
  return traits.negated;
}

}  // namespace

void CheckSourceIpNeverPresent(LintContext& context) {
  ForEachConditionOn(
      "aws:SourceIp", context, [&](const Statement& statement, const Condition& condition) {
        const auto holds = HoldsWithoutKey(condition);
        context.ReportKey("EP501", *condition.key_node,
                          "requests through an endpoint carry no aws:SourceIp" +
                              (holds ? ": " + Outcome(statement, *holds) : std::string()),
                          "use aws:VpcSourceIp, the address inside the VPC");
      });
}

void CheckOwnEndpointId(LintContext& context) {
  ForEachConditionOn(
      "aws:SourceVpce", context, [&](const Statement& statement, const Condition& condition) {
        const auto holds = HoldsForEveryEndpoint(condition);
        const std::string constant =
            "in an endpoint's own policy aws:SourceVpce is always the id of that endpoint";
        Diagnostic& finding = context.ReportKey(
            "EP502", *condition.key_node,
            constant + ": " +
                (holds ? Outcome(statement, *holds)
                       : std::string("this condition is true of every request or of none")),
            "remove it: the key belongs in the policies of buckets and roles");
        if (holds == true && statement.effect == Effect::kDeny) finding.severity = Severity::kError;
      });
}

}  // namespace postern::policy
