// Ignoring case as AWS does: code point by code point, simple lower-casing (semantics S4.2).
#pragma once

#include <string>
#include <string_view>

namespace postern::policy {

// ASCII only: action names, condition keys, operators. Other bytes stay as they are.
constexpr char FoldAscii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
std::string FoldAscii(std::string_view text);
bool HasUpperAscii(std::string_view text);
bool EqualsIgnoreAsciiCase(std::string_view a, std::string_view b);
bool LessIgnoreAsciiCase(std::string_view a, std::string_view b);

// All of Unicode: StringEqualsIgnoreCase. Allocates nothing. `ß` does not equal `ss`.
bool EqualsIgnoreCase(std::string_view a, std::string_view b);
// Lower-cased in the same way; a byte that is no UTF-8 stays as it is.
std::string FoldCase(std::string_view text);

}  // namespace postern::policy
