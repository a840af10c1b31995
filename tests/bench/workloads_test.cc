#include "tests/bench/workloads/workloads.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "tests/bench/prepared.h"

namespace postern::bench {
namespace {

// FNV-1a.
std::uint64_t HashOf(const Workload& workload) {
  std::uint64_t hash = 14695981039346656037u;
  const auto add = [&](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  };
  add(workload.policies);
  for (const std::string& line : workload.lines) add(line);
  return hash;
}

struct Row {
  Workload (*make)(std::size_t);
  std::size_t statements;
  // Percent of the requests.
  std::size_t least_allowed, most_allowed;
  std::size_t least_explicit, most_explicit;
};
constexpr std::array<Row, 3> kRows = {{
    {SmallWorkload, 11, 40, 60, 10, 20},
    {LargeWorkload, 346, 40, 60, 3, 10},
    {WildcardWorkload, 101, 20, 35, 0, 1},
}};

std::size_t Count(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST_CASE("a made-up workload is the same every time, and more requests only add to it") {
  for (const Row& row : kRows) {
    const Workload workload = row.make(50);
    CAPTURE(workload.name);
    CHECK(HashOf(workload) == HashOf(row.make(50)));
    const Workload longer = row.make(60);
    CHECK(longer.policies == workload.policies);
    CHECK(std::equal(workload.lines.begin(), workload.lines.end(), longer.lines.begin()));
  }
}

TEST_CASE(
    "made-up workloads have the statements, the size of lines and the verdicts they promise") {
  constexpr std::size_t kCount = 1000;
  for (const Row& row : kRows) {
    const Workload workload = row.make(kCount);
    CAPTURE(workload.name);
    CHECK(Count(workload.policies, "\"Effect\"") == row.statements);
    std::size_t bytes = 0;
    for (const std::string& line : workload.lines) bytes += line.size();
    CHECK(bytes / kCount > 900);
    CHECK(bytes / kCount < 1000);

    const std::vector<authz::Verdict> verdicts = CheckedVerdicts(Prepare(workload), workload);
    const auto percent = [&](authz::Verdict verdict) {
      const auto count = std::count(verdicts.begin(), verdicts.end(), verdict);
      return static_cast<std::size_t>(count) * 100 / kCount;
    };
    CHECK(percent(authz::Verdict::kAllow) >= row.least_allowed);
    CHECK(percent(authz::Verdict::kAllow) <= row.most_allowed);
    CHECK(percent(authz::Verdict::kExplicitDeny) >= row.least_explicit);
    CHECK(percent(authz::Verdict::kExplicitDeny) <= row.most_explicit);
    CHECK(std::count(verdicts.begin(), verdicts.end(), authz::Verdict::kUnknown) == 0);
  }
}

TEST_CASE("a workload that expects another verdict is refused") {
  Workload workload = SmallWorkload(1);
  const std::string_view verdict =
      authz::VerdictName(CheckedVerdicts(Prepare(workload), workload).front());
  workload.expected = {verdict == "allow" ? "implicit-deny" : "allow"};
  CHECK_THROWS_AS(CheckedVerdicts(Prepare(workload), workload), BenchError);
}

}  // namespace
}  // namespace postern::bench
