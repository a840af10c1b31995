// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// no_allow.cc
void CheckNoAllow(LintContext& context);  // LO905

}  // namespace postern::policy
