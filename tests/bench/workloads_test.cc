#include "tests/bench/workloads/workloads.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "policy/parse.h"
#include "tests/bench/prepared.h"
#include "tests/bench/workloads/hostile_patterns.h"
#include "tests/reference/ask.h"

namespace postern::bench {
namespace {

// FNV-1a.
class Hash {
 public:
  void Add(std::string_view text) {
    for (const char c : text) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 1099511628211u;
  }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 14695981039346656037u;
};

struct Row {
  Workload (*make)(std::size_t);
  std::uint64_t hash;  // of the policies and 100 lines
  std::size_t statements;
  // Percent of the requests.
  std::size_t least_allowed, most_allowed;
  std::size_t least_explicit, most_explicit;
};
constexpr std::array<Row, 3> kRows = {{
    {SmallWorkload, 14889421991590131280u, 11, 40, 60, 10, 20},
    {LargeWorkload, 5916163382862797300u, 355, 40, 60, 3, 10},
    {WildcardWorkload, 17467396995821921105u, 101, 20, 35, 0, 1},
}};

std::size_t Count(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// Figures of different days and machines are compared. Whoever changes a workload on purpose
// changes the number here with it.
TEST_CASE("a made-up workload has the same bytes with every compiler") {
  for (const Row& row : kRows) {
    const Workload workload = row.make(100);
    CAPTURE(workload.name);
    Hash hash;
    hash.Add(workload.policies);
    for (const std::string& line : workload.lines) hash.Add(line);
    CHECK(hash.value() == row.hash);
  }
  Hash policies;
  for (const PolicyText& policy : PolicyTexts()) policies.Add(policy.text);
  CHECK(policies.value() == 11397009582204576663u);
}

TEST_CASE("more requests leave the others of a made-up workload as they are") {
  for (const Row& row : kRows) {
    const Workload workload = row.make(50);
    CAPTURE(workload.name);
    const Workload longer = row.make(60);
    CHECK(longer.policies == workload.policies);
    CHECK(std::equal(workload.lines.begin(), workload.lines.end(), longer.lines.begin()));
  }
}

TEST_CASE("made-up workloads have the statements, the lines and the verdicts that they promise") {
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

// With a reader of its own and no line of the engine: what is measured is right.
TEST_CASE("the reference evaluator gives made-up requests the same verdicts") {
  for (const Row& row : kRows) {
    const Workload workload = row.make(60);
    CAPTURE(workload.name);
    const std::vector<authz::Verdict> verdicts = CheckedVerdicts(Prepare(workload), workload);
    for (std::size_t i = 0; i < workload.lines.size(); ++i) {
      CAPTURE(workload.lines[i]);
      const std::string answer =
          reference::Ask(R"({"policies":)" + workload.policies + "," + workload.lines[i].substr(1));
      CHECK(answer.substr(0, answer.find(' ')) == authz::VerdictName(verdicts[i]));
    }
  }
}

TEST_CASE("a workload that expects another verdict is refused") {
  Workload workload = SmallWorkload(1);
  const std::string_view verdict =
      authz::VerdictName(CheckedVerdicts(Prepare(workload), workload).front());
  workload.expected = {verdict == "allow" ? "implicit-deny" : "allow"};
  CHECK_THROWS_AS(CheckedVerdicts(Prepare(workload), workload), BenchError);
}

TEST_CASE("made-up policies are good ones, half of them below 640 bytes, the largest of 130 KB") {
  std::vector<std::size_t> sizes;
  for (const PolicyText& policy : PolicyTexts()) {
    sizes.push_back(policy.text.size());
    CAPTURE(policy.text.substr(0, 200));
    const policy::ParseResult parsed = policy::ParseText(
        std::make_shared<const policy::Source>("made-up", policy.text), policy.kind);
    CHECK(parsed.diagnostics.empty());
  }
  std::sort(sizes.begin(), sizes.end());
  CHECK(sizes[sizes.size() / 2] > 550);
  CHECK(sizes[sizes.size() / 2] < 700);
  CHECK(sizes.back() > 128000);
  CHECK(sizes.back() < 135000);
}

TEST_CASE("hostile patterns have the length they promise, and only runs of `?*` match") {
  for (const HostilePattern& hostile : HostilePatterns()) {
    CAPTURE(hostile.name);
    CHECK(hostile.pattern.size() >= 62);
    CHECK(hostile.pattern.size() <= 2048);
    CHECK((hostile.pattern.find('b') == std::string::npos) == hostile.name.starts_with("(?*)"));
  }
  for (const RandomMatch& match : RandomMatches(200)) {
    CHECK(match.pattern.size() <= 2048);
    CHECK(match.value.size() == 1024);
  }
}

}  // namespace
}  // namespace postern::bench
