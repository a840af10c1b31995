// Where iam-simulate and postern differ is asked by `./dev peer` alone; that reasons.json fits the
// corpus, the semantics and tests/README.md is held here.
#include <doctest/doctest.h>
#include <re2/re2.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "authz/suites/suite.h"
#include "authz/verdict.h"
#include "policy/json_tree.h"
#include "tests/corpus.h"
#include "tests/files.h"
#include "tests/semantics.h"

namespace postern {
namespace {

policy::Tree Reasons() {
  auto read =
      policy::ReadJson(testing::ReadSource(testing::SourceDir() / "tests/peer/reasons.json"),
                       policy::kContainerLimits);
  REQUIRE(read.tree.has_value());
  return *std::move(read.tree);
}

std::string_view TextOf(const policy::Node& object, std::string_view name) {
  const policy::Node* const member = object.Find(name);
  return member != nullptr && member->IsString() ? member->text : std::string_view{};
}

const policy::Node& ListOf(const policy::Node& object, std::string_view name) {
  const policy::Node* const list = object.Find(name);
  REQUIRE(list != nullptr);
  REQUIRE(list->IsArray());
  return *list;
}

// The names of the cases, by the folder of their suite.
std::map<std::string, std::vector<std::string>, std::less<>> CorpusCases() {
  std::map<std::string, std::vector<std::string>, std::less<>> cases;
  for (const auto& file : testing::CorpusSuites()) {
    CAPTURE(file.string());
    authz::DocumentCache documents(testing::ReadBeside);
    std::vector<authz::CaseProblem> problems;
    const auto suite = authz::ReadSuite(testing::ReadSuiteTree(file), documents, problems);
    REQUIRE(suite);
    auto& names = cases[file.parent_path().filename().string()];
    for (const authz::SuiteCase& test : suite->cases) names.push_back(test.name);
  }
  return cases;
}

// A section that exists, and a sentence that tests/README.md tells as well.
void CheckReason(const policy::Node& reason, const testing::Semantics& semantics,
                 std::string_view readme) {
  const std::string_view why = TextOf(reason, "why");
  const std::string_view section = TextOf(reason, "section");
  CAPTURE(why);
  CAPTURE(section);
  CHECK(semantics.HasRule(section));
  CHECK(why.ends_with('.'));
  const std::string row = "| " + std::string(why) + " | " + std::string(section) + " | ";
  CHECK(readme.find(row) != std::string_view::npos);
}

TEST_CASE("each difference from the other evaluator has a reason, and cases that exist") {
  const testing::Semantics semantics = testing::ReadSemantics();
  const std::string readme = testing::ReadAll(testing::SourceDir() / "tests/README.md");
  const auto corpus = CorpusCases();
  const policy::Tree reasons = Reasons();
  for (const policy::Node& reason : ListOf(reasons.root(), "differences").children()) {
    CheckReason(reason, semantics, readme);
    const policy::Node& places = ListOf(reason, "cases");
    CHECK(places.count > 0);
    for (const policy::Node& place : places.children()) {
      const std::string_view suite = TextOf(place, "suite");
      const std::string names(TextOf(place, "names"));
      CAPTURE(suite);
      CAPTURE(names);
      CHECK(authz::VerdictNamed(TextOf(place, "peer")));
      const auto found = corpus.find(suite);
      REQUIRE(found != corpus.end());
      const RE2 pattern(names);
      REQUIRE(pattern.ok());
      CHECK(std::ranges::any_of(found->second, [&pattern](const std::string& name) {
        return RE2::FullMatch(name, pattern);
      }));
    }
  }
}

TEST_CASE("each refusal of the other evaluator has a reason") {
  const testing::Semantics semantics = testing::ReadSemantics();
  const std::string readme = testing::ReadAll(testing::SourceDir() / "tests/README.md");
  const policy::Tree reasons = Reasons();
  for (const policy::Node& reason : ListOf(reasons.root(), "refusals").children()) {
    CheckReason(reason, semantics, readme);
    CHECK(RE2(std::string(TextOf(reason, "message"))).ok());
  }
}

}  // namespace
}  // namespace postern
