// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// names.cc
void CheckUnknownOperator(LintContext& context);   // CO701
void CheckUnknownGlobalKey(LintContext& context);  // CO704

}  // namespace postern::policy
