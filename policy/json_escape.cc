#include "policy/json_escape.h"

#include <algorithm>

#include "policy/utf8.h"

namespace postern::policy {

namespace {

std::optional<char32_t> ReadHex4(std::string_view digits) {
  if (digits.size() < 4) return std::nullopt;
  char32_t value = 0;
  for (const char c : digits.substr(0, 4)) {
    value <<= 4;
    if (c >= '0' && c <= '9') {
      value += static_cast<char32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      value += static_cast<char32_t>(c - 'a' + 10);
    } else if (c >= 'A' && c <= 'F') {
      value += static_cast<char32_t>(c - 'A' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

}  // namespace

std::optional<JsonEscape> ReadJsonEscape(std::string_view raw) {
  if (raw.size() < 2 || raw[0] != '\\') return std::nullopt;
  switch (raw[1]) {
    case '"':
    case '\\':
    case '/':
      return JsonEscape{2, static_cast<char32_t>(raw[1])};
    case 'b':
      return JsonEscape{2, U'\b'};
    case 'f':
      return JsonEscape{2, U'\f'};
    case 'n':
      return JsonEscape{2, U'\n'};
    case 'r':
      return JsonEscape{2, U'\r'};
    case 't':
      return JsonEscape{2, U'\t'};
    case 'u':
      break;
    default:
      return std::nullopt;
  }
  const std::optional<char32_t> first = ReadHex4(raw.substr(2));
  if (!first) return std::nullopt;
  if (*first >= 0xd800 && *first <= 0xdbff && raw.substr(6).starts_with("\\u")) {
    const std::optional<char32_t> second = ReadHex4(raw.substr(8));
    if (second && *second >= 0xdc00 && *second <= 0xdfff) {
      return JsonEscape{12, 0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00)};
    }
  }
  return JsonEscape{6, *first};
}

std::optional<std::string> UnescapeJson(std::string_view raw) {
  std::string text;
  text.reserve(raw.size());
  while (!raw.empty()) {
    const std::size_t plain = std::min(raw.find('\\'), raw.size());
    text += raw.substr(0, plain);
    raw.remove_prefix(plain);
    if (raw.empty()) break;
    const std::optional<JsonEscape> escape = ReadJsonEscape(raw);
    if (!escape || escape->IsLoneSurrogate()) return std::nullopt;
    char bytes[4];
    text.append(bytes, WriteUtf8(escape->code_point, bytes));
    raw.remove_prefix(escape->length);
  }
  return text;
}

std::string JsonString(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  std::string json = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const std::size_t place = kEscaped.find(c);
    if (place != kEscaped.npos) {
      json += {'\\', kLetters[place]};
    } else if (byte < 0x20) {
      json.append("\\u00") += {kHex[byte >> 4], kHex[byte & 15]};
    } else {
      json += c;
    }
  }
  return json + '"';
}

}  // namespace postern::policy
