// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// versions.cc, placeholders.cc
void CheckVariablesNeedVersion(LintContext& context);  // VA805
void CheckPlaceholders(LintContext& context);          // VA811

}  // namespace postern::policy
