// Draws a LintReport.
#pragma once

#include <string>

#include "cmd/lint/report.h"

namespace postern::cmd {

// At most this many findings of one file are drawn as text; the rest is counted.
inline constexpr std::size_t kShownFindings = 100;

std::string FindingsAsText(const LintReport& report, bool color);
std::string FindingsAsJson(const LintReport& report);
// SARIF 2.1.0, as GitHub and others read it: one run, the table of the rules that spoke.
std::string FindingsAsSarif(const LintReport& report);
// A test suite for each file, a failed test for each finding at or above the threshold.
std::string FindingsAsJunit(const LintReport& report);
// Commands of a GitHub workflow, which annotate the lines of a change.
std::string FindingsAsGithub(const LintReport& report);

// With --diff: what the fixes would change, as a unified diff.
std::string FixesAsDiff(const LintReport& report);

// One finding with its source line, resource, help, fixes and the way to its rule's page.
std::string FindingAsText(const LintedFile& file, const policy::Diagnostic& diagnostic,
                          std::string_view rule_name, bool color);

}  // namespace postern::cmd
