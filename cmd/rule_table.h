// The lint rules of all libraries in one table.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "policy/rule.h"

namespace postern::cmd {

std::span<const policy::Rule> AllRules();
std::string_view StatusName(policy::RuleStatus status);  // "stable", "preview"

}  // namespace postern::cmd
