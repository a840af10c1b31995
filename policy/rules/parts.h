// Small questions about parts of texts in a policy.
#pragma once

#include <cstddef>
#include <string_view>

namespace postern::policy {

// Where `part`, a view into `text`, begins.
inline std::size_t OffsetIn(std::string_view text, std::string_view part) {
  return static_cast<std::size_t>(part.data() - text.data());
}

// Where a wildcard or a variable makes the text open; its size if nothing does.
inline std::size_t FindOpen(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '*' || c == '?' || (c == '$' && text.substr(at).starts_with("${"))) return at;
  }
  return text.size();
}

}  // namespace postern::policy
