#include "policy/rules/statements.h"

#include <algorithm>
#include <string>

#include "policy/language/fold.h"
#include "policy/language/pattern.h"
#include "policy/language/values.h"
#include "policy/language/wildcard.h"
#include "policy/rules/texts.h"

namespace postern::policy {

bool IsSoundAllow(const Statement& statement) {
  return IsSound(statement) && statement.effect == Effect::kAllow;
}

bool IsSoundDeny(const Statement& statement) {
  return IsSound(statement) && statement.effect == Effect::kDeny;
}

bool IsForEveryone(const Statement& statement) {
  if (!statement.principal || statement.principal->negated) return false;
  return statement.principal->everyone ||
         std::ranges::any_of(statement.principal->entries, [](const PrincipalEntry& entry) {
           return entry.type == PrincipalType::kAws && entry.value->text == "*";
         });
}

bool HasStar(const PatternSet& set) {
  return !set.negated && std::ranges::any_of(set.patterns, [](const Node* pattern) {
    return pattern->text == "*";
  });
}

bool OnEveryAction(const Statement& statement) {
  return statement.actions && HasStar(*statement.actions);
}

bool OnEveryResource(const Statement& statement) {
  return statement.resources && HasStar(*statement.resources);
}

bool ActionMatches(std::string_view pattern, std::string_view action) {
  if (pattern == "*") return true;
  const std::string_view service = ServiceOf(pattern);
  if (service.empty() || !EqualsIgnoreAsciiCase(service, ServiceOf(action))) return false;
  return MatchTokens(WildcardTokens(FoldAscii(pattern)), FoldAscii(action));
}

bool CoversAction(const Statement& statement, std::string_view action) {
  if (!statement.actions) return false;
  const bool listed = std::ranges::any_of(
      statement.actions->patterns,
      [action](const Node* pattern) { return ActionMatches(pattern->text, action); });
  return listed != statement.actions->negated;
}

const Node* FindActionPattern(const Statement& statement,
                              std::span<const std::string_view> actions) {
  if (!statement.actions || statement.actions->negated) return nullptr;
  for (const Node* pattern : statement.actions->patterns) {
    if (std::ranges::any_of(actions, [pattern](std::string_view action) {
          return ActionMatches(pattern->text, action);
        })) {
      return pattern;
    }
  }
  return nullptr;
}

const Condition* FindCondition(const Statement& statement, std::string_view key) {
  return FindCondition(statement, std::span<const std::string_view>(&key, 1));
}

const Condition* FindCondition(const Statement& statement, std::span<const std::string_view> keys) {
  const auto found = std::ranges::find_if(statement.conditions, [keys](const Condition& condition) {
    return IsOneOf(condition.key_node->key, keys);
  });
  return found == statement.conditions.end() ? nullptr : &*found;
}

bool IsOneOf(std::string_view key, std::span<const std::string_view> keys) {
  return std::ranges::any_of(
      keys, [key](std::string_view each) { return EqualsIgnoreAsciiCase(each, key); });
}

bool NeedsKey(const Condition& condition) { return HoldsWithoutKey(condition) == false; }

bool IsNegated(const Condition& condition) {
  return condition.op && TraitsOf(condition.op->base).negated;
}

bool IsBool(const Condition& condition, std::string_view key, bool value) {
  if (!condition.op || !EqualsIgnoreAsciiCase(condition.key_node->key, key)) return false;
  const OperatorTraits& traits = TraitsOf(condition.op->base);
  if (traits.negated ||
      (traits.family != OperatorFamily::kBool && traits.family != OperatorFamily::kString)) {
    return false;
  }
  return !condition.values.empty() &&
         std::ranges::all_of(condition.values,
                             [value](const Node* each) { return ParseBool(each->text) == value; });
}

std::string_view ServiceOf(std::string_view action) {
  const std::size_t colon = action.find(':');
  if (colon == action.npos || action.find(':', colon + 1) != action.npos) return {};
  if (HasBlank(action)) return {};
  const std::string_view service = action.substr(0, colon);
  return HasWildcard(service) ? std::string_view() : service;
}

}  // namespace postern::policy
