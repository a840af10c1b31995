// Many generated sets, on several threads. The result does not depend on how many.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/differential/check.h"
#include "tests/differential/coverage.h"

namespace postern::differential {

struct RunOptions {
  std::uint64_t pairs = 1'000'000;  // of a policy set and a request
  std::uint64_t seed = 1;
  unsigned jobs = 1;
};

// Failures that are probably the same.
struct FailureKind {
  struct Example {
    std::uint64_t set;
    Failure failure;
  };
  std::uint64_t count = 0;
  std::vector<Example> examples;  // the first few, by set
};

struct RunResult {
  std::uint64_t pairs = 0;
  Coverage coverage;
  std::map<std::string, FailureKind> failures;
};

RunResult Run(const RunOptions& options);

}  // namespace postern::differential
