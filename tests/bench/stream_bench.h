// The program as it is used: whole processes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/bench/figures.h"
#include "tests/bench/prepared.h"
#include "tests/bench/workloads/workloads.h"

namespace postern::bench {

struct ProcessOptions {
  std::string program;           // postern
  std::filesystem::path folder;  // for files, not kept
  int rounds = 5;
  int starts = 30;             // of a process, each round
  std::size_t lines = 200000;  // of a stream
};

// W5: the lines of `small` again and again, by one job, by two, and by two processes at once. In ns
// a line "W5/one", "W5/two", "W5/processes" by the clock, "W5/processor" and "W5/two-processor" in
// processor time of one job and of two; in MB "W5/memory", "W5/memory-two". "W5/reader" is what
// reading such lines costs alone.
void MeasureStream(const ProcessOptions& options, const Workload& small, Figures& figures);

// One decision, and a program that does nothing: "start/one", "start/nothing" in ns by the clock,
// "start/processor", "start/nothing-processor" in processor time, "start/memory" in MB. The two
// take turns.
void MeasureStart(const ProcessOptions& options, const Workload& small, Figures& figures);

// `postern eval --stream` gives `expected` for every line, with one job and with two, and the same
// bytes. Throws BenchError if not.
void CheckStream(const ProcessOptions& options, const Workload& workload,
                 const std::vector<authz::Verdict>& expected);

}  // namespace postern::bench
