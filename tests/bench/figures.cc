#include "tests/bench/figures.h"

#include <algorithm>

namespace postern::bench {
namespace {

constexpr const char* kItems = "items";

}  // namespace

double Figures::Median(const std::string& name) const {
  std::vector<double> sorted = samples_.at(name);
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

double Figures::Least(const std::string& name) const {
  const std::vector<double>& samples = samples_.at(name);
  return *std::min_element(samples.begin(), samples.end());
}

double Figures::Greatest(const std::string& name) const {
  const std::vector<double>& samples = samples_.at(name);
  return *std::max_element(samples.begin(), samples.end());
}

void FigureReporter::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    if (run.run_type != Run::RT_Iteration) continue;
    const std::string& name = run.run_name.function_name;
    if (run.error_occurred) {
      errors_.push_back(name + ": " + run.error_message);
      continue;
    }
    const double seconds = run.run_name.time_type == "manual_time" ? run.real_accumulated_time
                                                                   : run.cpu_accumulated_time;
    const auto items = run.counters.find(kItems);
    const double each = items == run.counters.end() ? 1 : items->second.value;
    figures_.Add(name, seconds * 1e9 / static_cast<double>(run.iterations) / each);
  }
}

void SetItems(benchmark::State& state, std::size_t items) {
  state.counters[kItems] = static_cast<double>(items);
}

}  // namespace postern::bench
