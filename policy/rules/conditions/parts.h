// Ways through the conditions of a policy that the rules of this folder share.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "policy/language/fold.h"
#include "policy/language/operators.h"
#include "policy/rule.h"
#include "policy/rules/texts.h"

namespace postern::policy {

// visit(statement, condition) for each condition that has a meaning to speak about.
template <typename Visit>
void ForEachCondition(const LintContext& context, Visit visit) {
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement)) continue;
    for (const Condition& condition : statement.conditions) {
      if (condition.op) visit(statement, condition);
    }
  }
}

// visit(condition, value)
template <typename Visit>
void ForEachValue(const LintContext& context, Visit visit) {
  ForEachCondition(context, [&visit](const Statement&, const Condition& condition) {
    for (const Node* value : condition.values) visit(condition, *value);
  });
}

inline const OperatorTraits& Traits(const Condition& condition) {
  return TraitsOf(condition.op->base);
}
inline bool IsPlain(const Condition& condition) {
  return condition.op->qualifier == SetQualifier::kNone;
}
inline bool IsOn(const Condition& condition, std::string_view key) {
  return EqualsIgnoreAsciiCase(condition.key_node->key, key);
}
inline bool IsAllow(const Statement& statement) { return statement.effect == Effect::kAllow; }

// Everyone, `*` or {"AWS": "*"}.
inline bool IsForEveryone(const Statement& statement) {
  if (!statement.principal || statement.principal->negated) return false;
  return statement.principal->everyone ||
         std::ranges::any_of(statement.principal->entries, [](const PrincipalEntry& entry) {
           return entry.type == PrincipalType::kAws && entry.value->text == "*";
         });
}

// More than anybody writes. What compares conditions, or values, with each other leaves longer
// lists alone: time stays linear in the text.
inline constexpr std::size_t kManyConditions = 100;
inline constexpr std::size_t kManyValues = 200;

// Whether another condition of the statement makes sure that the request carries the key, so that
// what happens without it is no matter.
inline bool DemandsKey(const Statement& statement, std::string_view key) {
  if (statement.conditions.size() > kManyConditions) return true;
  return std::ranges::any_of(statement.conditions, [key](const Condition& condition) {
    return condition.op && IsOn(condition, key) && HoldsWithoutKey(condition) == false;
  });
}

}  // namespace postern::policy
