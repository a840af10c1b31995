// Keys that say the same in every request through an endpoint: in its own policy they decide
// nothing, or everything.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/language/arn.h"
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

bool IsOneOf(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  const std::string_view digits = text.substr(prefix.size());
  return (digits.size() == 8 || digits.size() == 17) && std::ranges::all_of(digits, IsHex);
}

bool IsEndpointId(std::string_view text) { return IsOneOf(text, "vpce-"); }
bool IsVpcId(std::string_view text) { return IsOneOf(text, "vpc-"); }
bool IsOrganizationId(std::string_view text) { return text.starts_with("o-"); }

// A key that says the same in every request through one endpoint.
struct ConstantKey {
  std::string_view code;
  std::string_view key;
  std::string_view holds;  // what it is always
  bool (*can_be)(std::string_view value);
  // The user's own ids of that sort; the endpoint's is among them. Null: not every service sends
  // the key, and nothing is said of its values.
  std::vector<std::string> LintFacts::*own;
  std::string_view help;
};

constexpr std::string_view kForBuckets =
    "remove it: the key belongs in the policies of buckets "
    "and roles";

constexpr std::array<ConstantKey, 4> kConstantKeys = {{
    {"EP502", "aws:SourceVpce", "the id of that endpoint", IsEndpointId, &LintFacts::endpoints,
     kForBuckets},
    {"EP503", "aws:SourceVpc", "the VPC of that endpoint", IsVpcId, &LintFacts::vpcs, kForBuckets},
    {"EP504", "aws:VpceAccount", "the account that owns the endpoint", IsAccountId, nullptr,
     "use aws:PrincipalAccount, the account of the caller"},
    {"EP504", "aws:VpceOrgID", "the organization that owns the endpoint", IsOrganizationId, nullptr,
     "use aws:PrincipalOrgID, the organization of the caller"},
}};

// Whether the key can be equal to it, or match it, at an endpoint of the user's.
bool CanBe(const ConstantKey& row, const LintFacts& facts, std::string_view value) {
  if (HasWildcard(value) || IsUnfinished(value)) return true;
  if (!row.can_be(value)) return false;
  if ((facts.*row.own).empty()) return true;
  return std::ranges::find(facts.*row.own, value) != (facts.*row.own).end();
}

// The answer for every endpoint there is, or absent where it depends on the endpoint. The key
// is in every request, has one value, and that is never empty.
std::optional<bool> HoldsForEveryEndpoint(const ConstantKey& row, const LintFacts& facts,
                                          const Condition& condition) {
  if (row.own == nullptr) return std::nullopt;
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
                          [&](const Node* value) { return CanBe(row, facts, value->text); })) {
    return std::nullopt;
  }
  return traits.negated;
}

void CheckConstantKeys(LintContext& context, std::string_view code) {
  for (const ConstantKey& row : kConstantKeys) {
    if (row.code != code) continue;
    ForEachConditionOn(
        row.key, context, [&](const Statement& statement, const Condition& condition) {
          const auto holds = HoldsForEveryEndpoint(row, context.facts(), condition);
          Diagnostic& finding = context.ReportKey(
              row.code, *condition.key_node,
              "in an endpoint's own policy " + std::string(row.key) + " is always " +
                  std::string(row.holds) +
                  (holds && !condition.values.empty() ? ", and never what is listed here: "
                                                      : ": ") +
                  (holds ? Outcome(statement, *holds)
                         : std::string("this condition is true of every request or of none")),
              std::string(row.help));
          if (holds == true && statement.effect == Effect::kDeny) {
            finding.severity = Severity::kError;
          }
        });
  }
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

void CheckOwnEndpointId(LintContext& context) { CheckConstantKeys(context, "EP502"); }

void CheckOwnVpc(LintContext& context) { CheckConstantKeys(context, "EP503"); }

void CheckOwnEndpointOwner(LintContext& context) { CheckConstantKeys(context, "EP504"); }

}  // namespace postern::policy
