// `postern test --mutate`: changes the policies one step at a time, and asks the cases.
#pragma once

#include <cstddef>
#include <vector>

#include "cmd/test/mutation_report.h"
#include "cmd/test/report.h"

namespace postern::cmd {

// The same report whatever the number of threads. Cases that do not pass are left out.
MutationReport RunMutants(const std::vector<SuiteRun>& suites, std::size_t jobs);

}  // namespace postern::cmd
