// The table of the rules that look at several policies.
#pragma once

#include <span>

#include "authz/rules/together/checks.h"
#include "policy/rule.h"

namespace postern::authz {

struct RunRule {
  policy::Rule row;
  void (*check)(RunContext&);
};

std::span<const RunRule> RunRules();

}  // namespace postern::authz
