// `postern_bench`: measures and prints one report. See tests/README.md.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/engine_bench.h"
#include "tests/bench/figures.h"
#include "tests/bench/hostile_bench.h"
#include "tests/bench/prepared.h"
#include "tests/bench/report.h"

namespace postern::bench {
namespace {

struct Options {
  bool quick = false;
  std::string only;
  std::string commit;
};

// Rounds in random order, so that what else the machine does meets every figure alike.
void RunBenchmarks(const Options& options, FigureReporter& reporter) {
  std::vector<std::string> arguments = {
      "postern_bench", "--benchmark_enable_random_interleaving=true",
      options.quick ? "--benchmark_repetitions=3" : "--benchmark_repetitions=7",
      options.quick ? "--benchmark_min_time=0.005" : "--benchmark_min_time=0.02"};
  if (!options.only.empty()) arguments.push_back("--benchmark_filter=" + options.only);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  int count = static_cast<int>(pointers.size());
  benchmark::Initialize(&count, pointers.data());
  benchmark::RunSpecifiedBenchmarks(&reporter);
}

int Run(const Options& options) {
  std::vector<std::shared_ptr<const Prepared>> loads;
  for (const Workload& workload : {SmallWorkload(), LargeWorkload(), WildcardWorkload()}) {
    loads.push_back(std::make_shared<const Prepared>(Prepare(workload)));
    CheckedVerdicts(*loads.back(), workload);
    RegisterEngineBenchmarks(loads.back());
  }
  RegisterHostileBenchmarks();

  fmt::print("{}", MachineLines(options.commit));
  std::fflush(stdout);
  Figures figures;
  FigureReporter reporter(figures);
  RunBenchmarks(options, reporter);
  fmt::print("{}", Report(figures));
  for (const std::string& error : reporter.errors()) fmt::print(stderr, "{}\n", error);
  return reporter.errors().empty() ? 0 : 1;
}

}  // namespace
}  // namespace postern::bench

int main(int argc, char** argv) {
  postern::bench::Options options;
  CLI::App app("measures postern and prints one report");
  app.add_flag("--quick", options.quick, "fewer and shorter rounds");
  app.add_option("--only", options.only, "a regular expression: W1/decide, hostile, ...");
  app.add_option("--commit", options.commit, "what is measured");
  CLI11_PARSE(app, argc, argv);
  try {
    return postern::bench::Run(options);
  } catch (const postern::bench::BenchError& error) {
    fmt::print(stderr, "postern_bench: {}\n", error.message);
  } catch (const std::exception& error) {
    fmt::print(stderr, "postern_bench: {}\n", error.what());
  }
  return 1;
}
