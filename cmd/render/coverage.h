// Draws what the cases of a run decided by.
#pragma once

#include <string>

#include "cmd/render/json_writer.h"
#include "cmd/test/report.h"

namespace postern::cmd {

// Each statement with the cases that it decided, and its keys.
std::string CoverageAsText(const CoverageReport& report, bool color);
std::string CoverageAsJson(const CoverageReport& report);
// One page with the text of the policies; needs neither network nor script.
std::string CoverageAsHtml(const CoverageReport& report);

// The figures alone, as the value of a member.
void WriteCoverageSummary(JsonWriter& json, const CoverageReport& report);
// "75 % (3 of 4 statements, 0 of 1 keys)"
std::string CoverageFigures(const authz::CoverageCounts& counts);
// Whose statements: "a.json", or "suite.ptest.yaml: /policies/endpoint" for one that stands in it.
std::string NameOfPolicy(const policy::PolicyDocument& document);

}  // namespace postern::cmd
