// `--select`, `--ignore` and `--preview`: which rules of the table run.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "policy/rule.h"

namespace postern::cmd {

struct RuleSelection {
  std::vector<std::string> select;  // each a comma-separated list of codes, names, prefixes or ALL
  std::vector<std::string> ignore;
  bool preview = false;
  std::vector<std::string_view> also;  // codes of preview rules that run as stable ones do
};

// Whether the rule's code or name is meant by a code, a name, a prefix or ALL.
bool Answers(const policy::Rule& rule, std::string_view selector);
// Why no rule answers to it; "" if one does.
std::string UnknownSelector(std::span<const policy::Rule> all, std::string_view selector);

// Preview rules run with `preview`, when selected or among `also`. What makes a text no policy at
// all (errors of the JS and GR families) is always said unless it is ignored, as nothing else can
// be trusted then. The error names a selector that no rule answers to.
tl::expected<std::vector<policy::Rule>, std::string> SelectRules(std::span<const policy::Rule> all,
                                                                 const RuleSelection& selection);

}  // namespace postern::cmd
