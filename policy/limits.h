// How large a policy may be: what AWS counts differs from kind to kind (semantics S1.10).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "policy/kind.h"

namespace postern::policy {

enum class SizeUnit : std::uint8_t {
  kCharacters,            // every character, white space included
  kCharactersButNoSpace,  // white space is not counted, wherever it stands (A4)
  kBytes,                 // of the UTF-8 text
};
std::string_view SizeUnitName(SizeUnit unit);  // "characters", ... as messages say it

// One row of the table of S1.10.
struct SizeLimit {
  PolicyKind kind;
  std::string_view counted;  // what the limit is for: "an endpoint policy", "all of a role's ..."
  std::size_t limit;
  SizeUnit unit;
};

std::span<const SizeLimit> AllSizeLimits();
// Empty where no limit is known (an identity or a resource policy of unknown sort); several for
// inline policies, whose sum counts, by whom they belong to.
std::span<const SizeLimit> LimitsOf(PolicyKind kind);

// The sizes of one policy text (JSON or nearly so). A character is a Unicode scalar value, a byte
// order mark is none (A3); a byte that is not UTF-8 counts as one.
struct TextSize {
  std::size_t characters = 0;
  std::size_t white_space = 0;             // of these: space, tab, LF, CR
  std::size_t white_space_in_strings = 0;  // of these: inside string literals
  std::size_t bytes = 0;

  // Without the white space between the tokens: what `jq -c` leaves.
  std::size_t minified_characters() const {
    return characters - white_space + white_space_in_strings;
  }
  std::size_t minified_bytes() const { return bytes - white_space + white_space_in_strings; }
};

TextSize Measure(std::string_view text);
std::size_t Counted(const TextSize& size, SizeUnit unit);

}  // namespace postern::policy
