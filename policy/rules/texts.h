// Ways through the parts of a policy that several rules share.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "policy/document.h"

namespace postern::policy {

// A statement whose grammar is in order: what is said about its meaning is then true.
inline bool IsSound(const Statement& statement) {
  return !statement.refused && statement.effect.has_value();
}

// visit(node) for every text that requests are compared with; Sid and Id are remarks.
template <typename Visit>
void ForEachComparedText(const PolicyDocument& document, Visit visit) {
  for (const Statement& statement : document.statements()) {
    if (statement.principal) {
      for (const PrincipalEntry& entry : statement.principal->entries) visit(*entry.value);
    }
    for (const auto* patterns : {&statement.actions, &statement.resources}) {
      if (!*patterns) continue;
      for (const Node* pattern : (*patterns)->patterns) visit(*pattern);
    }
    for (const Condition& condition : statement.conditions) {
      for (const Node* value : condition.values) visit(*value);
    }
  }
}

// A part of a text that a template or a person should have replaced: [begin, end).
struct Placeholder {
  std::size_t begin;
  std::size_t end;
};

// The first one at or behind `from`: {NAME}, {{ name }}, <name>, [NAME], YOUR_NAME, REPLACE_ME,
// CHANGEME,
// TODO, xxxx, %s. Policy variables, `${...}`, are none.
std::optional<Placeholder> FindPlaceholder(std::string_view text, std::size_t from = 0);

// Text that is not final: a placeholder or `${...}` in it may stand for anything.
bool IsUnfinished(std::string_view text);

// What is said about text that may stand for anything: nothing. Literal text only.
inline bool HasWildcard(std::string_view text) {
  // find_first_of asks memchr about every character.
  return std::ranges::any_of(text, [](char c) { return c == '*' || c == '?'; });
}

inline bool HasBlank(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
}

// Whether a condition holds in every request that does not carry its key (S4.4 to S4.9); absent
// where that depends on values that cannot be read.
std::optional<bool> HoldsWithoutKey(const Condition& condition);

}  // namespace postern::policy
