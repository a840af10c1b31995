// `--fail-on`: which findings make the answer bad.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "policy/diagnostic.h"

namespace postern::cmd {

// "error", "security", "warning", "suggestion", "never".
std::span<const std::string_view> Thresholds();
std::optional<policy::Severity> SeverityNamed(std::string_view name);

// Whether a finding of that severity is at or above the threshold, a name of Thresholds().
bool Reaches(policy::Severity severity, std::string_view threshold);

}  // namespace postern::cmd
