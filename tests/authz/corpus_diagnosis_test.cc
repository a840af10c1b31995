// Every case of the corpus that is refused has its cause, and what is proposed for it holds.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "authz/engine.h"
#include "authz/remedy/cause.h"
#include "authz/remedy/remedy.h"
#include "authz/suites/suite.h"
#include "policy/catalogue.h"
#include "tests/corpus.h"
#include "tests/files.h"

namespace postern::authz {
namespace {

bool IsOneLine(const std::string& text) {
  return !text.empty() && !text.ends_with('.') &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < ' '; });
}

std::size_t CheckCase(const PolicySet& policies, const Request& request, CompileOptions options) {
  const policy::Catalogue& catalogue = policy::Catalogue::Embedded();
  const auto compiled = Compile(policies, catalogue, options);
  BoundRequest bound;
  if (Bind(*compiled, request, bound)) return 0;
  const Explanation explanation = Explain(compiled, bound);
  const std::string cause = CauseSentence(explanation);
  CAPTURE(cause);
  CHECK(IsOneLine(cause));
  for (const std::string& note : Notes(explanation)) CHECK(IsOneLine(note));
  const auto remedies = SmallestChanges(policies, catalogue, options, request, explanation);
  if (explanation.decision.verdict == Verdict::kAllow) {
    CHECK(StoppedBy(explanation).empty());
    CHECK(remedies.empty());
  }
  for (const Remedy& remedy : remedies) {
    CHECK_FALSE(remedy.changes.empty());
    for (const Change& change : remedy.changes) {
      CHECK(IsOneLine(change.title));
      // Never everything on everything.
      const bool everything = change.text.find(R"("Action": "*")") != std::string::npos;
      CHECK_FALSE(everything);
    }
  }
  return remedies.size();
}

TEST_CASE("every refused case of the corpus has a cause, and its remedies are never everything") {
  std::size_t proposed = 0;
  for (const auto& file : postern::testing::CorpusSuites()) {
    CAPTURE(file.string());
    const auto tree = postern::testing::ReadSuiteTree(file);
    REQUIRE(tree != nullptr);
    DocumentCache documents(postern::testing::ReadBeside);
    std::vector<CaseProblem> problems;
    const auto suite = ReadSuite(tree, documents, problems);
    if (!suite) continue;
    for (const auto& test : suite->cases) {
      CAPTURE(test.name);
      Request request = test.question.request;
      std::vector<Call> calls = test.question.calls;
      if (calls.empty()) {
        calls.push_back({std::string(request.action), std::string(request.resource)});
      }
      for (const Call& call : calls) {
        request.action = call.action;
        request.resource = call.resource;
        for (const bool unknown : {false, true}) {
          proposed +=
              CheckCase(suite->policies[test.policies], request, {.not_given_is_unknown = unknown});
        }
      }
    }
  }
  CHECK(proposed > 100);
}

}  // namespace
}  // namespace postern::authz
