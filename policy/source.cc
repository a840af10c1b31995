#include "policy/source.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "policy/utf8.h"

namespace postern::policy {

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), line_starts_{0} {
  assert(text_.size() < std::numeric_limits<std::uint32_t>::max());
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
}

std::string_view Source::Slice(SourceRange range) const& {
  const std::size_t begin = std::min<std::size_t>(range.begin, text_.size());
  const std::size_t end = std::clamp<std::size_t>(range.end, begin, text_.size());
  return std::string_view(text_).substr(begin, end - begin);
}

LineColumn Source::Locate(std::uint32_t byte) const {
  byte = std::min(byte, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), byte);
  LineColumn at;
  at.line = static_cast<std::uint32_t>(next - line_starts_.begin());
  const std::uint32_t line_begin = *(next - 1);
  // The whole text follows, not just the part before `byte`: a byte in the middle of a character
  // then has the column of that character.
  std::string_view rest = std::string_view(text_).substr(line_begin);
  std::size_t left = byte - line_begin;
  while (left > 0) {
    const std::size_t length = std::max<std::size_t>(Utf8Length(rest), 1);
    if (length > left) break;
    left -= length;
    rest.remove_prefix(length);
    ++at.column;
  }
  return at;
}

std::string_view Source::Line(std::uint32_t line) const& {
  if (line == 0 || line > line_count()) return {};
  const std::uint32_t begin = line_starts_[line - 1];
  std::string_view text = std::string_view(text_).substr(begin, LineBegin(line + 1) - begin);
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::uint32_t Source::LineBegin(std::uint32_t line) const {
  if (line > line_count()) return static_cast<std::uint32_t>(text_.size());
  return line_starts_[line == 0 ? 0 : line - 1];
}

std::uint32_t Source::line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }

}  // namespace postern::policy
