// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// names.cc
void CheckApiNameNotAction(LintContext& context);  // AC503
void CheckActionFormat(LintContext& context);      // AC504

}  // namespace postern::policy
