// Draws a TestReport.
#pragma once

#include <string>
#include <string_view>

#include "cmd/test/report.h"

namespace postern::cmd {

std::string TestsAsText(const TestReport& report, bool color);
std::string TestsAsJson(const TestReport& report);
// A testsuite for each suite file; the failure's text says why, and explains the decision.
std::string TestsAsJunit(const TestReport& report);
// TAP 14: one plan for the run, diagnostics in YAML.
std::string TestsAsTap(const TestReport& report);
std::string TestsAsGithub(const TestReport& report);

std::string_view StatusName(authz::CaseStatus status);  // "passed", "failed", "todo-passed", ...

// Parts that several formats draw.

bool IsBad(authz::CaseStatus status);  // failed, or an error
// "a.ptest.yaml:3:5", or "scenario al2023".
std::string PlaceOfCase(const SuiteRun& run, const CaseRun& one);
// With its suite and name: "a.ptest.yaml:3:5: suite: name", "scenario al2023: name". What is given
// as `status` stands between place and suite.
std::string TitleOfCase(const SuiteRun& run, const CaseRun& one, std::string_view status = {});
// "implicit-deny by endpoint", or "error: ..."
std::string Got(const authz::CaseResult& result);
// Why a case is bad, in lines that are indented by two: wanted, got, what decided.
std::string FailureAsText(const CaseRun& one);
// The decision of a case that was run, layer by layer, as `explain` shows it; "" for an error.
// Without its cause where the cause is said already.
std::string ExplainCase(const SuiteRun& run, const CaseRun& one, bool with_cause);
// So many explanations are enough for one report.
inline constexpr std::size_t kMostExplained = 1'000;
// Whether the only reason is the verdict, which "wanted" and "got" say.
bool IsAboutVerdict(const CaseRun& one);
// "wanted allow, got implicit-deny by endpoint"
std::string FailureInOneLine(const CaseRun& one);
// What was wrong with a file that could not be used, in one line.
std::string UnusableInOneLine(const UnusableFile& file);

}  // namespace postern::cmd
