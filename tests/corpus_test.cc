// Every suite of the corpus passes, and Decide and Explain say the same of every case.
#include "tests/corpus.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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

std::vector<authz::Assumption> WithAlternative() {
  std::vector<authz::Assumption> all;
  for (std::size_t i = 0; i < authz::kAssumptionCount; ++i) {
    const auto assumption = static_cast<authz::Assumption>(i);
    if (authz::HasAlternative(assumption)) all.push_back(assumption);
  }
  return all;
}

std::optional<authz::Assumption> AssumptionNamed(std::string_view name) {
  for (const authz::Assumption assumption : WithAlternative()) {
    if (authz::AssumptionName(assumption) == name) return assumption;
  }
  return std::nullopt;
}

// What a decision does not list cannot have changed it.
void CheckNothingIsHidden(const authz::CompiledPolicySet& policies, const authz::Case& question,
                          authz::BoundRequest& scratch) {
  const authz::CallsDecision decided = authz::DecideCase(policies, question, scratch);
  for (const authz::Assumption assumption : WithAlternative()) {
    if (decided.decision.assumed.Has(assumption)) continue;
    CAPTURE(authz::AssumptionName(assumption));
    authz::AssumptionSet alternative;
    alternative.Add(assumption);
    const authz::CallsDecision other = authz::DecideCase(policies, question, scratch, alternative);
    CHECK_FALSE(other.error);
    CHECK(other.decision.verdict == decided.decision.verdict);
    CHECK(other.decision.decided_by == decided.decision.decided_by);
    CHECK(other.decision.statements == decided.decision.statements);
    CHECK(other.decision.missing == decided.decision.missing);
  }
}

}  // namespace

TEST_CASE("every corpus suite says what the engine says") {
  const auto files = testing::CorpusSuites();
  REQUIRE(files.size() > 15);
  authz::BoundRequest scratch;
  authz::AssumptionSet decisive,
      idle;  // cases of them expect a verdict that is not stable, that is
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
      if (!result.error) CheckNothingIsHidden(*compiled[test.policies], test.question, scratch);
      for (const std::string& rule : test.rules) {
        const auto assumption = AssumptionNamed(rule);
        if (!assumption) continue;
        CHECK_MESSAGE(result.decision.assumed.Has(*assumption), "a case of ", rule, " reaches it");
        if (!test.question.expect.stable) continue;
        (*test.question.expect.stable ? idle : decisive).Add(*assumption);
      }
    }
  }
  for (const authz::Assumption assumption : WithAlternative()) {
    CAPTURE(authz::AssumptionName(assumption));
    CHECK_MESSAGE(decisive.Has(assumption), "some case hangs on it");
    CHECK_MESSAGE(idle.Has(assumption), "some case reaches it, and nothing hangs on it");
  }
}

}  // namespace postern
