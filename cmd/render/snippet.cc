#include "cmd/render/snippet.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "policy/utf8.h"

namespace postern::cmd {
namespace {

constexpr std::size_t kWidest = 100;  // columns of a shown line
constexpr std::size_t kLead = 30;     // columns kept before the range where a line is cut
constexpr std::size_t kTab = 4;

// One character as a terminal shows it.
struct Cell {
  std::size_t byte;
  std::size_t width;
  std::string text;
};

char32_t Decode(std::string_view text, std::size_t length) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  switch (length) {
    case 2:
      return static_cast<char32_t>((byte(0) & 0x1Fu) << 6 | (byte(1) & 0x3Fu));
    case 3:
      return static_cast<char32_t>((byte(0) & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 |
                                   (byte(2) & 0x3Fu));
    case 4:
      return static_cast<char32_t>((byte(0) & 0x07u) << 18 | (byte(1) & 0x3Fu) << 12 |
                                   (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu));
    default:
      return byte(0);
  }
}

struct CodePoints {
  char32_t first, last;
};

// East Asian wide and emoji blocks: close enough for a marker.
constexpr CodePoints kWide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},
                                {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
                                {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                                {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
// Combining marks, zero-width characters, and those that reverse the direction of a line.
constexpr CodePoints kNoWidth[] = {{0x0300, 0x036F}, {0x200B, 0x200F}, {0x202A, 0x202E},
                                   {0x2060, 0x2069}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};

template <std::size_t N>
bool IsIn(char32_t c, const CodePoints (&table)[N]) {
  return std::any_of(std::begin(table), std::end(table),
                     [c](const CodePoints& r) { return r.first <= c && c <= r.last; });
}

Cell ReadCell(std::string_view line, std::size_t at, std::size_t& length) {
  const auto first = static_cast<unsigned char>(line[at]);
  length = 1;
  if (line[at] == '\t') return {at, kTab, std::string(kTab, ' ')};
  if (first < 0x20 || first == 0x7F) return {at, 1, "."};
  const std::size_t utf8 = policy::Utf8Length(line.substr(at));
  if (utf8 == 0) return {at, 1, "."};
  length = utf8;
  const char32_t c = Decode(line.substr(at), utf8);
  if (c >= 0x80 && c < 0xA0) return {at, 1, "."};
  if (IsIn(c, kNoWidth))
    return {at, 0, c >= 0x0300 && c <= 0x036F ? std::string(line.substr(at, utf8)) : ""};
  return {at, IsIn(c, kWide) ? std::size_t{2} : std::size_t{1}, std::string(line.substr(at, utf8))};
}

// The cells near the range: enough for one shown line, however long the line is.
struct Window {
  std::vector<Cell> cells;
  bool cut_before = false;
  bool cut_after = false;
};

Window CellsAround(std::string_view line, std::size_t begin) {
  constexpr std::size_t kMaxBytes = 4;
  Window window;
  std::size_t at = 0;
  if (begin > kWidest * kMaxBytes) {
    at = begin - kLead * kMaxBytes;
    while (at < begin && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) ++at;
    window.cut_before = true;
  }
  std::size_t width = 0;
  std::size_t width_before = 0;
  while (at < line.size() && width - width_before < kWidest) {
    std::size_t length = 1;
    window.cells.push_back(ReadCell(line, at, length));
    width += window.cells.back().width;
    if (at < begin) width_before = width;
    at += length;
  }
  window.cut_after = at < line.size();
  return window;
}

// Drops cells until the line fits: those far before the range, then those behind.
void Fit(Window& window, std::size_t begin) {
  const auto width_of = [&](std::size_t first, std::size_t last) {
    std::size_t sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += window.cells[i].width;
    return sum;
  };
  std::size_t start = 0;
  while (start < window.cells.size() && window.cells[start].byte < begin) ++start;
  std::size_t first = 0;
  if (width_of(0, window.cells.size()) > kWidest) {
    std::size_t before = width_of(0, start);
    while (before > kLead) before -= window.cells[first++].width;
  }
  std::size_t last = first;
  std::size_t width = 0;
  while (last < window.cells.size() && width + window.cells[last].width <= kWidest) {
    width += window.cells[last++].width;
  }
  window.cut_before = window.cut_before || first > 0;
  window.cut_after = window.cut_after || last < window.cells.size();
  window.cells = {window.cells.begin() + static_cast<std::ptrdiff_t>(first),
                  window.cells.begin() + static_cast<std::ptrdiff_t>(last)};
}

}  // namespace

Palette::Palette(bool color) {
  if (!color) return;
  bold = "\x1b[1m";
  red = "\x1b[31m";
  yellow = "\x1b[33m";
  magenta = "\x1b[35m";
  cyan = "\x1b[36m";
  green = "\x1b[32m";
  dim = "\x1b[2m";
  reset = "\x1b[0m";
}

std::string_view Palette::Of(policy::Severity severity) const {
  switch (severity) {
    case policy::Severity::kError:
      return red;
    case policy::Severity::kSecurity:
      return magenta;
    case policy::Severity::kWarning:
      return yellow;
    case policy::Severity::kSuggestion:
      return cyan;
  }
  return {};
}

std::string At(const policy::Source& source, policy::SourceRange range) {
  const policy::LineColumn at = source.Locate(range.begin);
  return fmt::format("{}:{}", at.line, at.column);
}

std::string Place(const policy::Source& source, policy::SourceRange range) {
  return fmt::format("{}:{}", source.name(), At(source, range));
}

std::string CutLine(std::string_view line, std::size_t begin) {
  Window window = CellsAround(line, std::min(begin, line.size()));
  Fit(window, begin);
  std::string shown = window.cut_before ? "…" : "";
  for (const Cell& cell : window.cells) shown += cell.text;
  if (window.cut_after) shown += "…";
  return shown;
}

std::string Snippet(const policy::Source& source, policy::SourceRange range,
                    const Palette& palette) {
  const policy::LineColumn at = source.Locate(range.begin);
  const std::string_view line = source.Line(at.line);
  const std::uint32_t line_begin = source.LineBegin(at.line);
  if (line.find_first_not_of(" \t\r") == line.npos && range.begin >= line_begin + line.size()) {
    return {};
  }
  const std::size_t begin = std::min<std::size_t>(range.begin - line_begin, line.size());
  const std::size_t end = std::clamp<std::size_t>(
      range.end > line_begin ? range.end - line_begin : 0, begin, line.size());
  Window window = CellsAround(line, begin);
  Fit(window, begin);

  std::string shown = window.cut_before ? "…" : "";
  std::string before(window.cut_before ? 1 : 0, ' ');
  std::size_t marked = 0;
  for (const Cell& cell : window.cells) {
    shown += cell.text;
    if (cell.byte < begin) before.append(cell.width, ' ');
    if (cell.byte >= begin && cell.byte < end) marked += cell.width;
  }
  if (window.cut_after) shown += "…";
  const std::string number = std::to_string(at.line);
  std::string marker = "^";
  if (marked > 1) marker.append(marked - 1, '~');
  return fmt::format("{5}  {0} |{7} {1}\n{5}  {2:{3}} |{7} {4}{6}{8}{7}\n", number, shown, "",
                     number.size(), before, palette.dim, palette.red, palette.reset, marker);
}

std::string OneLine(std::string_view text) {
  std::string line;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = policy::Utf8Length(text.substr(i));
    const auto byte = static_cast<unsigned char>(text[i]);
    if (length == 0 || byte < 0x20 || byte == 0x7F) {
      line += '?';
      ++i;
    } else {
      line += text.substr(i, length);
      i += length;
    }
  }
  return line;
}

std::string Count(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace postern::cmd
