#include "cmd/render/html/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "cmd/embedded.h"
#include "cmd/render/xml.h"
#include "policy/utf8.h"

namespace postern::cmd {
namespace {

// As UTF-8, which sorts as code points do: C1 controls, the Arabic letter mark, zero-width
// characters, line separators and direction marks, the byte order mark.
struct UnseenRange {
  std::string_view first, last;
  unsigned code_point;  // of the first
};
constexpr UnseenRange kUnseen[] = {
    {"\xC2\x80", "\xC2\x9F", 0x80},           {"\xC2\xAD", "\xC2\xAD", 0xAD},
    {"\xD8\x9C", "\xD8\x9C", 0x61C},          {"\xE2\x80\x8B", "\xE2\x80\x8F", 0x200B},
    {"\xE2\x80\xA8", "\xE2\x80\xAE", 0x2028}, {"\xE2\x81\xA0", "\xE2\x81\xAF", 0x2060},
    {"\xEF\xBB\xBF", "\xEF\xBB\xBF", 0xFEFF},
};

const UnseenRange* FindUnseen(std::string_view character) {
  const auto found = std::ranges::find_if(kUnseen, [&](const UnseenRange& range) {
    return range.first <= character && character <= range.last;
  });
  return found == std::end(kUnseen) ? nullptr : &*found;
}

// Escaped text with what stands in backticks as code.
std::string WithCode(std::string_view text) {
  std::string html;
  for (;;) {
    const std::size_t open = text.find('`');
    const std::size_t close = open == text.npos ? text.npos : text.find('`', open + 1);
    if (close == text.npos) return html.append(text);
    html.append(text.substr(0, open)).append("<code>");
    html.append(text.substr(open + 1, close - open - 1)).append("</code>");
    text.remove_prefix(close + 1);
  }
}

}  // namespace

std::string HtmlText(std::string_view text) {
  std::string html;
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = std::max<std::size_t>(policy::Utf8Length(text.substr(i)), 1);
    const std::string_view character = text.substr(i, length);
    if (const UnseenRange* unseen = length > 1 ? FindUnseen(character) : nullptr) {
      // A range has one last byte but its own.
      const auto beyond = static_cast<unsigned>(character.back() - unseen->first.back());
      html += XmlText(text.substr(done, i - done));
      html += fmt::format("[U+{:04X}]", unseen->code_point + beyond);
      done = i + length;
    }
    i += length;
  }
  return html + XmlText(text.substr(done));
}

std::string HtmlSentence(std::string_view text) { return WithCode(HtmlText(text)); }

std::string HtmlCode(std::string_view text) {
  return text.empty() ? std::string() : "<code>" + HtmlText(text) + "</code>";
}

std::string HtmlPage(std::string_view title, std::string_view body) {
  return fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>{}</title>
<style>
{}</style>
</head>
<body>
{}</body>
</html>
)",
                     HtmlText(title),
                     FindEmbedded("cmd/render/html/page.css").value_or(std::string_view()), body);
}

}  // namespace postern::cmd
