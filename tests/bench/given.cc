#include "tests/bench/given.h"

#include <fmt/format.h>

#include <sstream>
#include <string>

#include "tests/bench/prepared.h"
#include "tests/external/gzip.h"

namespace postern::bench {
namespace {

// zlib reads what is not compressed as it is.
std::vector<std::string> Lines(std::filesystem::path file) {
  if (!std::filesystem::exists(file)) file += ".gz";
  std::istringstream text(testing::ReadGzip(file));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  if (lines.empty()) throw BenchError{file.string() + ": missing or empty"};
  return lines;
}

}  // namespace

std::vector<Workload> GivenWorkloads(const std::filesystem::path& folder) {
  std::vector<Workload> workloads;
  for (const char* name : {"w1", "w2", "w3"}) {
    const auto place = folder / name;
    if (!std::filesystem::exists(place)) continue;
    Workload workload{fmt::format("given W{}", name[1]), testing::ReadGzip(place / "policies.json"),
                      Lines(place / "requests.ndjson"), Lines(place / "expected.txt")};
    if (workload.expected.size() != workload.lines.size()) {
      throw BenchError{place.string() + ": not one verdict for each request"};
    }
    workloads.push_back(std::move(workload));
  }
  return workloads;
}

std::vector<PolicyText> GivenPolicies(const std::filesystem::path& folder) {
  const auto file = folder / "w4-managed-policies.ndjson";
  std::vector<PolicyText> policies;
  if (!std::filesystem::exists(file) && !std::filesystem::exists(file.string() + ".gz")) {
    return policies;
  }
  for (std::string& line : Lines(file)) {
    policies.push_back({policy::PolicyKind::kManaged, std::move(line)});
  }
  return policies;
}

}  // namespace postern::bench
