// A suite as `postern test` takes it, in JSON or YAML.
#include "authz/suites/suite.h"

#include <set>

#include "policy/json_tree.h"
#include "policy/yaml_tree.h"
#include "tests/fuzz/decide.h"
#include "tests/fuzz/properties.h"
#include "tests/fuzz/seeds.h"

namespace postern::fuzz {
namespace {

constexpr std::size_t kCasesRun = 20;
constexpr policy::YamlLimits kLimits{1u << 20, 64, 20'000};

std::shared_ptr<const policy::Tree> ReadTree(const std::string& text) {
  const auto source = std::make_shared<const policy::Source>("x.ptest.yaml", text);
  auto json = policy::ReadJson(source);
  if (json.tree) return std::make_shared<const policy::Tree>(*std::move(json.tree));
  auto yaml = policy::ReadYaml(source, kLimits);
  if (yaml.tree) return std::make_shared<const policy::Tree>(*std::move(yaml.tree));
  return nullptr;
}

// Of a case that ran: the status is that of the reasons and the error.
void CheckResult(const authz::SuiteCase& test, const authz::CaseResult& result) {
  using authz::CaseStatus;
  switch (result.status) {
    case CaseStatus::kPassed:
      return Require(result.reasons.empty() && !result.error, "passed, for all that");
    case CaseStatus::kFailed:
      return Require(!result.reasons.empty(), "failed, and nothing says why");
    case CaseStatus::kSkipped:
      return Require(!test.skip.empty(), "skipped, and nothing says so");
    case CaseStatus::kTodo:
    case CaseStatus::kTodoPassed:
      return Require(!test.todo.empty(), "todo, and nothing says so");
    case CaseStatus::kError:
      return Require(result.error.has_value(), "an error that is none");
  }
}

}  // namespace

void CheckSuite(std::string_view bytes) {
  const auto tree = ReadTree(std::string(bytes));
  if (tree == nullptr) return;
  authz::DocumentCache documents(AnyPolicyFile());
  std::vector<authz::CaseProblem> problems;
  const auto suite = authz::ReadSuite(tree, documents, problems);
  CheckProblems(problems);
  Require(suite.has_value() == problems.empty(), "a suite with problems, or none without");
  if (!suite) return;
  authz::BoundRequest scratch;
  std::set<std::string_view> names;
  for (const authz::SuiteCase& test : suite->cases) {
    Require(names.insert(test.name).second, "two cases of one name: " + test.name);
  }
  for (std::size_t i = 0; i < std::min(suite->cases.size(), kCasesRun); ++i) {
    const authz::SuiteCase& test = suite->cases[i];
    Require(test.policies < suite->policies.size(), "a case without policies");
    const authz::PolicySet& policies = suite->policies[test.policies];
    const auto compiled = authz::Compile(policies, policy::Catalogue::Embedded());
    CheckResult(test, authz::RunCase(*compiled, test, scratch));
    DecideAlike(policies, test.question, {});
  }
}

std::vector<std::string> SuiteSeeds(const std::filesystem::path& root) {
  return FilesIn(root / "corpus", ".ptest.yaml");
}

}  // namespace postern::fuzz
