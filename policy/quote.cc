#include "policy/quote.h"

#include <cstddef>

namespace postern::policy {

std::string Quote(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  const auto is_continuation = [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
  };
  std::size_t end = text.size();
  if (end > kLongest) {
    end = kLongest;
    while (end > 0 && is_continuation(text[end])) --end;
  }
  std::string quoted = "`";
  for (char c : text.substr(0, end)) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    quoted += control || c == '`' ? ' ' : c;
  }
  if (end < text.size()) quoted += "…";
  return quoted + "`";
}

std::string WithArticle(std::string_view noun) {
  const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

}  // namespace postern::policy
