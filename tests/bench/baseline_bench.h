// What less work costs on the same machine: to split lines, to read JSON and forget it, to look up
// a key, to compare two texts, to match a pattern. Figures "base/..." and
// "pattern/SHAPE/MATCHER" in ns.
#pragma once

#include "tests/bench/prepared.h"
#include "tests/bench/workloads/workloads.h"

namespace postern::bench {

// `small` and `load` are W1, `wildcards` is W3.
void RegisterBaselines(const Workload& small, const Prepared& load, const Prepared& wildcards);

}  // namespace postern::bench
