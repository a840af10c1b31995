#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/reference/truth.h"

// Text, wildcards and policy variables: S5, S12.1, S12.2.
namespace postern::reference {

class Keys;

std::u32string Decode(std::string_view utf8);
std::u32string Lower(std::u32string text);  // each code point by itself
std::string LowerText(const std::string& utf8);

struct Token {
  enum Kind { kLiteral, kOne, kAny } kind;
  char32_t character = 0;
};
using Tokens = std::vector<Token>;

Tokens Tokenise(std::string_view text, bool wildcards);
bool Glob(const Tokens& pattern, const std::u32string& text);

// A policy's text with its variables replaced. Unresolved: a variable has no value (S5.5).
// Uncertain: one names an unknown key, and stands in `tokens` as "any text" (S4.19).
struct Expansion {
  Tokens tokens;
  bool unresolved = false;
  bool uncertain = false;
};
Expansion Expand(std::string_view text, bool variables, bool wildcards, const Keys& keys);
Truth Match(const Expansion& pattern, const std::u32string& text);

// Is there a `${name}` in it that is not an escape?
bool HasVariable(std::string_view text);
// Nothing but one variable.
bool IsOneVariable(std::string_view text);

// Up to six components: the split is at the first five colons. With variables the colons inside
// `${...}` are skipped (S12.2).
std::vector<std::string> SplitArn(std::string_view text, bool variables);

}  // namespace postern::reference
