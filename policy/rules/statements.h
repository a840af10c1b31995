// Small questions about the elements of a statement.
#pragma once

#include <span>
#include <string_view>

#include "policy/document.h"

namespace postern::policy {

// Sound and of that effect.
bool IsSoundAllow(const Statement& statement);
bool IsSoundDeny(const Statement& statement);

// visit(statement, node) for every pattern of Resource in sound Allows; NotResource has none.
template <typename Visit>
void ForEachAllowedResource(const PolicyDocument& document, Visit visit) {
  for (const Statement& statement : document.statements()) {
    if (!IsSoundAllow(statement) || !statement.resources || statement.resources->negated) continue;
    for (const Node* resource : statement.resources->patterns) visit(statement, *resource);
  }
}

// Principal `*` or {"AWS": "*"}; never NotPrincipal.
bool IsForEveryone(const Statement& statement);

// The set has the bare `*` among its patterns, and is no Not element.
bool HasStar(const PatternSet& set);
// Action `*` (or Resource `*`) on its own account: absent elements have none.
bool OnEveryAction(const Statement& statement);
bool OnEveryResource(const Statement& statement);

// Whether one pattern of an Action matches the action, "s3:GetObject", written in any case.
bool ActionMatches(std::string_view pattern, std::string_view action);
// The same for a whole Action or NotAction; false without either.
bool CoversAction(const Statement& statement, std::string_view action);
// The first pattern of an Action that matches one of the actions, or null; null for NotAction.
const Node* FindActionPattern(const Statement& statement,
                              std::span<const std::string_view> actions);

// The first condition on the key, or null.
const Condition* FindCondition(const Statement& statement, std::string_view key);
const Condition* FindCondition(const Statement& statement, std::span<const std::string_view> keys);
bool IsOneOf(std::string_view key, std::span<const std::string_view> keys);  // in any case

// It cannot hold for a request without its key.
bool NeedsKey(const Condition& condition);
// A negated operator on strings, ARNs or addresses: true for whoever is not listed.
bool IsNegated(const Condition& condition);
// Bool or String operator that holds only if the key is `value`, "true" or "false".
bool IsBool(const Condition& condition, std::string_view key, bool value);
// "s3" of "s3:GetObject"; "" where the service is no literal text.
std::string_view ServiceOf(std::string_view action);

}  // namespace postern::policy
