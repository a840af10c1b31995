#include "policy/source.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <limits>
#include <utility>

#include "policy/utf8.h"

namespace postern::policy {
namespace {

constexpr std::uint32_t kLongLine = 1u << 16;
constexpr std::uint32_t kMarkStep = 1u << 12;

// Of the character that begins at `byte`; a byte that is not UTF-8 counts as one.
std::size_t LengthAt(std::string_view text, std::size_t byte) {
  return std::max<std::size_t>(Utf8Length(text.substr(byte)), 1);
}

}  // namespace

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), line_starts_{0} {
  assert(text_.size() < std::numeric_limits<std::uint32_t>::max());
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
  }
  for (std::size_t line = 0; line < line_starts_.size(); ++line) {
    const std::size_t end = line + 1 < line_starts_.size() ? line_starts_[line + 1] : text_.size();
    if (end - line_starts_[line] < kLongLine) continue;
    MarkColumns(line_starts_[line], static_cast<std::uint32_t>(end));
  }
}

void Source::MarkColumns(std::uint32_t begin, std::uint32_t end) {
  LineColumn at;
  std::uint32_t next = begin + kMarkStep;
  for (std::uint32_t byte = begin; byte < end; ++at.column) {
    if (byte >= next) {
      column_marks_.push_back({byte, at.column});
      next = byte + kMarkStep;
    }
    byte += static_cast<std::uint32_t>(LengthAt(text_, byte));
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
  std::size_t from = *(next - 1);
  const auto mark = std::ranges::upper_bound(column_marks_, byte, {}, &ColumnMark::byte);
  if (mark != column_marks_.begin() && std::prev(mark)->byte > from) {
    from = std::prev(mark)->byte;
    at.column = std::prev(mark)->column;
  }
  // A byte in the middle of a character has the column of that character.
  while (from < byte) {
    from += LengthAt(text_, from);
    if (from <= byte) ++at.column;
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
