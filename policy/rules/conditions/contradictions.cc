// Conditions that exclude each other, in one statement or between two that deny.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/pattern.h"
#include "policy/language/variables.h"
#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/parts.h"

namespace postern::policy {
namespace {

bool IsCaseSensitiveString(const Condition& condition) {
  switch (condition.op->base) {
    case BaseOperator::kStringEquals:
    case BaseOperator::kStringNotEquals:
    case BaseOperator::kStringLike:
    case BaseOperator::kStringNotLike:
      return true;
    default:
      return false;
  }
}

// There is nothing to tell of its values, or too many to compare.
bool IsUnfinishedAnywhere(const Condition& condition) {
  return condition.values.empty() || condition.values.size() > kManyValues ||
         std::ranges::any_of(condition.values,
                             [](const Node* value) { return IsUnfinished(value->text); });
}

// Whether the condition holds of a request whose key has this value.
bool HoldsOf(const Condition& condition, std::string_view value) {
  const bool takes_wildcards = Traits(condition).wildcards;
  const bool listed = std::ranges::any_of(condition.values, [&](const Node* each) {
    if (!takes_wildcards) return each->text == value;
    return MatchTokens(Tokenize(each->text, {.variables = false}).text, value);
  });
  return listed != Traits(condition).negated;
}

// Fixes the key to one of its values.
bool Pins(const Condition& condition) {
  return condition.op->base == BaseOperator::kStringEquals && IsPlain(condition) &&
         !condition.op->if_exists && !IsUnfinishedAnywhere(condition);
}

std::vector<std::string_view> SortedTexts(const std::vector<const Node*>& nodes) {
  std::vector<std::string_view> texts;
  texts.reserve(nodes.size());
  for (const Node* node : nodes) texts.push_back(node->text);
  std::ranges::sort(texts);
  return texts;
}

bool AreSame(const std::optional<PatternSet>& a, const std::optional<PatternSet>& b) {
  if (a.has_value() != b.has_value()) return false;
  return !a || (a->negated == b->negated && SortedTexts(a->patterns) == SortedTexts(b->patterns));
}

bool AreSame(const std::optional<PrincipalSet>& a, const std::optional<PrincipalSet>& b) {
  if (a.has_value() != b.has_value()) return false;
  if (!a) return true;
  if (a->negated != b->negated || a->everyone != b->everyone ||
      a->entries.size() != b->entries.size()) {
    return false;
  }
  return std::ranges::equal(a->entries, b->entries, [](const auto& x, const auto& y) {
    return x.type == y.type && x.value->text == y.value->text;
  });
}

bool AreAboutTheSame(const Statement& a, const Statement& b) {
  return AreSame(a.actions, b.actions) && AreSame(a.resources, b.resources) &&
         AreSame(a.principal, b.principal);
}

struct ExceptionList {
  const Statement* statement;
  const Condition* condition;
};

// A Deny of everything but a list, and nothing else: its one condition.
const Condition* OnlyExceptions(const Statement& statement) {
  if (!IsSound(statement) || IsAllow(statement) || statement.conditions.size() != 1) return nullptr;
  const Condition& condition = statement.conditions.front();
  const bool is_list = condition.op && IsPlain(condition) &&
                       condition.op->base == BaseOperator::kStringNotEquals &&
                       !IsUnfinishedAnywhere(condition);
  return is_list ? &condition : nullptr;
}

bool AreDisjoint(const Condition& a, const Condition& b) {
  return std::ranges::none_of(a.values, [&b](const Node* value) {
    return std::ranges::any_of(b.values,
                               [value](const Node* other) { return other->text == value->text; });
  });
}

}  // namespace

void CheckContradiction(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || statement.conditions.size() > kManyConditions) continue;
    for (const Condition& pin : statement.conditions) {
      if (!pin.op || !Pins(pin)) continue;
      const auto known = context.catalogue().FindConditionKey(pin.key_node->key);
      if (known && known->multivalued) continue;  // CO726
      for (const Condition& other : statement.conditions) {
        if (&other == &pin || !other.op || !IsPlain(other) || !IsOn(other, pin.key_node->key)) {
          continue;
        }
        if (!IsCaseSensitiveString(other) || IsUnfinishedAnywhere(other)) continue;
        // Of two that pin the key the first one speaks.
        if (Pins(other) && &other < &pin) continue;
        const bool possible = std::ranges::any_of(
            pin.values, [&other](const Node* value) { return HoldsOf(other, value->text); });
        if (possible) continue;
        Diagnostic& finding = context.ReportKey(
            "CO758", *other.key_node,
            Quote(pin.key_node->key) + " under " + Quote(other.op_node->key) +
                " leaves none of the values under " + Quote(pin.op_node->key) +
                ": the statement never applies",
            "conditions of a statement must all be true: use two statements, or drop one of them");
        finding.related.push_back({pin.key_node->key_range, "these values are asked for"});
      }
    }
  }
}

void CheckDeniesExcludeEachOther(LintContext& context) {
  std::vector<ExceptionList> lists;
  for (const Statement& statement : context.document().statements()) {
    if (const Condition* condition = OnlyExceptions(statement)) {
      lists.push_back({&statement, condition});
    }
    if (lists.size() == kManyConditions) break;
  }
  for (auto second = lists.begin(); second != lists.end(); ++second) {
    const Condition& condition = *second->condition;
    const auto known = context.catalogue().FindConditionKey(condition.key_node->key);
    if (known && known->multivalued) continue;
    const auto first = std::find_if(lists.begin(), second, [&](const ExceptionList& each) {
      return IsOn(condition, each.condition->key_node->key) &&
             AreDisjoint(condition, *each.condition) &&
             AreAboutTheSame(*each.statement, *second->statement);
    });
    if (first == second) continue;
    Diagnostic& finding = context.ReportKey(
        "CO748", *condition.key_node,
        "this Deny and an earlier one spare different values of " + Quote(condition.key_node->key) +
            ": between them they spare none",
        "put all the values into one list: with a negated operator it means \"none of these\"");
    finding.related.push_back({first->condition->key_node->key_range, "the earlier one"});
  }
}

}  // namespace postern::policy
