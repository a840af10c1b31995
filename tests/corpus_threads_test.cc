// A compiled set is immutable: eight threads decide and explain the whole corpus with the same
// sets, and say what one thread says. `./dev tsan` runs this under ThreadSanitizer.
#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "authz/engine.h"
#include "authz/suites/suite.h"
#include "policy/catalogue.h"
#include "tests/corpus.h"

namespace postern {
namespace {

struct Question {
  std::shared_ptr<const authz::CompiledPolicySet> policies;
  const authz::Case* question;
  authz::Decision decision;
  bool refused = false;
};

bool SameAnswer(const authz::Decision& a, const authz::Decision& b) {
  return a.verdict == b.verdict && a.decided_by == b.decided_by && a.statements == b.statements &&
         a.assumed == b.assumed && a.missing == b.missing;
}

// How many answers differ from the recorded ones.
std::size_t Ask(const std::vector<Question>& questions, std::size_t first) {
  authz::BoundRequest bound;
  authz::Explanation explanation;
  std::size_t differing = 0;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Question& asked = questions[(first + i) % questions.size()];
    const authz::CallsDecision again = authz::DecideCase(*asked.policies, *asked.question, bound);
    if (again.error.has_value() != asked.refused) {
      ++differing;
    } else if (!again.error) {
      differing += !SameAnswer(again.decision, asked.decision);
      // Of several calls the last one's request is gone by now.
      if (asked.question->calls.size() > 1) continue;
      authz::Explain(asked.policies, bound, explanation);
      differing += !SameAnswer(explanation.decision, asked.decision);
    }
  }
  return differing;
}

}  // namespace

TEST_CASE("one compiled set on eight threads over the corpus answers as on one") {
  std::vector<authz::Suite> suites;
  for (const auto& file : testing::CorpusSuites()) {
    const auto tree = testing::ReadSuiteTree(file);
    REQUIRE(tree != nullptr);
    authz::DocumentCache documents(testing::ReadBeside);
    std::vector<authz::CaseProblem> problems;
    auto suite = authz::ReadSuite(tree, documents, problems);
    REQUIRE(suite.has_value());
    suites.push_back(*std::move(suite));
  }
  std::vector<Question> questions;
  authz::BoundRequest bound;
  for (const authz::Suite& suite : suites) {
    std::vector<std::shared_ptr<const authz::CompiledPolicySet>> compiled;
    for (const auto& policies : suite.policies) {
      compiled.push_back(authz::Compile(policies, policy::Catalogue::Embedded()));
    }
    for (const authz::SuiteCase& test : suite.cases) {
      Question asked{compiled[test.policies], &test.question, {}, false};
      const authz::CallsDecision answer =
          authz::DecideCase(*asked.policies, *asked.question, bound);
      asked.refused = answer.error.has_value();
      asked.decision = answer.decision;
      questions.push_back(std::move(asked));
    }
  }
  REQUIRE(questions.size() > 1500);

  constexpr std::size_t kThreads = 8;
  std::atomic<std::size_t> differing = 0;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] { differing += Ask(questions, i * questions.size() / kThreads); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(differing == 0);
}

}  // namespace postern
