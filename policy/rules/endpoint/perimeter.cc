// Conditions that look like a perimeter and let through what they should keep out.
#include <algorithm>
#include <string>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::policy {
namespace {

bool IsNegatedString(const Condition& condition) {
  const OperatorTraits& traits = TraitsOf(condition.op->base);
  return traits.negated && traits.family == OperatorFamily::kString;
}

std::string WhoHasNone(std::string_view key) {
  return PerimeterSideOf(key) == PerimeterSide::kIdentity
             ? "callers outside any organization, unsigned ones among them, have no such key"
             : "resources of accounts outside any organization have no such key";
}

// Cuts `IfExists` off the operator's name, where it is spelled plainly.
void OfferWithoutIfExists(const LintContext& context, const Condition& condition,
                          Diagnostic& finding) {
  constexpr std::string_view kSuffix = "IfExists";
  const SourceRange name = condition.op_node->key_range;
  const std::string_view written = context.document().source().Slice(name);
  const std::size_t quote = written.ends_with('"') || written.ends_with('\'') ? 1 : 0;
  if (written.size() < kSuffix.size() + quote) return;
  const std::size_t at = written.size() - quote - kSuffix.size();
  if (!EqualsIgnoreAsciiCase(written.substr(at, kSuffix.size()), kSuffix)) return;
  const auto begin = static_cast<std::uint32_t>(name.begin + at);
  finding.fixes.push_back({false,
                           "drop `IfExists`",
                           {{{begin, begin + static_cast<std::uint32_t>(kSuffix.size())}, ""}}});
}

}  // namespace

void CheckPerimeterIfExists(LintContext& context) {
  ForEachEndpointCondition(context, [&](const Statement& statement, const Condition& condition) {
    const std::string_view key = condition.key_node->key;
    if (statement.effect != Effect::kAllow || !condition.op->if_exists ||
        TraitsOf(condition.op->base).negated || !IsOrganizationKey(key)) {
      return;
    }
    Diagnostic& finding = context.ReportKey(
        "EP407", *condition.key_node,
        "with IfExists the condition also holds without " + Quote(key) + ": " + WhoHasNone(key) +
            ", and pass",
        "use the operator without IfExists, and allow what has no such key in a statement of "
        "its own");
    OfferWithoutIfExists(context, condition, finding);
  });
}

void CheckPerimeterNegatedAllow(LintContext& context) {
  ForEachEndpointCondition(context, [&](const Statement& statement, const Condition& condition) {
    const std::string_view key = condition.key_node->key;
    if (statement.effect != Effect::kAllow || !IsNegatedString(condition) ||
        !IsOrganizationKey(key)) {
      return;
    }
    context.ReportKey("EP408", *condition.key_node,
                      "this allows every organization but those listed, and every request "
                      "without " +
                          Quote(key),
                      "allow with StringEquals on the organization that is yours");
  });
}

void CheckPerimeterByDeny(LintContext& context) {
  ForEachEndpointCondition(context, [&](const Statement& statement, const Condition& condition) {
    const std::string_view key = condition.key_node->key;
    if (statement.effect != Effect::kDeny || statement.conditions.size() != 1 ||
        !IsNegatedString(condition) || !IsOrganizationKey(key) ||
        PerimeterSideOf(key) != PerimeterSide::kIdentity || !IsEveryone(statement) ||
        !HasStar(statement.resources)) {
      return;
    }
    context.ReportKey(
        "EP409", *condition.key_node,
        "this Deny also hits AWS services and unsigned downloads of AWS's own resources: they "
        "have no " +
            Quote(key),
        "allow with StringEquals on the key instead, and let the rest be denied for lack of an "
        "Allow");
  });
}

void CheckPrincipalArnOfSession(LintContext& context) {
  ForEachEndpointCondition(context, [&](const Statement&, const Condition& condition) {
    if (!EqualsIgnoreAsciiCase(condition.key_node->key, "aws:PrincipalArn")) return;
    for (const Node* value : condition.values) {
      const Arn arn = SplitArn(value->text);
      constexpr std::string_view kSession = "assumed-role/";
      if (!arn.valid() || arn.service() != "sts" || !arn.resource().starts_with(kSession)) continue;
      const std::string_view rest = arn.resource().substr(kSession.size());
      const std::string_view name = rest.substr(0, rest.find('/'));
      Diagnostic& finding = context.ReportWithin(
          "EP420", *value, 0, value->text.size(),
          "aws:PrincipalArn of a role session is the ARN of the role, never " + Quote(value->text),
          "write arn:aws:iam::ACCOUNT:role/NAME, or test aws:userid for one session");
      if (name.empty() || name == rest || IsUnfinished(value->text) || HasWildcard(name)) continue;
      const std::string role = "arn:" + std::string(arn.partition()) +
                               ":iam::" + std::string(arn.account()) + ":role/" + std::string(name);
      finding.fixes.push_back({false, "write the ARN of the role", {{finding.range, role}}});
    }
  });
}

}  // namespace postern::policy
