#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "cmd/command.h"
#include "cmd/files.h"
#include "cmd/lint/settings.h"
#include "cmd/output.h"
#include "cmd/render/coverage.h"
#include "cmd/render/snippet.h"
#include "cmd/render/test_results.h"
#include "cmd/test/given.h"
#include "cmd/test/mutation.h"
#include "cmd/test/report.h"
#include "cmd/test/runner.h"
#include "cmd/test/scenarios.h"
#include "cmd/test/selection.h"
#include "policy/suggest.h"

namespace postern::cmd {
namespace {

constexpr std::array kFormats{Format::kText, Format::kJson, Format::kJunit, Format::kTap,
                              Format::kGithub};

struct Options {
  std::vector<std::string> paths;
  std::vector<std::string> scenarios;  // names, or lists of them between commas
  GivenFlags given;
  std::string stdin_name;
  std::string regex;
  std::vector<std::string> tags;
  RunnerOptions run;
  std::string coverage;  // "" = none
  std::optional<unsigned> coverage_min;
  bool mutate = false;
  std::optional<unsigned> mutation_min;
  std::size_t jobs = std::max(1u, std::thread::hardware_concurrency());
  OutputOptions output;
};

bool IsSuite(std::string_view path) {
  return HasSuffix(path, ".ptest.yaml") || HasSuffix(path, ".ptest.yml") ||
         HasSuffix(path, ".ptest.json");
}

std::string ListAsText(const TestReport& report) {
  std::string text;
  for (const SuiteRun& run : report.suites) {
    for (const CaseRun& one : run.cases) {
      text += fmt::format(
          "{}{}\n", TitleOfCase(run, one),
          one.test->tags.empty() ? "" : fmt::format(" [{}]", fmt::join(one.test->tags, ", ")));
    }
  }
  return text;
}

std::string Draw(const TestReport& report, Format format, bool color) {
  switch (format) {
    case Format::kJson:
      return TestsAsJson(report);
    case Format::kJunit:
      return TestsAsJunit(report);
    case Format::kTap:
      return TestsAsTap(report);
    case Format::kGithub:
      return TestsAsGithub(report);
    case Format::kText:
    case Format::kSarif:
    case Format::kHtml:
      break;
  }
  return TestsAsText(report, color);
}

// Where the answers go. A report on coverage in a format of its own takes standard output, and what
// is for people then goes to standard error.
class Printer {
 public:
  explicit Printer(const Options& options) : options_(options) {}

  bool Open(Session& session) {
    results_on_stderr_ =
        CoverageTakesStdout() && options_.output.formats.empty() && options_.output.outputs.empty();
    if (results_on_stderr_) return true;
    if (!outputs_.Open(options_.output, session, kFormats)) return false;
    if (!CoverageTakesStdout() || !outputs_.UsesStandardOutput()) return true;
    session.Fail(fmt::format(
        "--coverage={} and the results both go to standard output: give these a file by -o",
        options_.coverage));
    return false;
  }

  ExitCode Write(const TestReport& report, Session& session) const {
    if (CoverageTakesStdout() && report.coverage) {
      session.out << (options_.coverage == "json" ? CoverageAsJson(*report.coverage)
                                                  : CoverageAsHtml(*report.coverage));
    }
    if (results_on_stderr_) {
      session.err << TestsAsText(report, WantsColor(session, session.err));
      return ExitCode::kGood;
    }
    return outputs_.Write([&](Format format, bool color) { return Draw(report, format, color); },
                          session);
  }

 private:
  bool CoverageTakesStdout() const {
    return options_.coverage == "json" || options_.coverage == "html";
  }

  const Options& options_;
  Outputs outputs_;
  bool results_on_stderr_ = false;
};

// Of `--coverage-min`, else the highest that a configuration of the suites asks for. False after
// having said what is wrong with one.
bool FindMinimum(const Options& options, const Files& files, const TestReport& report,
                 const Session& session, std::optional<unsigned>& minimum) {
  minimum = options.coverage_min;
  if (minimum) return true;
  SettingsTable settings({}, files);
  for (const SuiteRun& run : report.suites) {
    const LintSettings* found = settings.For(files.Absolute(run.source->name()), session);
    if (found == nullptr) return false;
    minimum = std::max(minimum, found->config.coverage_min);
  }
  return true;
}

ExitCode JudgeMinimums(const TestReport& report, const Session& session) {
  ExitCode code = ExitCode::kGood;
  if (report.coverage && !report.coverage->enough()) {
    session.err << fmt::format("postern: coverage is {} %, below the minimum of {} %\n",
                               report.coverage->counts.Percent(), *report.coverage->minimum);
    code = ExitCode::kBad;
  }
  if (report.mutation && !report.mutation->enough()) {
    session.err << fmt::format(
        "postern: {} % of the mutants are caught, below the minimum of {} %\n",
        report.mutation->counts.Percent(), *report.mutation->minimum);
    code = ExitCode::kBad;
  }
  return code;
}

CoverageReport MakeCoverageReport(const authz::Coverage& coverage,
                                  std::optional<unsigned> minimum) {
  CoverageReport report{coverage.documents(), {}, minimum};
  for (const authz::DocumentCoverage& covered : report.documents) {
    report.counts.Add(covered.Counts());
  }
  return report;
}

// The names of `--scenario`, each once.
std::vector<std::string> ScenariosIn(const std::vector<std::string>& lists) {
  std::vector<std::string> names;
  for (const std::string& list : lists) {
    for (std::size_t begin = 0; begin <= list.size();) {
      const std::size_t end = std::min(list.find(',', begin), list.size());
      std::string name = list.substr(begin, end - begin);
      if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
      begin = end + 1;
    }
  }
  return names;
}

// Adds what was asked for. False after having said what there is not.
bool AddSuites(const Options& options, const Files& files, Runner& runner, const Session& session) {
  for (const std::string& name : ScenariosIn(options.scenarios)) {
    const auto scenario = FindScenario(name);
    if (!scenario) {
      session.Fail(fmt::format("--scenario: {}", scenario.error()));
      session.err << "help: `postern test --list` says what each asks\n";
      return false;
    }
    runner.AddScenario(*scenario, session);
  }
  // Nothing named: what is here.
  const bool here = options.paths.empty() && options.scenarios.empty();
  const ExpandResult inputs =
      files.Expand(here ? std::vector<std::string>{"."} : options.paths, IsSuite);
  for (const std::string& error : inputs.errors) runner.AddUnusable(error, session);
  for (const InputFile& file : inputs.files) runner.Add(file, session);
  return true;
}

// `--set` that no suite takes, an endpoint's policy that none does; "" if all is of use.
std::string Useless(const Options& options, const Runner& runner, const TestReport& report) {
  for (const std::string& name : NamesSet(options.given)) {
    std::vector<std::string_view> known;
    for (const SuiteRun& run : report.suites) {
      known.insert(known.end(), run.suite.parameters.begin(), run.suite.parameters.end());
    }
    if (std::ranges::find(known, name) != known.end()) continue;
    return fmt::format("--set: no suite has the parameter `{}`{}", name,
                       policy::DidYouMean(name, known, "; "));
  }
  if (options.given.endpoint.empty() || runner.took_endpoint()) return {};
  return "--endpoint: no suite leaves the policy of its endpoint open";
}

ExitCode RunTest(const Options& options, Session& session) {
  if (options.paths.empty() && options.scenarios.empty() && options.run.list) {
    session.out << ScenariosAsText();
    return ExitCode::kGood;
  }
  auto values = ParameterValuesOf(options.given);
  if (!values) return session.Fail(values.error());
  Printer printer(options);
  if (!printer.Open(session)) return ExitCode::kFailed;
  const Selection selection(options.regex, options.tags);
  if (!selection.error().empty()) {
    return session.Fail(fmt::format("-r: `{}`: {}", options.regex, selection.error()));
  }
  const Files files(session.directory, session.in, options.stdin_name);
  Runner runner(options.run, files, selection, options.given, *std::move(values));
  if (!runner.LoadEndpoint(session) || !AddSuites(options, files, runner, session)) {
    return ExitCode::kFailed;
  }
  TestReport& report = runner.report();
  report.quiet = session.quiet;
  report.verbose = session.verbose;
  if (report.suites.empty()) {
    if (!report.unusable.empty()) {
      if (!options.run.list) printer.Write(report, session);
      return ExitCode::kFailed;
    }
    session.Fail("there is no suite in what was given");
    session.err << "help: suites are called *.ptest.yaml, *.ptest.yml or *.ptest.json; "
                   "--scenario names those that are part of the program\n";
    return ExitCode::kFailed;
  }
  if (const std::string useless = Useless(options, runner, report); !useless.empty()) {
    return session.Fail(useless);
  }
  std::optional<unsigned> minimum;
  std::optional<authz::Coverage> coverage;
  if (!options.coverage.empty()) {
    if (!FindMinimum(options, files, report, session, minimum)) return ExitCode::kFailed;
    coverage.emplace();
  }
  runner.Run(coverage ? &*coverage : nullptr);
  if (runner.selected() == 0) {
    session.Fail(fmt::format("none of {} is selected", Count(report.deselected, "case")));
    session.err << "help: `postern test --list` shows their names and tags\n";
    return ExitCode::kFailed;
  }
  if (options.run.list) {
    session.out << ListAsText(report);
    return report.unusable.empty() ? ExitCode::kGood : ExitCode::kFailed;
  }
  if (runner.took_endpoint() && runner.judged() == 0) {
    session.Fail(fmt::format("none of {} goes through the endpoint of `{}`",
                             Count(runner.selected(), "case"), options.given.endpoint));
    session.err << "help: --endpoint-service SERVICE says whose policy it is\n";
    return ExitCode::kFailed;
  }
  if (coverage) report.coverage = MakeCoverageReport(*coverage, minimum);
  if (options.mutate) {
    report.mutation = RunMutants(report.suites, options.jobs);
    report.mutation->minimum = options.mutation_min;
  }
  const ExitCode written = printer.Write(report, session);
  return Worse(Worse(written, runner.code()), JudgeMinimums(report, session));
}

}  // namespace

RunCommand SetUpTest(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("PATHS", options->paths,
                 "suites, directories, globs, or - for standard input; what is here when left out");
  app.add_option("--scenario", options->scenarios,
                 "ready suites that ask what an endpoint policy lets through (ecr,al2023 ...); "
                 "--list alone lists them")
      ->type_name("NAMES")
      ->allow_extra_args(false);
  app.add_option("--stdin-filename", options->stdin_name, "what standard input is called")
      ->type_name("NAME");
  app.add_option("-r,--run", options->regex, "only cases whose `suite: name` matches")
      ->type_name("REGEX");
  app.add_option("--tag", options->tags, "only cases with this tag; may be repeated")
      ->type_name("TAG")
      ->allow_extra_args(false);
  app.add_flag("--list", options->run.list,
               "list the cases instead of running them; without PATHS, the scenarios");
  app.add_flag("--fail-fast", options->run.fail_fast, "stop after the first failure");
  app.add_flag("--coverage{text}", options->coverage,
               "which statements and condition keys decided a case: =text, =json or =html")
      ->check(CLI::IsMember({"text", "json", "html"}));
  app.add_option("--coverage-min", options->coverage_min,
                 "exit code 1 if fewer of them did, in percent")
      ->type_name("N")
      ->check(CLI::Range(0, 100));
  app.add_flag("--mutate", options->mutate,
               "change the policies step by step and report what no case notices");
  app.add_option("--mutation-min", options->mutation_min,
                 "exit code 1 if fewer changes are noticed, in percent")
      ->type_name("N")
      ->check(CLI::Range(0, 100));
  app.add_option("--jobs", options->jobs,
                 "with --mutate: threads (as many as processors when left out)")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
  AddGivenOptions(app, options->given);
  AddOutputOptions(app, options->output, kFormats);
  return [options](Session& session) {
    options->mutate = options->mutate || options->mutation_min.has_value();
    if (options->coverage_min && options->coverage.empty()) options->coverage = "text";
    return RunTest(*options, session);
  };
}

}  // namespace postern::cmd
