// The pages of `postern rules`.
#pragma once

#include <span>
#include <string>

#include "cmd/assumptions.h"
#include "policy/rule.h"

namespace postern::cmd {

std::string RuleListAsText(std::span<const policy::Rule> rules, bool color);
std::string RulesAsJson(std::span<const policy::Rule> rules);
// With the examples of the rule's corpus folder, where there is one.
std::string RulePageAsText(const policy::Rule& rule, bool color);
std::string AssumptionPageAsText(const AssumptionRow& row, bool color);
std::string AssumptionAsJson(const AssumptionRow& row);

}  // namespace postern::cmd
