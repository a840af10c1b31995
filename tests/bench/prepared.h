// A workload as the engine takes it: policies compiled, requests read.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "authz/engine.h"
#include "authz/suites/case_file.h"
#include "tests/bench/workloads/workloads.h"

namespace postern::bench {

// A workload that cannot be read or decided: the run fails with this line.
struct BenchError {
  std::string message;
};

struct Prepared {
  std::string name;
  authz::PolicySet policies;
  std::shared_ptr<const authz::CompiledPolicySet> compiled;
  std::vector<authz::Case> cases;
};

// Throws BenchError if a policy or a line is refused.
Prepared Prepare(const Workload& workload);

// The verdict of each request, decided, and explained as well: the two must agree, and with what
// the workload expects, or BenchError is thrown.
std::vector<authz::Verdict> CheckedVerdicts(const Prepared& load, const Workload& workload);

}  // namespace postern::bench
