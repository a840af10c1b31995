#include "cmd/render/html/change.h"

#include <fmt/format.h>

#include <algorithm>

#include "cmd/render/html/page.h"

namespace postern::cmd {
namespace {

constexpr std::uint32_t kContext = 3;      // lines
constexpr std::size_t kLongestLine = 200;  // bytes of a line that are shown beside a change

bool StartsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::string_view Head(std::string_view line) {
  if (line.size() <= kLongestLine) return line;
  std::size_t size = kLongestLine;
  while (size > 0 && !StartsCharacter(line[size])) --size;
  return line.substr(0, size);
}

std::string_view Tail(std::string_view line) {
  if (line.size() <= kLongestLine) return line;
  std::size_t begin = line.size() - kLongestLine;
  while (begin < line.size() && !StartsCharacter(line[begin])) ++begin;
  return line.substr(begin);
}

// What stands before and behind the changed bytes on their lines.
std::string Before(std::string_view text) {
  const std::string_view shown = Tail(text);
  return (shown.size() < text.size() ? "…" : "") + HtmlText(shown);
}
std::string Behind(std::string_view text) {
  const std::string_view shown = Head(text);
  return HtmlText(shown) + (shown.size() < text.size() ? "…" : "");
}

// Each line of `text` between `open` and `close`, the first behind `before`, the last before
// `behind`.
std::string Lines(char sign, std::string_view style, std::string_view before, std::string_view tag,
                  std::string_view text, std::string_view behind) {
  std::string html;
  bool first = true;
  for (;;) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    html +=
        fmt::format("<span class=\"line {}\"><i>{}</i><code>{}", style, sign, first ? before : "");
    if (!line.empty()) html += fmt::format("<{0}>{1}</{0}>", tag, HtmlText(line));
    first = false;
    if (end == text.npos) return html + std::string(behind) + "</code></span>";
    html += "</code></span>";
    text.remove_prefix(end + 1);
  }
}

std::string Context(const policy::Source& source, std::uint32_t first, std::uint32_t last) {
  std::string html;
  for (std::uint32_t line = first; line <= last; ++line) {
    html += fmt::format("<span class=\"line\"><i> </i><code>{}</code></span>",
                        Behind(source.Line(line)));
  }
  return html;
}

}  // namespace

std::string DiffAsHtml(const policy::Source& source, policy::SourceRange at,
                       std::string_view text) {
  const std::uint32_t first = source.Locate(at.begin).line;
  const std::uint32_t last = source.Locate(std::max(at.begin, at.end)).line;
  const std::uint32_t line_end =
      source.LineBegin(last) + static_cast<std::uint32_t>(source.Line(last).size());
  const std::string before = Before(source.Slice({source.LineBegin(first), at.begin}));
  const std::string behind = Behind(source.Slice({std::max(at.begin, at.end), line_end}));
  // Behind the last line end there is no line.
  const std::uint32_t count = source.line_count() - (source.text().ends_with('\n') ? 1 : 0);
  return fmt::format("<pre class=\"listing diff\">{}{}{}{}</pre>\n",
                     Context(source, first > kContext ? first - kContext : 1, first - 1),
                     Lines('-', "no lit", before, "del", source.Slice(at), behind),
                     Lines('+', "yes lit", before, "ins", text, behind),
                     Context(source, last + 1, std::min(last + kContext, count)));
}

}  // namespace postern::cmd
