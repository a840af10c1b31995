#include "tests/bench/report.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <array>
#include <fstream>
#include <thread>

#include "tests/bench/hostile_bench.h"
#include "tests/bench/report_rows.h"

namespace postern::bench {
namespace {

struct UnitTraits {
  std::string_view name;
  double size;  // in what figures are kept in
};
UnitTraits TraitsOf(Unit unit) {
  constexpr std::array<UnitTraits, 5> kTraits = {
      {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"MB", 1}, {"", 1}}};
  return kTraits[static_cast<std::size_t>(unit)];
}

std::string Number(double number) {
  return number < 10 ? fmt::format("{:.2f}", number)
                     : fmt::format("{:.{}f}", number, number < 100 ? 1 : 0);
}

// "200 ok", "200 missed", "-"
std::string Judged(const Limit& limit, double value, double unit, const Figures& figures) {
  if (limit.number == 0) return "-";
  const std::string of(limit.of);
  if (!of.empty() && !figures.Has(of)) return "-";
  const double bound = of.empty() ? limit.number : limit.number * figures.Median(of) / unit;
  return Number(bound) + (value <= bound ? " ok" : " missed");
}

std::string RowText(const ReportRow& row, const Figures& figures) {
  const std::string name(row.figure);
  const UnitTraits unit = TraitsOf(row.unit);
  const double median = figures.Median(name) / unit.size;
  const std::string range =
      Number(figures.Least(name) / unit.size) + " - " + Number(figures.Greatest(name) / unit.size);
  const std::string baseline(row.baseline);
  const std::string ratio =
      !baseline.empty() && figures.Has(baseline)
          ? fmt::format("{} x {}", Number(figures.Median(name) / figures.Median(baseline)),
                        baseline)
          : "";
  return fmt::format("  {:<34}{:>9} {:<3}{:>19}  {:>15}{:>15}  {}\n", row.label, Number(median),
                     unit.name, range, Judged(row.goal, median, unit.size, figures),
                     Judged(row.must, median, unit.size, figures), ratio);
}

std::string TableText(const ReportTable& table, const Figures& figures) {
  std::string rows;
  for (const ReportRow& row : table.rows) {
    if (figures.Has(std::string(row.figure))) rows += RowText(row, figures);
  }
  if (rows.empty()) return rows;
  return fmt::format("\n{}\n  {:<34}{:>9} {:<3}{:>19}  {:>15}{:>15}\n{}", table.title, "", "median",
                     "", "range", "goal", "must", rows);
}

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

std::string ProcessorName() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown processor";
}

}  // namespace

std::string MachineLines(const std::string& commit) {
  std::array<double, 3> load{};
  getloadavg(load.data(), 3);
#ifdef __clang__
  constexpr std::string_view kCompiler = "clang " __clang_version__;
#else
  constexpr std::string_view kCompiler = "g++ " __VERSION__;
#endif
  return fmt::format("machine: {}, {} cores, load {:.2f} {:.2f} {:.2f}\nbuild: {}, commit {}\n",
                     ProcessorName(), std::thread::hardware_concurrency(), load[0], load[1],
                     load[2], kCompiler, commit.empty() ? "unknown" : commit);
}

std::string Report(const Figures& figures) {
  std::string text;
  for (const ReportTable& table : ReportTables()) text += TableText(table, figures);
  return text + HostileText(figures);
}

}  // namespace postern::bench
