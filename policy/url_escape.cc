#include "policy/url_escape.h"

#include <charconv>

namespace postern::policy {

std::optional<char> UrlEscape(std::string_view text) {
  if (text.size() < 3 || text.front() != '%') return std::nullopt;
  unsigned char byte = 0;
  const auto [rest, error] = std::from_chars(text.data() + 1, text.data() + 3, byte, 16);
  if (error != std::errc() || rest != text.data() + 3) return std::nullopt;
  return static_cast<char>(byte);
}

std::string DecodeUrl(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  while (!text.empty()) {
    const std::optional<char> escape = UrlEscape(text);
    decoded += escape.value_or(text.front());
    text.remove_prefix(escape ? 3 : 1);
  }
  return decoded;
}

}  // namespace postern::policy
