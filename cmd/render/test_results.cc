#include "cmd/render/test_results.h"

#include <fmt/format.h>

#include <array>

#include "authz/remedy/cause.h"
#include "authz/verdict.h"
#include "cmd/render/coverage.h"
#include "cmd/render/explanation.h"
#include "cmd/render/json_writer.h"
#include "cmd/render/mutation.h"
#include "cmd/render/place_json.h"
#include "cmd/render/snippet.h"
#include "cmd/render/verdict.h"
#include "cmd/verdict_report.h"

namespace postern::cmd {
namespace {

using authz::CaseStatus;

constexpr std::array<std::string_view, 6> kStatusNames{"passed", "failed",      "skipped",
                                                       "todo",   "todo-passed", "error"};
using Counts = std::array<std::size_t, kStatusNames.size()>;

Counts CountStatuses(const TestReport& report) {
  Counts counts{};
  for (const SuiteRun& run : report.suites) {
    for (const CaseRun& one : run.cases) ++counts[static_cast<std::size_t>(one.result.status)];
  }
  return counts;
}

bool IsShown(const CaseRun& one, bool verbose) {
  return verbose || IsBad(one.result.status) || one.result.status == CaseStatus::kTodoPassed;
}

std::string CaseAsText(const SuiteRun& run, const CaseRun& one, const Palette& palette) {
  const CaseStatus status = one.result.status;
  const bool bad = IsBad(status);
  const std::string text = TitleOfCase(run, one,
                                       fmt::format("{}{}{}", bad ? palette.red : palette.dim,
                                                   StatusName(status), palette.reset)) +
                           '\n';
  if (status == CaseStatus::kSkipped) return text + fmt::format("  {}\n", OneLine(one.test->skip));
  return bad ? text + FailureAsText(one) : text;
}

std::string Summary(const TestReport& report, const Palette& palette) {
  const Counts counts = CountStatuses(report);
  std::size_t all = 0;
  for (std::size_t count : counts) all += count;
  std::string text =
      fmt::format("{} in {}: ", Count(all, "case"), Count(report.suites.size(), "suite"));
  const char* separator = "";
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0 && i != 0) continue;
    const bool bad = IsBad(static_cast<CaseStatus>(i));
    text += fmt::format("{}{}{} {}{}", separator, bad ? palette.red : palette.reset, counts[i],
                        kStatusNames[i], palette.reset);
    separator = ", ";
  }
  if (report.deselected > 0) text += fmt::format("; {} not selected", report.deselected);
  if (!report.unusable.empty()) {
    text += fmt::format("; {} could not be used", Count(report.unusable.size(), "file"));
  }
  return text + '\n';
}

void WriteCase(JsonWriter& json, const SuiteRun& run, const CaseRun& one) {
  const authz::CaseResult& result = one.result;
  json.BeginObject().Member("name", one.test->name);
  json.Member("status", StatusName(result.status));
  WriteRange(json, *run.source, one.test->range);
  json.Member("expected", authz::ExpectationText(one.test->question.expect));
  if (result.error) {
    json.Key("error").BeginObject().Member("code", result.error->code);
    json.Member("message", result.error->message).Member("pointer", result.error->pointer);
    json.EndObject();
  } else if (result.status != CaseStatus::kSkipped) {
    json.Member("verdict", authz::VerdictName(result.decision.verdict));
    json.Key("decided_by").BeginArray();
    for (authz::Layer layer : LayersOf(result.decision.decided_by)) {
      json.String(authz::LayerName(layer));
    }
    json.EndArray();
  }
  json.Key("reasons").BeginArray();
  for (const std::string& reason : result.reasons) json.String(reason);
  json.EndArray();
  json.Key("statements").BeginArray();
  for (const std::string& statement : one.statements) json.String(statement);
  json.EndArray();
  if (!one.cause.sentence.empty()) json.Member("cause", one.cause.sentence);
  if (result.stability) WriteStability(json, *result.stability);
  if (!one.test->skip.empty()) json.Member("skip", one.test->skip);
  if (!one.test->todo.empty()) json.Member("todo", one.test->todo);
  json.EndObject();
}

}  // namespace

std::string_view StatusName(CaseStatus status) {
  return kStatusNames[static_cast<std::size_t>(status)];
}

bool IsBad(CaseStatus status) {
  return status == CaseStatus::kFailed || status == CaseStatus::kError;
}

std::string PlaceOfCase(const SuiteRun& run, const CaseRun& one) {
  return OneLine(run.is_scenario ? run.source->name() : Place(*run.source, one.test->range));
}

std::string TitleOfCase(const SuiteRun& run, const CaseRun& one, std::string_view status) {
  std::string title = PlaceOfCase(run, one) + ": ";
  if (!status.empty()) title.append(status).append(": ");
  if (!run.is_scenario) title += OneLine(run.suite.name) + ": ";
  return title + OneLine(one.test->name);
}

std::string Got(const authz::CaseResult& result) {
  if (result.error) return fmt::format("error: {}", result.error->message);
  return result.got;
}

std::string FailureAsText(const CaseRun& one) {
  std::string text = fmt::format("  wanted: {}\n  got:    {}\n",
                                 OneLine(authz::ExpectationText(one.test->question.expect)),
                                 OneLine(Got(one.result)));
  for (const std::string& reason : one.result.reasons) {
    if (IsAboutVerdict(one)) break;
    text += fmt::format("  {}\n", OneLine(reason));
  }
  for (const std::string& statement : one.statements) {
    text += fmt::format("  decided by {}\n", OneLine(statement));
  }
  const Cause& cause = one.cause;
  if (!cause.sentence.empty()) text += fmt::format("  cause: {}\n", OneLine(cause.sentence));
  if (!cause.help.empty()) text += fmt::format("  help: {}\n", OneLine(cause.help));
  if (one.statements.empty() && cause.policy != nullptr) {
    text += fmt::format("  policy: {}\n", OneLine(Place(*cause.policy, cause.range)));
  }
  if (one.result.stability && !one.result.stability->stable()) {
    text += fmt::format("  hangs on {}\n", authz::OtherwiseText(*one.result.stability));
  }
  if (!one.test->why.empty()) text += fmt::format("  why: {}\n", OneLine(one.test->why));
  return text;
}

std::string ExplainCase(const SuiteRun& run, const CaseRun& one, bool with_cause) {
  auto verdict = MakeVerdictReport(run.compiled[one.test->policies], one.test->question);
  if (!verdict) return {};
  ExplanationReport report;
  report.verdict = *std::move(verdict);
  if (with_cause) report.cause = authz::CauseSentence(report.verdict.deciding());
  report.notes = authz::Notes(report.verdict.deciding());
  return ExplanationAsText(report, false);
}

bool IsAboutVerdict(const CaseRun& one) {
  return one.result.reasons.size() == 1 &&
         one.result.reasons.front() ==
             fmt::format("wanted {}, got {}", authz::ExpectationText(one.test->question.expect),
                         Got(one.result));
}

std::string FailureInOneLine(const CaseRun& one) {
  if (one.result.error) return OneLine(Got(one.result));
  if (one.result.reasons.size() == 1) return OneLine(one.result.reasons.front());
  return OneLine(fmt::format("{}", fmt::join(one.result.reasons, "; ")));
}

std::string UnusableInOneLine(const UnusableFile& file) {
  if (file.problems.empty()) return OneLine(file.error);
  const authz::CaseProblem& first = file.problems.front();
  std::string text = first.message;
  if (first.source != nullptr) text = Place(*first.source, first.range) + ": " + text;
  if (file.problems.size() > 1) text += fmt::format(" and {} more", file.problems.size() - 1);
  return OneLine(text);
}

std::string TestsAsText(const TestReport& report, bool color) {
  const Palette palette(color);
  std::string text;
  for (const SuiteRun& run : report.suites) {
    for (const CaseRun& one : run.cases) {
      if (IsShown(one, report.verbose)) text += CaseAsText(run, one, palette);
    }
  }
  if (report.coverage) text += CoverageAsText(*report.coverage, color);
  if (report.mutation) text += MutationAsText(*report.mutation, color);
  return report.quiet ? text : text + Summary(report, palette);
}

std::string TestsAsJson(const TestReport& report) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", "postern/tests/1").Key("suites").BeginArray();
  for (const SuiteRun& run : report.suites) {
    json.BeginObject().Member("suite", run.suite.name).Member("file", run.source->name());
    json.Key("cases").BeginArray();
    for (const CaseRun& one : run.cases) WriteCase(json, run, one);
    json.EndArray().EndObject();
  }
  json.EndArray();
  if (report.coverage) {
    json.Key("coverage");
    WriteCoverageSummary(json, *report.coverage);
  }
  if (report.mutation) {
    json.Key("mutation");
    WriteMutation(json, *report.mutation);
  }
  json.Key("summary").BeginObject();
  const Counts counts = CountStatuses(report);
  for (std::size_t i = 0; i < counts.size(); ++i) json.Key(kStatusNames[i]).Number(counts[i]);
  json.Key("not-selected").Number(report.deselected);
  json.Key("unusable-files").Number(report.unusable.size()).EndObject().EndObject();
  return text;
}

}  // namespace postern::cmd
