#include <fmt/format.h>

#include <string>
#include <string_view>

#include "tests/bench/hostile_bench.h"
#include "tests/bench/number.h"

namespace postern::bench {
namespace {

constexpr double kHostileGoal = 5000;
constexpr double kHostileMust = 20000;
constexpr double kMostPerDoubling = 2.5;

// How much longer twice the value takes. Judged where the value is several times as long as what
// the pattern asks for at least: below that, a longer value is more than twice the work.
std::string Doubling(const HostilePattern& hostile, const Figures& figures, std::size_t bytes) {
  const double ratio = figures.Median(HostileFigure(hostile, "postern", 2 * bytes)) /
                       figures.Median(HostileFigure(hostile, "postern", bytes));
  std::size_t least = 0;
  for (const char c : hostile.pattern) least += c == '*' ? 0 : 1;
  if (least * 4 > bytes) return fmt::format("({:.2f})", ratio);
  return fmt::format("{:.2f} {}", ratio, ratio <= kMostPerDoubling ? "ok" : "missed");
}

}  // namespace

std::string HostileText(const Figures& figures) {
  std::string rows;
  for (const HostilePattern& hostile : HostilePatterns()) {
    const std::string longest = HostileFigure(hostile, "postern", kValueBytes.back());
    if (!figures.Has(longest)) continue;
    const double value = figures.Median(longest);
    const auto other = [&](std::string_view matcher) {
      const std::string name = HostileFigure(hostile, matcher, kValueBytes.back());
      return figures.Has(name) ? fmt::format("{} ({:.2f} x)", Number(figures.Median(name) / 1e3),
                                             value / figures.Median(name))
                               : "too large";
    };
    rows += fmt::format("  {:<16}{:>6}", hostile.name, hostile.pattern.size());
    for (const std::size_t bytes : kValueBytes) {
      rows += fmt::format("{:>8}",
                          Number(figures.Median(HostileFigure(hostile, "postern", bytes)) / 1e3));
    }
    rows += fmt::format("{:>10}{:>10}", value <= kHostileGoal ? "ok" : "missed",
                        value <= kHostileMust ? "ok" : "missed");
    rows += fmt::format("{:>12}{:>12}", Doubling(hostile, figures, kValueBytes[0]),
                        Doubling(hostile, figures, kValueBytes[1]));
    rows += fmt::format("{:>20}{:>20}\n", other("re2"), other("two-pointer"));
  }
  if (rows.empty()) return rows;
  return fmt::format(
      "\nHostile patterns against `aaa...a`, us a match; goal {} us and must {} us at 1,024 bytes\n"
      "  {:<16}{:>6}{:>8}{:>8}{:>8}{:>10}{:>10}{:>12}{:>12}{:>20}{:>20}\n{}",
      Number(kHostileGoal / 1e3), Number(kHostileMust / 1e3), "pattern", "bytes", "256", "512",
      "1024", "goal", "must", "512/256", "1024/512", "re2", "two-pointer", rows);
}

}  // namespace postern::bench
