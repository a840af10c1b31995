#include "tests/bench/report.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <array>
#include <fstream>
#include <string_view>
#include <thread>
#include <utility>

#include "tests/bench/number.h"
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

// Rows are written once; the figures of given workloads have a word before their names.
class Namespace {
 public:
  Namespace(const Figures& figures, std::string prefix)
      : figures_(figures), prefix_(std::move(prefix)) {}
  // The figure under the prefix, else the one without; "" if there is none.
  std::string NameOf(std::string_view figure) const {
    for (const std::string& name : {prefix_ + std::string(figure), std::string(figure)}) {
      if (figures_.Has(name)) return name;
    }
    return {};
  }
  bool Holds(std::string_view figure) const { return figures_.Has(prefix_ + std::string(figure)); }
  const Figures& figures() const { return figures_; }
  const std::string& prefix() const { return prefix_; }

 private:
  const Figures& figures_;
  std::string prefix_;
};

// "200 ok", "200 missed", "-"
std::string Judged(const Limit& limit, double value, double unit, const Namespace& names) {
  if (!limit.given()) return "-";
  double bound = limit.number;
  if (!limit.of.empty()) {
    const std::string of = names.NameOf(limit.of);
    if (of.empty()) return "-";
    bound *= names.figures().Median(of) / unit;
  }
  return Number(bound) + (value <= bound ? " ok" : " missed");
}

constexpr std::string_view kColumns = "  {:<32}{:>9} {:<3}{:>17}{:>14}{:>14}  {}\n";

std::string RowText(const ReportRow& row, const Namespace& names) {
  const Figures& figures = names.figures();
  const std::string name = names.NameOf(row.figure);
  const UnitTraits unit = TraitsOf(row.unit);
  const double median = figures.Median(name) / unit.size;
  const std::string range = figures.Samples(name) == 1
                                ? "-"
                                : Number(figures.Least(name) / unit.size) + " - " +
                                      Number(figures.Greatest(name) / unit.size);
  const std::string baseline = row.baseline.empty() ? "" : names.NameOf(row.baseline);
  const std::string ratio =
      baseline.empty()
          ? ""
          : fmt::format("{} x {}", Number(figures.Median(name) / figures.Median(baseline)),
                        baseline);
  return fmt::format(kColumns, row.label, Number(median), unit.name, range,
                     Judged(row.goal, median, unit.size, names),
                     Judged(row.must, median, unit.size, names), ratio);
}

std::string TableText(const ReportTable& table, const Namespace& names) {
  if (table.text != nullptr) return names.prefix().empty() ? table.text(names.figures()) : "";
  std::string rows;
  for (const ReportRow& row : table.rows) {
    if (names.Holds(row.figure)) rows += RowText(row, names);
  }
  if (rows.empty()) return rows;
  const std::string note = table.note.empty() ? "" : fmt::format("  ({})\n", table.note);
  return fmt::format("\n{}{}\n", names.prefix(), table.title) +
         fmt::format(kColumns, "", "median", "", "range", "goal", "must", "ratio") + rows + note;
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
  for (const ReportTable& table : ReportTables()) {
    for (const char* prefix : {"", "given "}) text += TableText(table, {figures, prefix});
  }
  return text;
}

}  // namespace postern::bench
