#include "policy/quote.h"

#include <cstddef>

#include "policy/utf8.h"

namespace postern::policy {

std::string Quote(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::string quoted = "`";
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t length = Utf8Length(text.substr(i));
    if (i + length > kLongest || i >= kLongest) break;
    const char c = text[i];
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    if (length == 0) {
      quoted += "\xef\xbf\xbd";  // U+FFFD: what is printed stays UTF-8
    } else if (control || c == '`') {
      quoted += ' ';
    } else {
      quoted += text.substr(i, length);
    }
    i += length == 0 ? 1 : length;
  }
  if (i < text.size()) quoted += "…";
  return quoted + "`";
}

std::string WithArticle(std::string_view noun) {
  const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

}  // namespace postern::policy
