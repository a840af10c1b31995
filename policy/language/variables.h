// Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the escapes `${*}`,
// `${?}`, `${$}` (semantics S5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/document.h"

namespace postern::policy {

struct VariableRef {
  std::string_view key;                          // into the policy text
  std::optional<std::string_view> default_text;  // likewise; S5.4
};

// A policy value made ready to match: token text (wildcard.h) in which each kVariable byte stands
// for the next entry of `variables`.
struct Tokens {
  std::string text;
  std::vector<VariableRef> variables;
};

struct TokenOptions {
  LanguageVersion version = LanguageVersion::k2012;  // 2008: `${` is literal (S1.5.3)
  bool wildcards = true;                             // `*` and `?` are wildcards
  bool variables = true;                             // `${...}` is a variable
};

// Never fails: what is no variable by S5.1 (unterminated, empty) is literal text; rules report it.
Tokens Tokenize(std::string_view policy_text, TokenOptions options);

// Whether the text holds a `${...}` that is a variable in version 2012-10-17 (not an escape).
bool HasVariable(std::string_view policy_text);

}  // namespace postern::policy
