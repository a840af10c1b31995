// The pages of `postern rules`.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cmd/assumptions.h"
#include "policy/rule.h"

namespace postern::cmd {

// Under a heading for each group; behind them the aliases with that prefix.
std::string RuleListAsText(std::span<const policy::Rule> rules, std::string_view prefix,
                           bool color);
std::string RulesAsJson(std::span<const policy::Rule> rules);
// With the examples of the rule's corpus folder, where there is one.
std::string RulePageAsText(const policy::Rule& rule, bool color);
std::string AssumptionPageAsText(const AssumptionRow& row, bool color);
std::string AssumptionAsJson(const AssumptionRow& row);

}  // namespace postern::cmd
