#include "cmd/render/suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "policy/fixes.h"

namespace postern::cmd {
namespace {

using policy::Edit;
using policy::Source;

// The edits of lines [first, last], 1-based.
struct Hunk {
  std::uint32_t first, last;
  std::vector<Edit> edits;
};

std::vector<Hunk> Hunks(const Source& source, std::vector<Edit> edits) {
  std::ranges::sort(edits, {}, [](const Edit& edit) { return edit.range.begin; });
  std::vector<Hunk> hunks;
  for (Edit& edit : edits) {
    const std::uint32_t first = source.Locate(edit.range.begin).line;
    const std::uint32_t last = source.Locate(edit.range.end).line;
    if (hunks.empty() || hunks.back().last < first) hunks.push_back({first, last, {}});
    hunks.back().last = std::max(hunks.back().last, last);
    hunks.back().edits.push_back(std::move(edit));
  }
  return hunks;
}

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (;;) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == text.npos) return lines;
    text.remove_prefix(end + 1);
  }
}

// `changed`: the byte of the first line to cut long ones around.
std::string Draw(std::string_view text, std::uint32_t number, std::size_t changed,
                 std::size_t width, char mark, std::string_view color, const Palette& palette) {
  const std::vector<std::string_view> lines = SplitLines(text);
  const std::size_t shown = std::min(lines.size(), kSuggestedLines);
  std::string drawn;
  for (std::size_t i = 0; i < shown; ++i) {
    drawn += fmt::format("{}  {:>{}} {}{}{} {}{}\n", palette.dim, number + i, width, palette.reset,
                         color, mark, CutLine(lines[i], i == 0 ? changed : 0), palette.reset);
  }
  if (shown < lines.size()) {
    drawn += fmt::format("  {:>{}} {} … {}\n", "", width, mark,
                         Count(lines.size() - shown, "more line"));
  }
  return drawn;
}

std::string HunkAsText(const Source& source, const Hunk& hunk, const Palette& palette) {
  const std::uint32_t begin = source.LineBegin(hunk.first);
  const std::string_view last = source.Line(hunk.last);
  const std::uint32_t end = source.LineBegin(hunk.last) + static_cast<std::uint32_t>(last.size());
  const std::string_view old = source.Slice({begin, end});
  std::vector<Edit> edits = hunk.edits;
  for (Edit& edit : edits) {
    edit.range = {edit.range.begin - begin, std::min(edit.range.end, end) - begin};
  }
  const std::size_t changed = edits.front().range.begin;
  const std::size_t width = std::to_string(hunk.last).size();
  return Draw(old, hunk.first, changed, width, '-', palette.red, palette) +
         Draw(policy::ApplyEdits(old, edits), hunk.first, changed, width, '+', palette.green,
              palette);
}

}  // namespace

std::string FixAsText(const Source& source, const policy::Fix& fix, std::string_view by_hand,
                      const Palette& palette) {
  std::string text =
      fmt::format("  fix:  {}{}{}\n", OneLine(fix.title), fix.safe ? "" : " (unsafe)",
                  by_hand.empty() ? "" : fmt::format(" (to be made by hand: {})", by_hand));
  for (const Hunk& hunk : Hunks(source, fix.edits)) text += HunkAsText(source, hunk, palette);
  return text;
}

}  // namespace postern::cmd
