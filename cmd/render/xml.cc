#include "cmd/render/xml.h"

#include "policy/utf8.h"

namespace postern::cmd {
namespace {

// U+FFFE and U+FFFF are characters, but none of XML's.
bool IsForbidden(std::string_view character) {
  return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

}  // namespace

std::string XmlText(std::string_view text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = policy::Utf8Length(text.substr(i));
    const std::string_view character = text.substr(i, length == 0 ? 1 : length);
    i += character.size();
    const char c = character.front();
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else if (length == 0 || IsForbidden(character) ||
               (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t')) {
      escaped += '?';
    } else {
      escaped += character;
    }
  }
  return escaped;
}

}  // namespace postern::cmd
