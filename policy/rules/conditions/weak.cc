// Conditions on what the caller chooses, or that cover less than they seem to.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "policy/language/pattern.h"
#include "policy/language/wildcard.h"
#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/parts.h"

namespace postern::policy {
namespace {

bool IsAnyOf(const Condition& condition, std::span<const std::string_view> keys) {
  return std::ranges::any_of(keys,
                             [&condition](std::string_view key) { return IsOn(condition, key); });
}

constexpr std::array<std::string_view, 2> kCallersWord = {"aws:Referer", "aws:UserAgent"};

// Which VPC, or whose endpoint.
constexpr std::array<std::string_view, 6> kWhichNetwork = {"aws:SourceVpc",  "aws:SourceVpcArn",
                                                           "aws:SourceVpce", "aws:VpceAccount",
                                                           "aws:VpceOrgID",  "aws:VpceOrgPaths"};

bool Names(const Statement& statement, std::string_view lower_action) {
  if (!statement.actions) return false;
  const bool named = std::ranges::any_of(statement.actions->patterns, [&](const Node* pattern) {
    return MatchTokens(WildcardTokens(FoldAscii(pattern->text)), lower_action);
  });
  return named != statement.actions->negated;
}

}  // namespace

void CheckCallersWord(LintContext& context) {
  if (!IsResourceBased(context.kind())) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || !IsAllow(statement) || !IsForEveryone(statement)) continue;
    if (statement.conditions.empty()) continue;
    const bool only_their_word =
        std::ranges::all_of(statement.conditions, [](const Condition& condition) {
          return condition.op && IsAnyOf(condition, kCallersWord);
        });
    if (!only_their_word) continue;
    const Condition& condition = statement.conditions.front();
    context.ReportKey("CO751", *condition.key_node,
                      "the caller chooses " + Quote(condition.key_node->key) +
                          ", and nothing else keeps anybody out of this statement",
                      "ask for something that AWS says of the request, such as "
                      "aws:PrincipalOrgID, aws:SourceArn or aws:SourceVpce");
  }
}

void CheckPairedKey(LintContext& context) {
  if (context.kind() == PolicyKind::kEndpoint) return;  // there the VPC is the endpoint's
  // Private addresses are everybody's: the VPC has to be named, in this statement or in another.
  bool names_network = false;
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    names_network |= IsAnyOf(condition, kWhichNetwork);
  });
  if (names_network) return;
  ForEachCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (!IsOn(condition, "aws:VpcSourceIp")) return;
    if (Traits(condition).family != OperatorFamily::kIpAddress) return;
    if (Traits(condition).negated == IsAllow(statement)) return;
    context.ReportKey("CO740", *condition.key_node,
                      "every VPC of every customer can have these addresses: aws:VpcSourceIp says "
                      "little without the VPC",
                      "add a condition on aws:SourceVpc or aws:SourceVpce");
  });
}

void CheckPrefixNegative(LintContext& context) {
  ForEachCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (!IsOn(condition, "s3:prefix")) return;
    if (Traits(condition).family != OperatorFamily::kString) return;
    if (Traits(condition).negated != IsAllow(statement)) return;
    // What is about listing the whole bucket is meant.
    const auto is_whole = [](const Node* value) {
      return value->text.empty() || value->text == "/" || value->text == "*";
    };
    if (condition.values.empty() || std::ranges::any_of(condition.values, is_whole)) return;
    context.ReportKey("CO752", *condition.key_node,
                      "a listing with a shorter prefix, or none, shows the same objects and is " +
                          std::string(IsAllow(statement) ? "allowed" : "not denied"),
                      "name the prefixes that may be listed, in an Allow with StringLike");
  });
}

void CheckAttributesWithoutSelect(LintContext& context) {
  constexpr std::array<std::string_view, 2> kReads = {"dynamodb:query", "dynamodb:scan"};
  ForEachCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (!IsAllow(statement) || !IsOn(condition, "dynamodb:Attributes")) return;
    if (condition.op->base == BaseOperator::kNull) return;
    const bool reads = std::ranges::any_of(
        kReads, [&statement](std::string_view action) { return Names(statement, action); });
    const bool selects = std::ranges::any_of(statement.conditions, [](const Condition& each) {
      return each.op && IsOn(each, "dynamodb:Select");
    });
    if (!reads || selects) return;
    context.ReportKey(
        "CO753", *condition.key_node,
        "a request that asks for all attributes names none: dynamodb:Attributes alone "
        "does not keep it from them",
        "add `\"StringEqualsIfExists\": {\"dynamodb:Select\": "
        "\"SPECIFIC_ATTRIBUTES\"}`");
  });
}

}  // namespace postern::policy
