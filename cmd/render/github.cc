#include "cmd/render/github.h"

#include <fmt/format.h>

namespace postern::cmd {
namespace {

std::string Escaped(std::string_view text, bool property) {
  std::string escaped;
  for (char c : text) {
    if (c == '%') {
      escaped += "%25";
    } else if (c == '\r') {
      escaped += "%0D";
    } else if (c == '\n') {
      escaped += "%0A";
    } else if (property && c == ':') {
      escaped += "%3A";
    } else if (property && c == ',') {
      escaped += "%2C";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace

std::string GithubText(std::string_view text) { return Escaped(text, false); }

std::string GithubProperty(std::string_view text) { return Escaped(text, true); }

std::string GithubPlace(const policy::Source& source, policy::SourceRange range) {
  const policy::LineColumn begin = source.Locate(range.begin);
  const policy::LineColumn end = source.Locate(range.end);
  return fmt::format("file={},line={},endLine={},col={}", GithubProperty(source.name()), begin.line,
                     end.line, begin.column);
}

}  // namespace postern::cmd
