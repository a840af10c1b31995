// `postern_bench`: measures and prints one report. See tests/README.md.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <re2/re2.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "tests/bench/baseline_bench.h"
#include "tests/bench/engine_bench.h"
#include "tests/bench/figures.h"
#include "tests/bench/files.h"
#include "tests/bench/given.h"
#include "tests/bench/hostile_bench.h"
#include "tests/bench/parse_bench.h"
#include "tests/bench/peer.h"
#include "tests/bench/prepared.h"
#include "tests/bench/process.h"
#include "tests/bench/report.h"
#include "tests/bench/report_rows.h"
#include "tests/bench/stream_bench.h"

namespace postern::bench {
namespace {

struct Options {
  bool quick = false;
  std::string only;
  std::string workloads;
  std::string commit;
  std::string program;
  std::string peer;
  std::string peer_script;
};

struct Load {
  Workload workload;
  std::shared_ptr<const Prepared> prepared;
  std::vector<authz::Verdict> verdicts;
};

void Say(const char* what) { fmt::print(stderr, "bench: {}\n", what); }

std::vector<Load> Loads(const Options& options) {
  std::vector<Workload> workloads = {SmallWorkload(), LargeWorkload(), WildcardWorkload()};
  if (!options.workloads.empty()) {
    for (Workload& given : GivenWorkloads(options.workloads)) workloads.push_back(std::move(given));
  }
  std::vector<Load> loads;
  for (Workload& workload : workloads) {
    auto prepared = std::make_shared<const Prepared>(Prepare(workload));
    auto verdicts = CheckedVerdicts(*prepared, workload);
    loads.push_back({std::move(workload), std::move(prepared), std::move(verdicts)});
  }
  return loads;
}

class Bench {
 public:
  explicit Bench(const Options& options)
      : options_(options), scratch_(std::filesystem::temp_directory_path()) {}

  // Whether all figures are there.
  bool Run() {
    Say("making and checking the workloads");
    loads_ = Loads(options_);
    fmt::print("{}", MachineLines(options_.commit));
    std::fflush(stdout);
    RunProcesses();
    RunBenchmarks();
    if (Wanted({"random/slowest"})) MeasureRandomPatterns(options_.quick ? 500 : 5000, figures_);
    CountAllocations();
    RunPeer();
    AddDerived(figures_);
    fmt::print("{}{}", Report(figures_), agreement_);
    for (const std::string& error : errors_) fmt::print(stderr, "{}\n", error);
    return errors_.empty();
  }

 private:
  bool Wanted(std::initializer_list<const char*> figures) const {
    for (const char* figure : figures) {
      if (options_.only.empty() || RE2::PartialMatch(figure, options_.only)) return true;
    }
    return false;
  }

  void RunProcesses() {
    ProcessOptions processes{options_.program, scratch_.path()};
    if (options_.quick) {
      processes.rounds = 3;
      processes.starts = 30;
    }
    const Workload& small = loads_.front().workload;
    if (Wanted({"stream/verdicts"})) {
      Say("checking the verdicts of the stream");
      std::size_t verdicts = 0;
      for (const Load& load : loads_) {
        CheckStream(processes, load.workload, load.verdicts);
        verdicts += load.verdicts.size();
      }
      fmt::print("stream: {} of {} verdicts as expected, the same bytes with two jobs\n", verdicts,
                 verdicts);
    }
    if (Wanted({"start/one", "start/nothing", "start/memory"})) {
      Say("starting processes");
      MeasureStart(processes, small, figures_);
    }
    if (Wanted({"W5/one", "W5/two", "W5/processes", "W5/processor", "W5/memory", "W5/reader"})) {
      Say("streaming");
      MeasureStream(processes, small, figures_);
    }
  }

  // Rounds in random order, so that what else the machine does meets every figure alike.
  void RunBenchmarks() {
    for (const Load& load : loads_) RegisterEngineBenchmarks(load.prepared);
    RegisterParseBenchmarks("W4", PolicyTexts());
    if (!options_.workloads.empty()) {
      RegisterParseBenchmarks("given W4", GivenPolicies(options_.workloads));
    }
    RegisterBaselines(loads_[0].workload, *loads_[0].prepared, *loads_[2].prepared);
    RegisterHostileBenchmarks();

    Say("measuring");
    std::vector<std::string> arguments = {
        "postern_bench", "--benchmark_enable_random_interleaving=true",
        options_.quick ? "--benchmark_repetitions=3" : "--benchmark_repetitions=7",
        options_.quick ? "--benchmark_min_time=0.005" : "--benchmark_min_time=0.02"};
    if (!options_.only.empty()) arguments.push_back("--benchmark_filter=" + options_.only);
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    int count = static_cast<int>(pointers.size());
    benchmark::Initialize(&count, pointers.data());
    FigureReporter reporter(figures_);
    benchmark::RunSpecifiedBenchmarks(&reporter);
    errors_ = reporter.errors();
  }

  void CountAllocations() {
    if (!Wanted({"W1/bind+decide/allocations", "W1/explain/allocations", "hostile/allocations"}))
      return;
    Say("counting allocations");
    std::istringstream lines(OutputOf({OwnFolder() + "/postern_bench_allocations"}));
    std::string name;
    for (double count = 0; lines >> name >> count;) figures_.Add(name, count);
  }

  void RunPeer() {
    if (options_.peer.empty() || !Wanted({"W1/peer", "W2/peer", "W3/peer"})) return;
    Say("running iam-simulate");
    PeerOptions peer{options_.peer, options_.peer_script, scratch_.path()};
    for (std::size_t i = 0; i < 3; ++i) {
      const Load& load = loads_[i];
      peer.requests = load.workload.name == "W1" ? 500 : options_.quick ? 30 : 100;
      agreement_ += MeasurePeer(peer, load.workload, load.verdicts, figures_);
    }
  }

  const Options& options_;
  ScratchFolder scratch_;
  std::vector<Load> loads_;
  Figures figures_;
  std::string agreement_;
  std::vector<std::string> errors_;
};

}  // namespace
}  // namespace postern::bench

int main(int argc, char** argv) {
  postern::bench::Options options;
  CLI::App app("measures postern and prints one report");
  app.add_flag("--quick", options.quick, "fewer and shorter rounds");
  app.add_option("--only", options.only, "figures whose names this expression finds: W1/, hostile");
  app.add_option("--workloads", options.workloads, "a folder with workloads, measured as well");
  app.add_option("--commit", options.commit, "what is measured");
  app.add_option("--program", options.program, "postern")->required();
  app.add_option("--peer", options.peer, "the folder that npm installed iam-simulate in");
  app.add_option("--peer-script", options.peer_script, "iam_simulate.mjs");
  CLI11_PARSE(app, argc, argv);
  try {
    return postern::bench::Bench(options).Run() ? 0 : 1;
  } catch (const postern::bench::BenchError& error) {
    fmt::print(stderr, "postern_bench: {}\n", error.message);
  } catch (const std::exception& error) {
    fmt::print(stderr, "postern_bench: {}\n", error.what());
  }
  return 1;
}
