#include "policy/language/fold.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace postern::policy {
namespace {

// Takes the first code point off `text`, lower-cased. A byte that begins none stands for itself, as
// a number that no code point has.
std::int32_t TakeFolded(std::string_view& text) {
  const auto byte = static_cast<unsigned char>(text.front());
  if (byte < 0x80) {
    text.remove_prefix(1);
    return FoldAscii(static_cast<char>(byte));
  }
  utf8proc_int32_t point = 0;
  const utf8proc_ssize_t length =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &point);
  if (length <= 0) {
    text.remove_prefix(1);
    return -1 - std::int32_t{byte};
  }
  text.remove_prefix(static_cast<std::size_t>(length));
  return utf8proc_tolower(point);
}

}  // namespace

std::string FoldAscii(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) c = FoldAscii(c);
  return folded;
}

bool HasUpperAscii(std::string_view text) {
  // A bit that upper-case letters lack and most other characters have: mostly one pass is enough.
  char common = 0x20;
  for (char c : text) common = static_cast<char>(common & c);
  return common == 0 && std::ranges::any_of(text, [](char c) { return FoldAscii(c) != c; });
}

bool EqualsIgnoreAsciiCase(std::string_view a, std::string_view b) {
  // Mostly the spelling is the same to the letter.
  return a.size() == b.size() && (a == b || std::ranges::equal(a, b, [](char x, char y) {
                                    return FoldAscii(x) == FoldAscii(y);
                                  }));
}

bool LessIgnoreAsciiCase(std::string_view a, std::string_view b) {
  return std::ranges::lexicographical_compare(
      a, b, [](char x, char y) { return FoldAscii(x) < FoldAscii(y); });
}

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    if (TakeFolded(a) != TakeFolded(b)) return false;
  }
  return a.empty() && b.empty();
}

std::string FoldCase(std::string_view text) {
  std::string folded;
  while (!text.empty()) {
    const char byte = text.front();
    const std::int32_t point = TakeFolded(text);
    std::array<utf8proc_uint8_t, 4> bytes{};
    const utf8proc_ssize_t length = point < 0 ? 0 : utf8proc_encode_char(point, bytes.data());
    if (length == 0) folded += byte;
    folded.append(bytes.begin(), bytes.begin() + length);
  }
  return folded;
}

}  // namespace postern::policy
