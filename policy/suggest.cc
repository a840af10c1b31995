#include "policy/suggest.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "policy/language/fold.h"

namespace postern::policy {
namespace {

constexpr std::size_t kLongestWord = 64;

// Edits between two short words, case ignored; a swap of neighbours counts as one. Any number from
// `enough` on if it is not less than that.
std::size_t EditDistance(std::string_view a, std::string_view b, std::size_t enough) {
  std::array<std::array<std::size_t, kLongestWord + 1>, 3> rows;
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  std::size_t least_above = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char x = FoldAscii(a[i - 1]);
      const char y = FoldAscii(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (x == y ? 0u : 1u)});
      if (i > 1 && j > 1 && x == FoldAscii(b[j - 2]) && y == FoldAscii(a[i - 2])) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    // A row is made of the two above it.
    if (least >= enough && least_above >= enough) return least;
    least_above = least;
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace

std::string_view ClosestName(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > kLongestWord) return {};
  const std::size_t limit = word.size() < 3 ? 0 : word.size() < 6 ? 1 : 2;
  std::string_view best;
  std::size_t best_distance = limit + 1;
  for (std::string_view candidate : candidates) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    const std::size_t shorter = std::min(word.size(), candidate.size());
    if (longer > kLongestWord || longer - shorter >= best_distance) continue;
    const std::size_t distance = EditDistance(word, candidate, best_distance);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string_view OnlyCloseName(std::string_view word,
                               std::span<const std::string_view> candidates) {
  const std::string_view closest = ClosestName(word, candidates);
  std::vector<std::string_view> others(candidates.begin(), candidates.end());
  std::erase(others, closest);
  return ClosestName(word, others).empty() ? closest : std::string_view();
}

std::string DidYouMean(std::string_view word, std::span<const std::string_view> candidates,
                       std::string_view before) {
  const std::string_view closest = ClosestName(word, candidates);
  if (closest.empty()) return {};
  return std::string(before) + "did you mean `" + std::string(closest) + "`?";
}

}  // namespace postern::policy
