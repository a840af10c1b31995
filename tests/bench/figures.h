// What was measured, by name: "W1/decide". All samples are kept, so that a median can be given with
// its range.
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::bench {

class Figures {
 public:
  void Add(const std::string& name, double sample) { samples_[name].push_back(sample); }
  bool Has(const std::string& name) const { return samples_.count(name) != 0; }
  // The name must be there.
  std::size_t Samples(const std::string& name) const { return samples_.at(name).size(); }
  double Median(const std::string& name) const;
  double Least(const std::string& name) const;
  double Greatest(const std::string& name) const;

 private:
  std::map<std::string, std::vector<double>> samples_;
};

// Gathers nanoseconds per item: the time that the benchmark took itself (`manual`), else the
// thread's own processor time, which other programs on the machine do not lengthen. A benchmark
// says how many items one iteration has with SetItems.
class FigureReporter : public benchmark::BenchmarkReporter {
 public:
  explicit FigureReporter(Figures& figures) : figures_(figures) {}
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override;
  const std::vector<std::string>& errors() const { return errors_; }

 private:
  Figures& figures_;
  std::vector<std::string> errors_;
};

void SetItems(benchmark::State& state, std::size_t items);

}  // namespace postern::bench
