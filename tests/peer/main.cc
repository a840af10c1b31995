// The corpus as iam-simulate is asked it, one JSON object a call of a case and line:
//
//   {"suite": "...", "case": "...", "verdict": "allow", "simulation": {...}}
//
// What it has no words for is left out, and counted on standard error.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "authz/engine.h"
#include "authz/suites/suite.h"
#include "cmd/render/json_writer.h"
#include "policy/catalogue.h"
#include "tests/corpus.h"
#include "tests/files.h"
#include "tests/peer/simulation.h"

namespace postern::peer {
namespace {

using Counts = std::map<std::string_view, std::size_t>;
using CompiledPtr = std::shared_ptr<const authz::CompiledPolicySet>;

// Returns why it was left out; "" = it was not.
std::string_view PrintCall(const std::string& suite, const std::string& name,
                           const authz::PolicySet& policies, const CompiledPtr& compiled,
                           const authz::Request& request) {
  authz::BoundRequest bound;
  if (authz::Bind(*compiled, request, bound)) return "no request that can be";
  const authz::Explanation why = authz::Explain(compiled, bound);
  const Question question{policies, request, why};
  const std::string_view reason = Unspeakable(question);
  if (!reason.empty()) return reason;

  std::string line;
  cmd::JsonWriter json(line, cmd::JsonLayout::kCompact);
  json.BeginObject().Member("suite", suite).Member("case", name);
  json.Member("verdict", authz::VerdictName(why.decision.verdict)).Key("simulation");
  WriteSimulation(json, question);
  json.EndObject();
  std::puts(line.c_str());
  return {};
}

void PrintSuite(const std::string& name, const authz::Suite& suite, Counts& left_out) {
  std::vector<CompiledPtr> compiled;
  for (const auto& policies : suite.policies) {
    compiled.push_back(authz::Compile(policies, policy::Catalogue::Embedded()));
  }
  for (const authz::SuiteCase& test : suite.cases) {
    const authz::Case& question = test.question;
    if (!question.unjudged.empty()) {
      ++left_out["calls that are not all judged"];
      continue;
    }
    const std::size_t calls = std::max<std::size_t>(question.calls.size(), 1);
    for (std::size_t call = 0; call < calls; ++call) {
      const std::string_view reason =
          PrintCall(name, test.name, suite.policies[test.policies], compiled[test.policies],
                    authz::RequestOfCall(question, call));
      if (!reason.empty()) ++left_out[reason];
    }
  }
}

int Run() {
  Counts left_out;
  for (const std::filesystem::path& file : testing::CorpusSuites()) {
    authz::DocumentCache documents(testing::ReadBeside);
    std::vector<authz::CaseProblem> problems;
    const auto suite = authz::ReadSuite(testing::ReadSuiteTree(file), documents, problems);
    if (!suite) {
      std::fprintf(stderr, "%s: no suite\n", file.c_str());
      return 1;
    }
    PrintSuite(file.parent_path().filename().string(), *suite, left_out);
  }
  for (const auto& [reason, count] : left_out) {
    std::fprintf(stderr, "left out, %zu: %s\n", count, std::string(reason).c_str());
  }
  return 0;
}

}  // namespace
}  // namespace postern::peer

int main() { return postern::peer::Run(); }
