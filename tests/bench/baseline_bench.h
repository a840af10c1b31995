// What less work costs on the same machine: to split lines, to read JSON and forget it, to look up
// a key, to compare two texts, to match a pattern. Figures "base/..." and
// "pattern/SHAPE/MATCHER" in ns.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/prepared.h"
#include "tests/bench/workloads/workloads.h"

namespace postern::bench {

// `small` and `load` are W1, `wildcards` is W3.
void RegisterBaselines(const Workload& small, const Prepared& load, const Prepared& wildcards);

// One pass of RapidJSON over the lines: in situ from one buffer, iterative, validating, numbers as
// text, one reader, a handler that forgets. False if a line is not JSON.
bool ReadAndForget(const std::vector<std::string>& lines);

}  // namespace postern::bench
