// The escapes of JSON strings, for those who walk the raw spelling.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postern::policy {

struct JsonEscape {
  std::uint32_t length = 0;  // bytes of its spelling; 12 for a surrogate pair
  char32_t code_point = 0;   // in 0xd800-0xdfff only if it is half of a pair without the other half

  bool IsLoneSurrogate() const { return code_point >= 0xd800 && code_point <= 0xdfff; }
};

// The escape that `raw` begins with (at its backslash), or nothing if RFC 8259 knows no such one.
std::optional<JsonEscape> ReadJsonEscape(std::string_view raw);

// The inside of a JSON string, decoded; nothing if an escape is invalid or half of a pair. Quotes
// are taken as they come.
std::optional<std::string> UnescapeJson(std::string_view raw);

// The shortest JSON string that says `text`, which must be UTF-8; quotes included.
std::string JsonString(std::string_view text);

}  // namespace postern::policy
