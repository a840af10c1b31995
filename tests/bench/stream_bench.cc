#include "tests/bench/stream_bench.h"

#include <fmt/format.h>
#include <time.h>

#include <sstream>

#include "tests/bench/files.h"
#include "tests/bench/json_baseline.h"
#include "tests/bench/process.h"

namespace postern::bench {
namespace {

std::vector<std::string> StreamCommand(const ProcessOptions& options, const std::string& policies,
                                       const std::string& lines, int jobs) {
  return {options.program, "eval",   "--stream",           "--policies",
          policies,        "--jobs", std::to_string(jobs), lines};
}

Measured Once(const Launch& launch) {
  const Measured run = Measure(launch);
  if (run.status != 0) {
    throw BenchError{fmt::format("`{}` failed", fmt::join(launch.program, " "))};
  }
  return run;
}

double ProcessorNanoseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

}  // namespace

void MeasureStream(const ProcessOptions& options, const Workload& small, Figures& figures) {
  const std::string policies = WriteText(options.folder / "policies.json", small.policies);
  const std::string lines =
      WriteLines(options.folder / "requests.ndjson", small.lines, options.lines);
  const auto each = static_cast<double>(options.lines);
  for (int round = 0; round < options.rounds; ++round) {
    const Measured one = Once({1, StreamCommand(options, policies, lines, 1)});
    figures.Add("W5/one", one.wall_ns / each);
    figures.Add("W5/processor", one.processor_ns / each);
    figures.Add("W5/memory", one.megabytes);
    const double begin = ProcessorNanoseconds();
    if (!ReadAndForget(small.lines)) throw BenchError{"a made-up line is not JSON"};
    figures.Add("W5/reader",
                (ProcessorNanoseconds() - begin) / static_cast<double>(small.lines.size()));
    const Measured two = Once({1, StreamCommand(options, policies, lines, 2)});
    figures.Add("W5/two", two.wall_ns / each);
    figures.Add("W5/two-processor", two.processor_ns / each);
    figures.Add("W5/memory-two", two.megabytes);
    const Measured processes = Once({2, StreamCommand(options, policies, lines, 1)});
    figures.Add("W5/processes", processes.wall_ns / each / 2);
  }
}

void MeasureStart(const ProcessOptions& options, const Workload& small, Figures& figures) {
  const std::string one =
      WriteText(options.folder / "case.json",
                R"({"policies":)" + small.policies + "," + small.lines.front().substr(1));
  const std::vector<std::string> command = {options.program, "eval", one};
  for (int start = 0; start < options.starts; ++start) {
    const Measured nothing = Measure({1, {"true"}});
    figures.Add("start/nothing", nothing.wall_ns);
    figures.Add("start/nothing-processor", nothing.processor_ns);
    const Measured run = Measure({1, command});
    if (run.status > 1) throw BenchError{"postern eval failed"};
    figures.Add("start/one", run.wall_ns);
    figures.Add("start/processor", run.processor_ns);
    figures.Add("start/memory", run.megabytes);
  }
}

void CheckStream(const ProcessOptions& options, const Workload& workload,
                 const std::vector<authz::Verdict>& expected) {
  const std::string policies = WriteText(options.folder / "policies.json", workload.policies);
  const std::string lines =
      WriteLines(options.folder / "requests.ndjson", workload.lines, workload.lines.size());
  std::string first;
  for (const int jobs : {1, 2}) {
    std::string text = OutputOf(StreamCommand(options, policies, lines, jobs));
    if (jobs > 1 && text != first) {
      throw BenchError{workload.name + ": two jobs write other bytes than one"};
    }
    first = std::move(text);
  }
  std::istringstream results(first);
  std::string line;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    std::getline(results, line);
    const std::string wanted = fmt::format(R"("verdict":"{}")", authz::VerdictName(expected[i]));
    if (line.find(wanted) == line.npos) {
      throw BenchError{fmt::format("{}, line {}: {} where the verdict is {}", workload.name, i + 1,
                                   line, authz::VerdictName(expected[i]))};
    }
  }
  if (std::getline(results, line)) throw BenchError{workload.name + ": more results than lines"};
}

}  // namespace postern::bench
