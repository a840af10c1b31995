#include <fmt/format.h>
#include <re2/re2.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "authz/compile.h"
#include "cmd/case_input.h"
#include "cmd/command.h"
#include "cmd/files.h"
#include "cmd/output.h"
#include "cmd/render/evidence.h"
#include "cmd/render/snippet.h"
#include "cmd/render/test_results.h"
#include "cmd/test_report.h"
#include "cmd/verdict_report.h"
#include "policy/catalogue.h"
#include "policy/json_tree.h"
#include "policy/yaml_tree.h"

namespace postern::cmd {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string stdin_name;
  std::string regex;
  std::vector<std::string> tags;
  bool list = false;
  bool fail_fast = false;
  OutputOptions output;
};

bool IsSuite(std::string_view path) {
  return HasSuffix(path, ".ptest.yaml") || HasSuffix(path, ".ptest.yml") ||
         HasSuffix(path, ".ptest.json");
}

// `-r` and `--tag`.
class Selection {
 public:
  explicit Selection(const Options& options) : tags_(options.tags) {
    if (options.regex.empty()) return;
    RE2::Options flags;
    flags.set_dot_nl(true);
    flags.set_log_errors(false);
    regex_ = std::make_unique<RE2>(options.regex, flags);
  }

  std::string error() const {
    return regex_ == nullptr || regex_->ok() ? std::string() : regex_->error();
  }

  bool Has(const authz::Suite& suite, const authz::SuiteCase& test) const {
    const auto has_tag = [&](const std::string& tag) {
      return std::find(test.tags.begin(), test.tags.end(), tag) != test.tags.end();
    };
    if (!tags_.empty() && std::none_of(tags_.begin(), tags_.end(), has_tag)) return false;
    return regex_ == nullptr ||
           RE2::PartialMatch(fmt::format("{}: {}", suite.name, test.name), *regex_);
  }

 private:
  std::unique_ptr<RE2> regex_;
  std::vector<std::string> tags_;
};

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

class Runner {
 public:
  Runner(const Options& options, const Files& files, const Selection& selection, Session& session)
      : options_(options),
        files_(files),
        selection_(selection),
        session_(session),
        documents_(PolicyReader(files)) {}

  void Add(const InputFile& file) {
    const ReadResult source = files_.Read(file.path, kSuiteBytes);
    if (!source) {
      session_.Fail(source.error());
      ++report_.unread;
      return;
    }
    std::vector<authz::CaseProblem> problems;
    const auto tree = ReadTree(*source, problems);
    std::optional<authz::Suite> suite;
    if (tree != nullptr) suite = authz::ReadSuite(tree, documents_, problems);
    ReportProblems(problems, {}, session_);
    if (!problems.empty()) ++report_.unread;
    if (!suite) return;
    const auto [first, is_new] = names_.try_emplace(suite->name, (*source)->name());
    if (!is_new) {
      session_.Fail(fmt::format("`{}`: there is another suite with the name `{}` in `{}`",
                                (*source)->name(), suite->name, first->second));
      ++report_.unread;
      return;
    }
    report_.suites.push_back({*source, *std::move(suite), {}});
  }

  void Run() {
    for (SuiteRun& run : report_.suites) {
      std::vector<std::shared_ptr<const authz::CompiledPolicySet>> compiled(
          run.suite.policies.size());
      for (const authz::SuiteCase& test : run.suite.cases) {
        if (!selection_.Has(run.suite, test)) {
          ++report_.deselected;
          continue;
        }
        ++selected_;
        if (options_.list || (options_.fail_fast && failed_)) {
          if (options_.list) run.cases.push_back({&test, {}, {}});
          continue;
        }
        auto& policies = compiled[test.policies];
        if (policies == nullptr) {
          policies = authz::Compile(run.suite.policies[test.policies], policy::Catalogue::InUse());
        }
        Judge(run, test, *policies);
      }
    }
  }

  std::size_t selected() const { return selected_; }
  TestReport& report() { return report_; }

  ExitCode code() const {
    ExitCode code = report_.unread == 0 ? ExitCode::kGood : ExitCode::kFailed;
    for (const SuiteRun& run : report_.suites) {
      for (const CaseRun& one : run.cases) {
        if (one.result.status == authz::CaseStatus::kFailed) code = Worse(code, ExitCode::kBad);
        if (one.result.status == authz::CaseStatus::kError) code = Worse(code, ExitCode::kFailed);
      }
    }
    return code;
  }

 private:
  void Judge(SuiteRun& run, const authz::SuiteCase& test,
             const authz::CompiledPolicySet& policies) {
    CaseRun one{&test, authz::RunCase(policies, test, scratch_), {}};
    if (one.result.status == authz::CaseStatus::kFailed) {
      one.statements = DecidingStatements(policies, one.result.decision);
    }
    failed_ = failed_ || one.result.status == authz::CaseStatus::kFailed ||
              one.result.status == authz::CaseStatus::kError;
    run.cases.push_back(std::move(one));
  }

  const Options& options_;
  const Files& files_;
  const Selection& selection_;
  Session& session_;
  authz::DocumentCache documents_;
  authz::BoundRequest scratch_;
  std::map<std::string, std::string> names_;
  TestReport report_;
  std::size_t selected_ = 0;
  bool failed_ = false;
};

std::string ListAsText(const TestReport& report) {
  std::string text;
  for (const SuiteRun& run : report.suites) {
    for (const CaseRun& one : run.cases) {
      text += fmt::format(
          "{}: {}: {}{}\n", OneLine(Place(*run.source, one.test->range)), OneLine(run.suite.name),
          OneLine(one.test->name),
          one.test->tags.empty() ? "" : fmt::format(" [{}]", fmt::join(one.test->tags, ", ")));
    }
  }
  return text;
}

ExitCode RunTest(const Options& options, Session& session) {
  Outputs outputs;
  if (!outputs.Open(options.output, session)) return ExitCode::kFailed;
  const Selection selection(options);
  if (!selection.error().empty()) {
    return session.Fail(fmt::format("-r: `{}`: {}", options.regex, selection.error()));
  }
  const Files files(session.directory, session.in, options.stdin_name);
  const ExpandResult inputs = files.Expand(options.paths, IsSuite);
  Runner runner(options, files, selection, session);
  for (const std::string& error : inputs.errors) session.Fail(error);
  runner.report().unread = inputs.errors.size();
  for (const InputFile& file : inputs.files) runner.Add(file);
  TestReport& report = runner.report();
  report.quiet = session.quiet;
  report.verbose = session.verbose;
  if (report.suites.empty()) {
    if (report.unread > 0) return ExitCode::kFailed;
    session.Fail("there is no suite in what was given");
    session.err << "help: suites are called *.ptest.yaml, *.ptest.yml or *.ptest.json\n";
    return ExitCode::kFailed;
  }
  runner.Run();
  if (runner.selected() == 0) {
    session.Fail(fmt::format("none of {} is selected", Count(report.deselected, "case")));
    session.err << "help: `postern test --list` shows their names and tags\n";
    return ExitCode::kFailed;
  }
  if (options.list) {
    session.out << ListAsText(report);
    return report.unread == 0 ? ExitCode::kGood : ExitCode::kFailed;
  }
  const ExitCode written = outputs.Write(
      [&](Format format, bool color) {
        return format == Format::kJson ? TestsAsJson(report) : TestsAsText(report, color);
      },
      session);
  return Worse(written, runner.code());
}

}  // namespace

RunCommand SetUpTest(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("PATHS", options->paths, "suites, directories, globs, or - for standard input")
      ->required();
  app.add_option("--stdin-filename", options->stdin_name, "what standard input is called")
      ->type_name("NAME");
  app.add_option("-r,--run", options->regex, "only cases whose `suite: name` matches")
      ->type_name("REGEX");
  app.add_option("--tag", options->tags, "only cases with this tag; may be repeated")
      ->type_name("TAG")
      ->allow_extra_args(false);
  app.add_flag("--list", options->list, "list the cases instead of running them");
  app.add_flag("--fail-fast", options->fail_fast, "stop after the first failure");
  AddOutputOptions(app, options->output);
  return [options](Session& session) { return RunTest(*options, session); };
}

}  // namespace postern::cmd
