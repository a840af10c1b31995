// Draws which changes of the policies no case noticed.
#pragma once

#include <string>

#include "cmd/render/json_writer.h"
#include "cmd/test/mutation_report.h"

namespace postern::cmd {

std::string MutationAsText(const MutationReport& report, bool color);
// As the value of a member.
void WriteMutation(JsonWriter& json, const MutationReport& report);
// A workflow command for each survivor that can be told from the original.
std::string MutationAsGithub(const MutationReport& report);

}  // namespace postern::cmd
