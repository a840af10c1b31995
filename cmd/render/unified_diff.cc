#include "cmd/render/unified_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace postern::cmd {
namespace {

using Lines = std::vector<std::string_view>;  // each with its end

constexpr std::size_t kContext = 3;

Lines SplitLines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

// Lines [begin, end) of the old text are replaced by [new_begin, new_end) of the new one.
struct Change {
  std::size_t begin, end, new_begin, new_end;
};

// E. Myers, "An O(ND) difference algorithm and its variations" (1986). For each number of
// differences the furthest old line on each diagonal; nothing beyond kMaxDifferences.
std::optional<std::vector<std::vector<int>>> FurthestReaches(const Lines& a, const Lines& b) {
  const int n = static_cast<int>(a.size());
  const int m = static_cast<int>(b.size());
  std::vector<std::vector<int>> reaches;
  for (int d = 0; d <= kMaxDifferences; ++d) {
    std::vector<int> reach(2 * static_cast<std::size_t>(d) + 1, 0);
    for (int k = -d; k <= d; k += 2) {
      const auto last = [&](int diagonal) {
        return reaches.back()[static_cast<std::size_t>(diagonal + d - 1)];
      };
      const bool down = k == -d || (k != d && last(k - 1) < last(k + 1));
      int x = d == 0 ? 0 : down ? last(k + 1) : last(k - 1) + 1;
      while (x < n && x - k < m &&
             a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)]) {
        ++x;
      }
      const int place = k + d;
      reach[static_cast<std::size_t>(place)] = x;
      if (x >= n && x - k >= m) {
        reaches.push_back(std::move(reach));
        return reaches;
      }
    }
    reaches.push_back(std::move(reach));
  }
  return std::nullopt;
}

// Single steps from the end back to the beginning, joined where they touch.
std::vector<Change> Changes(const Lines& a, const Lines& b) {
  const auto reaches = FurthestReaches(a, b);
  if (!reaches) return {{0, a.size(), 0, b.size()}};
  std::vector<Change> changes;
  int x = static_cast<int>(a.size());
  int y = static_cast<int>(b.size());
  for (int d = static_cast<int>(reaches->size()) - 1; d > 0; --d) {
    const std::vector<int>& before = (*reaches)[static_cast<std::size_t>(d - 1)];
    const auto last = [&](int diagonal) {
      return before[static_cast<std::size_t>(diagonal + d - 1)];
    };
    const int k = x - y;
    const bool down = k == -d || (k != d && last(k - 1) < last(k + 1));
    const int from_x = down ? last(k + 1) : last(k - 1);
    const int from_y = from_x - (down ? k + 1 : k - 1);
    const Change step{
        static_cast<std::size_t>(from_x), static_cast<std::size_t>(from_x + (down ? 0 : 1)),
        static_cast<std::size_t>(from_y), static_cast<std::size_t>(from_y + (down ? 1 : 0))};
    if (!changes.empty() && changes.back().begin == step.end &&
        changes.back().new_begin == step.new_end) {
      changes.back().begin = step.begin;
      changes.back().new_begin = step.new_begin;
    } else {
      changes.push_back(step);
    }
    x = from_x;
    y = from_y;
  }
  std::ranges::reverse(changes);
  return changes;
}

std::string Line(char mark, std::string_view line) {
  return fmt::format("{}{}{}", mark, line,
                     line.ends_with('\n') ? "" : "\n\\ No newline at end of file\n");
}

// "3,4": a range as the head of a hunk has it; an empty one names the line before it.
std::string Extent(std::size_t begin, std::size_t end) {
  const std::size_t first = begin == end ? begin : begin + 1;
  return end - begin == 1 ? fmt::format("{}", first) : fmt::format("{},{}", first, end - begin);
}

// The changes [first, last), which are near to each other, with the lines around them.
std::string Hunk(const Lines& a, const Lines& b, const Change* first, const Change* last) {
  const std::size_t lead = std::min(kContext, first->begin);
  const std::size_t tail = std::min(kContext, a.size() - last[-1].end);
  std::string text =
      fmt::format("@@ -{} +{} @@\n", Extent(first->begin - lead, last[-1].end + tail),
                  Extent(first->new_begin - lead, last[-1].new_end + tail));
  std::size_t at = first->begin - lead;
  for (const Change* change = first; change != last; ++change) {
    for (; at < change->begin; ++at) text += Line(' ', a[at]);
    for (; at < change->end; ++at) text += Line('-', a[at]);
    for (std::size_t i = change->new_begin; i < change->new_end; ++i) text += Line('+', b[i]);
  }
  for (const std::size_t end = at + tail; at < end; ++at) text += Line(' ', a[at]);
  return text;
}

}  // namespace

std::string UnifiedDiff(std::string_view name, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const Lines a = SplitLines(before);
  const Lines b = SplitLines(after);
  const std::vector<Change> changes = Changes(a, b);
  std::string text = fmt::format("--- {0}\n+++ {0}\n", name);
  const Change* const end = changes.data() + changes.size();
  for (const Change* first = changes.data(); first != end;) {
    const Change* last = first + 1;
    while (last != end && last->begin - last[-1].end <= 2 * kContext) ++last;
    text += Hunk(a, b, first, last);
    first = last;
  }
  return text;
}

}  // namespace postern::cmd
