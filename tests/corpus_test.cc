// Every suite of the corpus passes, and Decide and Explain say the same of every case.
#include "tests/corpus.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "authz/engine.h"
#include "authz/suites/suite.h"
#include "policy/catalogue.h"
#include "tests/files.h"

namespace postern {
namespace {

std::string Describe(const authz::CaseProblem& problem) {
  std::string text = problem.message;
  if (problem.source) {
    const auto at = problem.source->Locate(problem.range.begin);
    text = problem.source->name() + ":" + std::to_string(at.line) + ":" +
           std::to_string(at.column) + ": " + text;
  }
  return text;
}

void CheckExplainAgrees(const std::shared_ptr<const authz::CompiledPolicySet>& policies,
                        const authz::Case& question) {
  authz::BoundRequest bound;
  authz::Request request = question.request;
  std::vector<authz::Call> calls = question.calls;
  if (calls.empty()) {
    calls.push_back({std::string(request.action), std::string(request.resource)});
  }
  for (const authz::Call& call : calls) {
    request.action = call.action;
    request.resource = call.resource;
    if (authz::Bind(*policies, request, bound)) continue;
    const authz::Decision decision = authz::Decide(*policies, bound);
    const authz::Explanation explanation = authz::Explain(policies, bound);
    CHECK(explanation.decision.verdict == decision.verdict);
    CHECK(explanation.decision.decided_by == decision.decided_by);
    CHECK(explanation.decision.statements == decision.statements);
    CHECK(explanation.decision.missing == decision.missing);
  }
}

}  // namespace

TEST_CASE("every corpus suite says what the engine says") {
  const auto files = testing::CorpusSuites();
  REQUIRE(files.size() > 15);
  authz::BoundRequest scratch;
  for (const auto& file : files) {
    CAPTURE(file.string());
    const auto tree = testing::ReadSuiteTree(file);
    REQUIRE(tree != nullptr);
    authz::DocumentCache documents(testing::ReadBeside);
    std::vector<authz::CaseProblem> problems;
    const auto suite = authz::ReadSuite(tree, documents, problems);
    for (const auto& problem : problems) FAIL_CHECK(Describe(problem));
    if (!suite) continue;
    CHECK_MESSAGE(!suite->title.empty(), "a corpus suite has a title");
    CHECK_MESSAGE(!suite->source.empty(), "a corpus suite names its source");
    CHECK_MESSAGE(!suite->rules.empty(), "a corpus suite names the rules that it holds");
    std::vector<std::shared_ptr<const authz::CompiledPolicySet>> compiled;
    for (const auto& policies : suite->policies) {
      compiled.push_back(authz::Compile(policies, policy::Catalogue::Embedded()));
    }
    for (const auto& test : suite->cases) {
      CAPTURE(test.name);
      const authz::CaseResult result = authz::RunCase(*compiled[test.policies], test, scratch);
      for (const auto& reason : result.reasons) {
        if (result.status != authz::CaseStatus::kTodo) FAIL_CHECK(reason);
      }
      if (result.error) FAIL_CHECK(result.error->message);
      CHECK(result.status != authz::CaseStatus::kFailed);
      CHECK(result.status != authz::CaseStatus::kError);
      CHECK_MESSAGE(result.status != authz::CaseStatus::kTodoPassed,
                    "passes by now: take the todo away");
      CheckExplainAgrees(compiled[test.policies], test.question);
    }
  }
}

}  // namespace postern
