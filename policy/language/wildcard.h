// Patterns as token text, and the matcher that defines what they mean (semantics S12.1).
//
// Token text is UTF-8 with three bytes that UTF-8 never uses: kAnyOne, kAnyRun and kVariable.
// Literal text, substituted values among it, needs no escaping and is never scanned again.
#pragma once

#include <string>
#include <string_view>

namespace postern::policy {

inline constexpr char kAnyOne = '\xFF';    // `?`: exactly one code point
inline constexpr char kAnyRun = '\xFE';    // `*`: any run, the empty one too
inline constexpr char kVariable = '\xFD';  // `${...}`: see variables.h; never left when matching

// `*` and `?` become tokens, everything else is literal: for actions and other text that takes
// wildcards but no variables.
std::string WildcardTokens(std::string_view pattern);

// The reference: two pointers, one star remembered. Quadratic in the worst case; the tests' oracle.
// Production code uses pattern.h.
bool ReferenceMatch(std::string_view tokens, std::string_view value);

}  // namespace postern::policy
