#include "cmd/test/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "authz/compile.h"
#include "authz/remedy/cause.h"
#include "authz/suites/unknown_names.h"
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

// "--set own-arn=VALUE (the ARN of a resource of yours)": what has no flag of its own is known to
// the suite alone.
std::string FlagWithMeaning(const authz::Suite& suite, std::string_view name) {
  std::string flag = FlagOfParameter(name);
  const policy::Node* about = suite.tree->At(fmt::format("/parameters/{}/about", name));
  if (about != nullptr && flag.starts_with("--set ")) flag += fmt::format(" ({})", about->text);
  return flag;
}

// A case that fails for want of what was not told is no answer: the flags that would tell it.
std::vector<std::string> FlagsMissing(const authz::Suite& suite, const authz::SuiteCase& test,
                                      const authz::CompiledPolicySet& policies,
                                      const authz::CaseResult& result) {
  std::vector<std::string> flags;
  const auto add = [&flags](std::string flag) {
    if (std::ranges::find(flags, flag) == flags.end()) flags.push_back(std::move(flag));
  };
  if (result.status != authz::CaseStatus::kFailed || suite.parameters.empty() ||
      result.decision.verdict != authz::Verdict::kUnknown) {
    return flags;
  }
  bool of_endpoint = true;
  for (const std::string& name : authz::MissingNames(policies, result.decision.missing)) {
    const auto flag = EndpointPolicy::FlagOf(name);
    of_endpoint = of_endpoint && flag;
    if (flag && !flag->empty()) add(std::string(*flag));
  }
  if (of_endpoint) return flags;
  for (const std::string& name : authz::UntoldIn(suite, test)) {
    add(FlagWithMeaning(suite, name));
  }
  return flags;
}

// What people forget who ask about an endpoint's policy: that the role's has to allow it as well.
bool LacksIdentityPolicy(const authz::PolicySet& set, const authz::SuiteCase& test,
                         const authz::Explanation& why) {
  return test.question.expect.verdict == authz::Verdict::kAllow &&
         why.decision.verdict == authz::Verdict::kImplicitDeny &&
         set.identity.knowledge == authz::Knowledge::kNotGiven && set.endpoint &&
         set.endpoint->policy == authz::Knowledge::kGiven && authz::StoppedBy(why).empty();
}

Cause CauseOf(const std::shared_ptr<const authz::CompiledPolicySet>& policies,
              const authz::PolicySet& set, const authz::SuiteCase& test) {
  Cause cause;
  const auto verdict = MakeVerdictReport(policies, test.question);
  if (!verdict) return cause;
  const authz::Explanation& why = verdict->deciding();
  cause.sentence = authz::CauseSentence(why);
  if (LacksIdentityPolicy(set, test, why)) {
    cause.help =
        "no identity policy is given; `layers: [endpoint]` asks the policy of the endpoint alone";
  }
  const auto [layer, evidence] = authz::StatementOfCause(why);
  if (evidence != nullptr) {
    const auto& document = authz::PoliciesOf(*policies, layer)[evidence->ref.policy];
    cause.policy = document->tree().shared_source();
    cause.range = evidence->statement->node->range;
  }
  return cause;
}

// A cause takes a second decision, with its evidence.
constexpr std::size_t kMostCauses = 1'000;

}  // namespace

Runner::Runner(RunnerOptions options, const Files& files, const Selection& selection,
               const GivenFlags& given, authz::ParameterValues values)
    : options_(options),
      files_(files),
      selection_(selection),
      values_(std::move(values)),
      endpoint_(given),
      documents_(PolicyReader(files)) {}

bool Runner::LoadEndpoint(const Session& session) {
  std::vector<authz::CaseProblem> problems;
  if (!endpoint_.given() || endpoint_.Load(documents_, problems)) return true;
  for (authz::CaseProblem& problem : problems) problem.pointer.insert(0, "/endpoint");
  ReportProblems(problems, {{"/endpoint", "--endpoint"}}, session);
  return false;
}

void Runner::AddUnusable(std::string error, const Session& session) {
  session.Fail(error);
  report_.unusable.push_back({"", std::move(error), {}});
}

void Runner::Add(const InputFile& file, const Session& session) {
  const ReadResult source = files_.Read(file.path, kSuiteBytes);
  if (!source) return AddUnusable(source.error(), session);
  Add(*source, false, session);
}

void Runner::AddScenario(const std::shared_ptr<const policy::Source>& source,
                         const Session& session) {
  Add(source, true, session);
}

void Runner::Add(const std::shared_ptr<const policy::Source>& source, bool is_scenario,
                 const Session& session) {
  std::vector<authz::CaseProblem> problems;
  const auto tree = ReadTree(source, problems);
  std::optional<authz::Suite> suite;
  if (tree != nullptr) suite = authz::ReadSuite(tree, documents_, problems, values_);
  for (authz::CaseProblem& problem : problems) {
    if (is_scenario) {
      // Its text is in the program: there is no place to look at.
      problem.message = fmt::format("{}: {}", source->name(), problem.message);
      problem.source = nullptr;
    }
    if (problem.code != authz::kMissingParameter) continue;
    problem.help = FlagOfParameter(problem.pointer.substr(problem.pointer.rfind('/') + 1));
  }
  ReportProblems(problems, {}, session);
  if (!problems.empty()) report_.unusable.push_back({source->name(), "", std::move(problems)});
  if (!suite || !TakeEndpoint(*suite, *source, session)) return;
  std::vector<authz::CaseProblem> warnings =
      authz::UnknownNames(policy::Catalogue::InUse(), *suite->tree);
  WarnOf(warnings, {}, session);
  std::ranges::move(warnings, std::back_inserter(report_.warnings));
  const auto [first, is_new] = names_.try_emplace(suite->name, source->name());
  if (!is_new) {
    session.Warn(fmt::format("`{}` and `{}` have one name, `{}`: reports cannot tell them apart",
                             first->second, source->name(), suite->name));
  }
  report_.suites.push_back({source, is_scenario, *std::move(suite), {}, {}});
}

bool Runner::TakeEndpoint(authz::Suite& suite, const policy::Source& source,
                          const Session& session) {
  if (!EndpointPolicy::IsOpen(suite)) return true;
  took_endpoint_ = true;
  if (!endpoint_.given()) {
    if (options_.list) return true;
    AddUnusable(fmt::format("`{}` asks about the policy of an endpoint: give it by --endpoint FILE",
                            source.name()),
                session);
    return false;
  }
  std::size_t skipped = 0;
  std::vector<std::string> elsewhere;
  for (const auto& [service, count] : endpoint_.PutInto(suite)) {
    skipped += count;
    elsewhere.push_back(fmt::format("{} of `{}`", count, service));
  }
  if (skipped > 0 && !session.quiet) {
    session.err << fmt::format("postern: note: {}: {} not run, through other endpoints ({}): {}\n",
                               suite.name, Count(skipped, "case"), fmt::join(elsewhere, ", "),
                               endpoint_.Belonging());
  }
  return true;
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
        run.cases.push_back({&test, {}, {}, {}});
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
  CaseRun one{&test, authz::RunCase(*policies, test, scratch_), {}, {}};
  const std::vector<std::string> flags = FlagsMissing(run.suite, test, *policies, one.result);
  if (!flags.empty()) {
    one.result.status = authz::CaseStatus::kError;
    one.result.error = {
        std::string(authz::kMissingParameter),
        fmt::format("the verdict hangs on what is not told: {}", fmt::join(flags, ", ")), ""};
  }
  const authz::CaseStatus status = one.result.status;
  if (status != authz::CaseStatus::kSkipped) ++judged_;
  if (status == authz::CaseStatus::kFailed) {
    one.statements = DecidingStatements(*policies, one.result.decision);
    if (explained_++ < kMostCauses) {
      one.cause = CauseOf(policies, run.suite.policies[test.policies], test);
    }
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
