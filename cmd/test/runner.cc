#include "cmd/test/runner.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "authz/compile.h"
#include "cmd/case_input.h"
#include "cmd/render/evidence.h"
#include "cmd/render/snippet.h"
#include "cmd/verdict_report.h"
#include "policy/catalogue.h"
#include "policy/json_tree.h"
#include "policy/yaml_tree.h"

namespace postern::cmd {
namespace {

std::shared_ptr<const policy::Tree> ReadTree(const std::shared_ptr<const policy::Source>& source,
                                             std::vector<authz::CaseProblem>& problems) {
  const auto refuse = [&](std::uint32_t offset, std::string message) {
    problems.push_back({source, {offset, offset}, "", "malformed", std::move(message), ""});
    return nullptr;
  };
  if (HasSuffix(source->name(), ".json")) {
    policy::JsonResult json = policy::ReadJson(source, policy::kSuiteLimits);
    if (!json.tree) return refuse(json.error->offset, json.error->message);
    return std::make_shared<const policy::Tree>(*std::move(json.tree));
  }
  policy::YamlResult yaml = policy::ReadYaml(source);
  if (!yaml.tree) return refuse(yaml.error->offset, yaml.error->message);
  return std::make_shared<const policy::Tree>(*std::move(yaml.tree));
}

std::vector<std::string> DecidingStatements(const authz::CompiledPolicySet& policies,
                                            const authz::Decision& decision) {
  std::vector<std::string> lines;
  for (authz::Layer layer : LayersOf(decision.decided_by)) {
    const authz::StatementRef& ref = decision.StatementOf(layer);
    const policy::Statement* statement = authz::StatementAt(policies, layer, ref);
    if (statement == nullptr) continue;
    const policy::PolicyDocument& document = *authz::PoliciesOf(policies, layer)[ref.policy];
    lines.push_back(fmt::format("{}: {} at {}", authz::LayerName(layer),
                                StatementTitle(document, *statement),
                                Place(document.source(), statement->node->range)));
  }
  return lines;
}

}  // namespace

Runner::Runner(RunnerOptions options, const Files& files, const Selection& selection)
    : options_(options), files_(files), selection_(selection), documents_(PolicyReader(files)) {}

void Runner::AddUnusable(std::string error, const Session& session) {
  session.Fail(error);
  report_.unusable.push_back({"", std::move(error), {}});
}

void Runner::Add(const InputFile& file, const Session& session) {
  const ReadResult source = files_.Read(file.path, kSuiteBytes);
  if (!source) return AddUnusable(source.error(), session);
  std::vector<authz::CaseProblem> problems;
  const auto tree = ReadTree(*source, problems);
  std::optional<authz::Suite> suite;
  if (tree != nullptr) suite = authz::ReadSuite(tree, documents_, problems);
  ReportProblems(problems, {}, session);
  if (!problems.empty()) report_.unusable.push_back({(*source)->name(), "", std::move(problems)});
  if (!suite) return;
  const auto [first, is_new] = names_.try_emplace(suite->name, (*source)->name());
  if (!is_new) {
    session.Warn(fmt::format("`{}` and `{}` have one name, `{}`: reports cannot tell them apart",
                             first->second, (*source)->name(), suite->name));
  }
  report_.suites.push_back({*source, *std::move(suite), {}, {}});
}

void Runner::Run(authz::Coverage* coverage) {
  for (SuiteRun& run : report_.suites) {
    run.compiled.resize(run.suite.policies.size());
    for (const authz::SuiteCase& test : run.suite.cases) {
      if (!selection_.Has(run.suite, test)) {
        ++report_.deselected;
        continue;
      }
      ++selected_;
      if (options_.list) {
        run.cases.push_back({&test, {}, {}});
      } else if (!options_.fail_fast || !failed_) {
        Judge(run, test, coverage);
      }
    }
  }
}

void Runner::Judge(SuiteRun& run, const authz::SuiteCase& test, authz::Coverage* coverage) {
  auto& policies = run.compiled[test.policies];
  if (policies == nullptr) {
    policies = authz::Compile(run.suite.policies[test.policies], policy::Catalogue::InUse());
    if (coverage != nullptr) coverage->AddPolicies(run.suite.policies[test.policies]);
  }
  CaseRun one{&test, authz::RunCase(*policies, test, scratch_), {}};
  const authz::CaseStatus status = one.result.status;
  if (status == authz::CaseStatus::kFailed) {
    one.statements = DecidingStatements(*policies, one.result.decision);
  }
  if (coverage != nullptr && status != authz::CaseStatus::kSkipped && !one.result.error) {
    coverage->AddCase(policies, test.question, one.result.decision, one.result.deciding_call);
  }
  failed_ = failed_ || status == authz::CaseStatus::kFailed || status == authz::CaseStatus::kError;
  run.cases.push_back(std::move(one));
}

ExitCode Runner::code() const {
  ExitCode code = report_.unusable.empty() ? ExitCode::kGood : ExitCode::kFailed;
  for (const SuiteRun& run : report_.suites) {
    for (const CaseRun& one : run.cases) {
      if (one.result.status == authz::CaseStatus::kFailed) code = Worse(code, ExitCode::kBad);
      if (one.result.status == authz::CaseStatus::kError) code = Worse(code, ExitCode::kFailed);
    }
  }
  return code;
}

}  // namespace postern::cmd
