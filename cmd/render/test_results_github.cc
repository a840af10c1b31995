#include <fmt/format.h>

#include "cmd/render/github.h"
#include "cmd/render/mutation.h"
#include "cmd/render/snippet.h"
#include "cmd/render/test_results.h"

namespace postern::cmd {
namespace {

// "file=a.ptest.yaml,line=3,...,"; for a scenario, which is no file, the policy that it asks about.
std::string PlaceProperties(const SuiteRun& run, const CaseRun& one) {
  if (!run.is_scenario) return GithubPlace(*run.source, one.test->range) + ',';
  if (one.cause.policy != nullptr) {
    return GithubPlace(*one.cause.policy, one.cause.range) + ',';
  }
  const auto& endpoint = run.suite.policies[one.test->policies].endpoint;
  if (!endpoint || endpoint->document == nullptr) return {};
  return GithubPlace(endpoint->document->source(), {}) + ',';
}

// A case that is bad is an error, one that passes although it need not is worth a line.
std::string Command(const SuiteRun& run, const CaseRun& one) {
  const bool bad = IsBad(one.result.status);
  std::string message = OneLine(one.test->name);
  message += bad ? '\n' + FailureAsText(one) : ": passed, and is still marked as todo";
  while (message.ends_with('\n')) message.pop_back();
  return fmt::format("::{} {}title={}::{}\n", bad ? "error" : "notice", PlaceProperties(run, one),
                     GithubProperty(OneLine(run.suite.name)), GithubText(message));
}

// `what`: "error" or "warning".
std::string Command(std::string_view what, const authz::CaseProblem& problem) {
  std::string message = OneLine(problem.message);
  if (!problem.help.empty()) message += "\nhelp: " + OneLine(problem.help);
  if (problem.source == nullptr) return fmt::format("::{}::{}\n", what, GithubText(message));
  return fmt::format("::{} {}::{}\n", what, GithubPlace(*problem.source, problem.range),
                     GithubText(message));
}

}  // namespace

std::string TestsAsGithub(const TestReport& report) {
  std::string text;
  for (const SuiteRun& run : report.suites) {
    for (const CaseRun& one : run.cases) {
      if (IsBad(one.result.status) || one.result.status == authz::CaseStatus::kTodoPassed) {
        text += Command(run, one);
      }
    }
  }
  for (const UnusableFile& file : report.unusable) {
    if (file.problems.empty()) {
      text += fmt::format("::error::{}\n", GithubText(OneLine(file.error)));
    }
    for (const authz::CaseProblem& problem : file.problems) text += Command("error", problem);
  }
  for (const authz::CaseProblem& warning : report.warnings) text += Command("warning", warning);
  if (report.coverage && !report.coverage->enough()) {
    text += fmt::format("::error::coverage is {} %, below the minimum of {} %\n",
                        report.coverage->counts.Percent(), *report.coverage->minimum);
  }
  if (report.mutation) text += MutationAsGithub(*report.mutation);
  return text;
}

}  // namespace postern::cmd
