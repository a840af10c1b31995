#include "policy/language/wildcard.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace postern::policy {
namespace {

constexpr std::uint32_t kOne = static_cast<unsigned char>(kAnyOne);
constexpr std::uint32_t kRun = static_cast<unsigned char>(kAnyRun);

// The code points of a text, each as its bytes in one number: all that comparing needs. Markers are
// numbers that no code point has, since 0xFE and 0xFF begin none.
std::vector<std::uint32_t> CodePoints(std::string_view text) {
  std::vector<std::uint32_t> points;
  points.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0u) == 0x80u && !points.empty();
    if (continues) {
      points.back() = points.back() << 8 | byte;
    } else {
      points.push_back(byte);
    }
  }
  return points;
}

}  // namespace

std::string WildcardTokens(std::string_view pattern) {
  std::string tokens(pattern);
  std::ranges::replace(tokens, '*', kAnyRun);
  std::ranges::replace(tokens, '?', kAnyOne);
  return tokens;
}

bool ReferenceMatch(std::string_view tokens, std::string_view value) {
  const std::vector<std::uint32_t> token = CodePoints(tokens);
  const std::vector<std::uint32_t> s = CodePoints(value);
  std::size_t i = 0;
  std::size_t j = 0;
  std::optional<std::size_t> star;  // the last `*` met ...
  std::size_t mark = 0;             // ... and where what follows it is tried next
  while (j < s.size()) {
    if (i < token.size() && (token[i] == kOne || token[i] == s[j])) {
      ++i;
      ++j;
    } else if (i < token.size() && token[i] == kRun) {
      star = i++;
      mark = j;
    } else if (star) {
      i = *star + 1;
      j = ++mark;
    } else {
      return false;
    }
  }
  while (i < token.size() && token[i] == kRun) ++i;
  return i == token.size();
}

}  // namespace postern::policy
