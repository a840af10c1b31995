// Draws a LintReport.
#pragma once

#include <string>

#include "cmd/lint_report.h"

namespace postern::cmd {

// At most this many findings of one file are drawn as text; the rest is counted.
inline constexpr std::size_t kShownFindings = 100;

std::string FindingsAsText(const LintReport& report, bool color);
std::string FindingsAsJson(const LintReport& report);

// One finding with its source line, help and the way to its rule's page. `resource`: whose policy
// it is, where that stands in a container.
std::string FindingAsText(const policy::Source& source, const policy::Diagnostic& diagnostic,
                          std::string_view rule_name, bool color, std::string_view resource = {});

}  // namespace postern::cmd
