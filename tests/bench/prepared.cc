#include "tests/bench/prepared.h"

#include <fmt/format.h>

#include <utility>

#include "policy/catalogue.h"
#include "policy/json_tree.h"

namespace postern::bench {
namespace {

constexpr policy::JsonLimits kPoliciesLimits{1u << 24, 64};

std::shared_ptr<const policy::Tree> Read(const std::string& name, const std::string& text,
                                         policy::JsonLimits limits) {
  policy::JsonResult json =
      policy::ReadJson(std::make_shared<const policy::Source>(name, text), limits);
  if (!json.tree) throw BenchError{fmt::format("{}: {}", name, json.error->message)};
  return std::make_shared<const policy::Tree>(*std::move(json.tree));
}

void FailOn(const std::vector<authz::CaseProblem>& problems, const std::string& name) {
  if (problems.empty()) return;
  throw BenchError{
      fmt::format("{}: {}: {}", name, problems.front().pointer, problems.front().message)};
}

authz::PolicySet ReadPolicies(const Workload& workload) {
  const auto tree = Read(workload.name, workload.policies, kPoliciesLimits);
  std::vector<authz::CaseProblem> problems;
  authz::DocumentCache no_files([](std::string_view, std::string_view) {
    return tl::make_unexpected(std::string("a workload names no files"));
  });
  auto set = authz::ReadPolicySet(tree, &tree->root(), nullptr, no_files, problems);
  FailOn(problems, workload.name);
  return *std::move(set);
}

authz::Case ReadLine(const Workload& workload, std::size_t line, const authz::PolicySet& policies) {
  const std::string name = fmt::format("{}, line {}", workload.name, line + 1);
  std::vector<authz::CaseProblem> problems;
  authz::Case question;
  question.tree = Read(name, workload.lines[line], policy::kPolicyLimits);
  const policy::Node* request = question.tree->root().Find("request");
  if (request == nullptr) throw BenchError{name + ": no `request`"};
  authz::ReadRequest(*request, nullptr, question, problems);
  FailOn(problems, name);
  authz::SettleRoute(policies, question.request);
  return question;
}

}  // namespace

Prepared Prepare(const Workload& workload) {
  Prepared load{workload.name, ReadPolicies(workload), nullptr, {}};
  load.compiled = authz::Compile(load.policies, policy::Catalogue::Embedded());
  for (std::size_t line = 0; line < workload.lines.size(); ++line) {
    load.cases.push_back(ReadLine(workload, line, load.policies));
  }
  return load;
}

std::vector<authz::Verdict> CheckedVerdicts(const Prepared& load, const Workload& workload) {
  std::vector<authz::Verdict> verdicts;
  authz::BoundRequest bound;
  for (std::size_t i = 0; i < load.cases.size(); ++i) {
    if (const auto error = authz::Bind(*load.compiled, load.cases[i].request, bound)) {
      throw BenchError{fmt::format("{}, line {}: {}", load.name, i + 1, error->message)};
    }
    const authz::Verdict verdict = authz::Decide(*load.compiled, bound).verdict;
    const authz::Verdict explained = authz::Explain(load.compiled, bound).decision.verdict;
    const std::string_view expected =
        workload.expected.empty() ? authz::VerdictName(explained) : workload.expected[i];
    if (verdict != explained || authz::VerdictName(verdict) != expected) {
      throw BenchError{fmt::format("{}, line {}: decided {}, explained {}, expected {}", load.name,
                                   i + 1, authz::VerdictName(verdict),
                                   authz::VerdictName(explained), expected)};
    }
    verdicts.push_back(verdict);
  }
  return verdicts;
}

}  // namespace postern::bench
