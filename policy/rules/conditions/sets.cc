// ForAnyValue and ForAllValues against the keys that they stand before (S4.6, S4.7, S4.15), and
// wildcards where an id is due.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "policy/catalogue.h"
#include "policy/language/pattern.h"
#include "policy/language/variables.h"
#include "policy/language/wildcard.h"
#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/parts.h"
#include "policy/rules/fixes.h"
#include "policy/rules/keys.h"

namespace postern::policy {
namespace {

// Multivalued keys that say who asks, from where, or for what: without one a request is exactly
// what the list was to keep out. Of others, such as aws:TagKeys, an absent key is often meant.
constexpr std::array<std::string_view, 6> kTellingKeys = {
    "aws:CalledVia",        "aws:PrincipalOrgPaths", "aws:PrincipalServiceNamesList",
    "aws:ResourceOrgPaths", "aws:SourceOrgPaths",    "aws:VpceOrgPaths"};

// DynamoDB asks for items by key in all but these, which then read every item.
constexpr std::array<std::string_view, 2> kKeylessReads = {"dynamodb:scan",
                                                           "dynamodb:partiqlselect"};

bool IsGlobal(std::string_view key) { return EqualsIgnoreAsciiCase(key.substr(0, 4), "aws:"); }

// Services are not exact about how many values their keys have; the global ones are well known.
bool IsSingleGlobal(const LintContext& context, const Condition& condition) {
  const std::string_view key = condition.key_node->key;
  const auto known = context.catalogue().FindConditionKey(key);
  return known && !known->multivalued && IsGlobal(key);
}

bool ReadsWithoutKeys(const Statement& statement) {
  if (!statement.actions) return false;
  const auto covers = [](const Node* pattern, std::string_view action) {
    return MatchTokens(WildcardTokens(FoldAscii(pattern->text)), action);
  };
  return std::ranges::any_of(kKeylessReads, [&](std::string_view action) {
    const bool named = std::ranges::any_of(
        statement.actions->patterns, [&](const Node* pattern) { return covers(pattern, action); });
    return named != statement.actions->negated;
  });
}

bool IsTelling(const Statement& statement, std::string_view key) {
  if (EqualsIgnoreAsciiCase(key, "dynamodb:LeadingKeys")) return ReadsWithoutKeys(statement);
  return std::ranges::any_of(
      kTellingKeys, [key](std::string_view each) { return EqualsIgnoreAsciiCase(each, key); });
}

std::string WithoutPrefix(const Condition& condition) {
  ConditionOperator op = *condition.op;
  op.qualifier = SetQualifier::kNone;
  return OperatorName(op);
}

// The operator may be renamed if it stands before this key alone.
bool IsAlone(const Condition& condition) { return condition.op_node->count == 1; }

}  // namespace

void CheckForAllValuesOnSingle(LintContext& context) {
  ForEachCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (condition.op->qualifier != SetQualifier::kForAllValues || !IsAllow(statement)) return;
    if (condition.op->base == BaseOperator::kNull) return;  // CO727
    const std::string_view key = condition.key_node->key;
    if (!IsSingleGlobal(context, condition) || DemandsKey(statement, key)) return;
    Diagnostic& finding = context.ReportKey(
        "CO723", *condition.op_node,
        "ForAllValues is also true of requests without " + Quote(key) + ", which has one value",
        "write `" + WithoutPrefix(condition) + "`");
    if (IsAlone(condition)) {
      AddRename(finding, context.document(), *condition.op_node, WithoutPrefix(condition),
                FixSafety::kUnsafe);
    }
  });
}

void CheckForAllValuesVacuous(LintContext& context) {
  ForEachCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (condition.op->qualifier != SetQualifier::kForAllValues || !IsAllow(statement)) return;
    if (condition.op->base == BaseOperator::kNull) return;
    const std::string_view key = condition.key_node->key;
    const auto known = context.catalogue().FindConditionKey(key);
    if (!known || !known->multivalued || !IsTelling(statement, key)) return;
    if (DemandsKey(statement, key)) return;
    context.ReportKey(
        "CO724", *condition.op_node,
        "ForAllValues is also true of requests that carry no " + Quote(key) +
            ", which this statement then allows",
        "use ForAnyValue, or add `\"Null\": {\"" + std::string(known->name) + "\": \"false\"}`");
  });
}

void CheckForAnyValueOnSingle(LintContext& context) {
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    if (condition.op->qualifier != SetQualifier::kForAnyValue) return;
    if (condition.op->base == BaseOperator::kNull || !IsSingleGlobal(context, condition)) return;
    // Without the prefix these would be true of a request without the key.
    if (Traits(condition).negated || condition.op->if_exists) return;
    Diagnostic& finding = context.ReportKey(
        "CO725", *condition.op_node,
        Quote(condition.key_node->key) + " has one value: ForAnyValue adds nothing",
        "write `" + WithoutPrefix(condition) + "`");
    if (IsAlone(condition)) {
      AddRename(finding, context.document(), *condition.op_node, WithoutPrefix(condition),
                FixSafety::kSafe);
    }
  });
}

void CheckSetOperatorMissing(LintContext& context) {
  ForEachCondition(context, [&](const Statement&, const Condition& condition) {
    if (!IsPlain(condition) || condition.op->base == BaseOperator::kNull) return;
    const std::string_view key = condition.key_node->key;
    const auto known = context.catalogue().FindConditionKey(key);
    if (!known || !known->multivalued) return;
    const std::string name = OperatorName(*condition.op);
    Diagnostic& finding =
        context.ReportKey("CO726", *condition.key_node,
                          Quote(key) + " has several values in a request, and " +
                              Quote(condition.op_node->key) + " compares one",
                          "write `ForAnyValue:" + name + "` or `ForAllValues:" + name + "`");
    // Of its services' keys AWS is not always exact.
    if (!IsGlobal(key)) finding.severity = Severity::kWarning;
  });
}

void CheckIdWildcard(LintContext& context) {
  if (context.kind() == PolicyKind::kEndpoint) return;  // EP107
  ForEachValue(context, [&](const Condition& condition, const Node& value) {
    const std::string_view key = condition.key_node->key;
    const OperatorTraits& traits = Traits(condition);
    if (!HoldsSystemId(key) || traits.family != OperatorFamily::kString || !traits.wildcards)
      return;
    // `*` alone asks whether the key is there.
    if (value.text == "*") return;
    const std::string tokens = Tokenize(value.text, {.version = context.document().version()}).text;
    if (tokens.find(kAnyRun) == tokens.npos && tokens.find(kAnyOne) == tokens.npos) return;
    context.Report("CO720", value,
                   Quote(value.text) + " matches ids of strangers too: " + Quote(key) +
                       " holds ids that AWS makes up",
                   "use StringEquals and list the ids");
  });
}

void CheckIdVariable(LintContext& context) {
  // What a tag says is up to whoever may set tags.
  constexpr std::array<std::string_view, 3> kTags = {"aws:PrincipalTag/", "aws:RequestTag/",
                                                     "aws:ResourceTag/"};
  if (context.document().version() != LanguageVersion::k2012) return;
  ForEachValue(context, [&](const Condition& condition, const Node& value) {
    const std::string_view key = condition.key_node->key;
    if (!HoldsSystemId(key) || !Traits(condition).variables) return;
    const Tokens tokens = Tokenize(value.text, {});
    for (const VariableRef& variable : tokens.variables) {
      const bool is_tag = std::ranges::any_of(kTags, [&variable](std::string_view tag) {
        return EqualsIgnoreAsciiCase(variable.key.substr(0, tag.size()), tag);
      });
      if (!is_tag) continue;
      context.Report("CO721", value,
                     "whoever sets the tag " + Quote(variable.key) + " chooses the id that " +
                         Quote(key) + " is compared with",
                     "write the ids out");
    }
  });
}

}  // namespace postern::policy
