// Workloads from a folder instead of made-up ones: `w1/policies.json`, `w1/requests.ndjson` (or
// .gz), `w1/expected.txt` with a verdict a line; the same for w2 and w3; and
// `w4-managed-policies.ndjson` (or .gz) with a policy a line.
#pragma once

#include <filesystem>
#include <vector>

#include "tests/bench/workloads/workloads.h"

namespace postern::bench {

// Those that are there, named "given W1" and so on. Throws BenchError if a file is missing.
std::vector<Workload> GivenWorkloads(const std::filesystem::path& folder);
std::vector<PolicyText> GivenPolicies(const std::filesystem::path& folder);

}  // namespace postern::bench
