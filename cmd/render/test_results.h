// Draws a TestReport.
#pragma once

#include <string>
#include <string_view>

#include "cmd/test_report.h"

namespace postern::cmd {

std::string TestsAsText(const TestReport& report, bool color);
std::string TestsAsJson(const TestReport& report);
std::string_view StatusName(authz::CaseStatus status);  // "passed", "failed", "todo-passed", ...

}  // namespace postern::cmd
