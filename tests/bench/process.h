// Other programs: what they print, and what they take.
#pragma once

#include <string>
#include <vector>

namespace postern::bench {

struct Measured {
  double wall_ns = 0;
  double processor_ns = 0;  // user and system
  double megabytes = 0;     // the most that was resident
  int status = 0;
};

struct Launch {
  int together = 1;  // at once; processor time and status are then of all
  std::vector<std::string> program;
};

// One run, output to nowhere, by way of postern_bench_launch, which stands beside this program.
// Throws BenchError if that fails.
Measured Measure(const Launch& launch);

// Standard output. Throws BenchError unless the program ends with 0.
std::string OutputOf(const std::vector<std::string>& program);

// The folder that this program stands in.
std::string OwnFolder();

}  // namespace postern::bench
