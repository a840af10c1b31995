#include <fmt/format.h>

#include "cmd/render/json_writer.h"
#include "cmd/render/snippet.h"
#include "cmd/render/test_results.h"

namespace postern::cmd {
namespace {

using authz::CaseStatus;

// `#` begins a directive.
std::string Description(std::string_view text) {
  std::string escaped;
  for (char c : OneLine(text)) {
    if (c == '#' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// A JSON string is one of YAML's, too.
std::string Quoted(std::string_view text) {
  std::string quoted;
  AppendJsonString(quoted, text);
  return quoted;
}

// A block scalar: each line of `text` at the depth of its member.
std::string Block(std::string_view name, std::string_view text) {
  std::string block = fmt::format("  {}: |2\n", name);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    block += fmt::format("    {}\n", OneLine(text.substr(0, end)));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return block;
}

class Tap {
 public:
  explicit Tap(const TestReport& report) {
    std::size_t planned = report.unusable.size();
    for (const SuiteRun& run : report.suites) planned += run.cases.size();
    tap_ = fmt::format("TAP version 14\n1..{}\n", planned);
    for (const SuiteRun& run : report.suites) {
      for (const CaseRun& one : run.cases) AddCase(run, one);
    }
    for (const UnusableFile& file : report.unusable) {
      AddPoint(false, file.name.empty() ? "arguments" : file.name, "", "");
      tap_ += fmt::format("  ---\n  message: {}\n  ...\n", Quoted(UnusableInOneLine(file)));
    }
  }
  std::string Take() { return std::move(tap_); }

 private:
  void AddPoint(bool ok, std::string_view description, std::string_view directive,
                std::string_view reason) {
    tap_ += fmt::format("{} {} - {}", ok ? "ok" : "not ok", ++number_, Description(description));
    if (!directive.empty()) tap_ += fmt::format(" # {} {}", directive, OneLine(reason));
    tap_ += '\n';
  }

  void AddCase(const SuiteRun& run, const CaseRun& one) {
    const CaseStatus status = one.result.status;
    const std::string description = fmt::format("{}: {}", run.suite.name, one.test->name);
    if (status == CaseStatus::kSkipped) return AddPoint(true, description, "SKIP", one.test->skip);
    const bool todo = status == CaseStatus::kTodo || status == CaseStatus::kTodoPassed;
    const bool ok = status == CaseStatus::kPassed || status == CaseStatus::kTodoPassed;
    AddPoint(ok, description, todo ? "TODO" : "", one.test->todo);
    if (!ok) AddDiagnostics(run, one);
  }

  void AddDiagnostics(const SuiteRun& run, const CaseRun& one) {
    const std::string& cause = one.cause.sentence;
    const bool is_said = IsAboutVerdict(one) && !cause.empty();
    tap_ += fmt::format("  ---\n  message: {}\n", Quoted(is_said ? cause : FailureInOneLine(one)));
    if (!run.is_scenario) {
      const policy::LineColumn at = run.source->Locate(one.test->range.begin);
      tap_ += fmt::format("  at:\n    file: {}\n    line: {}\n    column: {}\n",
                          Quoted(run.source->name()), at.line, at.column);
    }
    tap_ += fmt::format("  wanted: {}\n  got: {}\n",
                        Quoted(authz::ExpectationText(one.test->question.expect)),
                        Quoted(Got(one.result)));
    if (!one.statements.empty()) {
      tap_ += "  decided_by:\n";
      for (const std::string& statement : one.statements) {
        tap_ += fmt::format("    - {}\n", Quoted(statement));
      }
    }
    if (one.result.status == CaseStatus::kFailed && explained_++ < kMostExplained) {
      tap_ += Block("explanation", ExplainCase(run, one, !is_said));
    }
    tap_ += "  ...\n";
  }

  std::string tap_;
  std::size_t number_ = 0;
  std::size_t explained_ = 0;
};

}  // namespace

std::string TestsAsTap(const TestReport& report) { return Tap(report).Take(); }

}  // namespace postern::cmd
