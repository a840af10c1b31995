// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// strings.cc
void CheckEmptyString(LintContext& context);    // GR223
void CheckSidCharacters(LintContext& context);  // GR224
void CheckDuplicateSid(LintContext& context);   // GR225
void CheckEmptySid(LintContext& context);       // GR226

// kinds.cc
void CheckKindMismatch(LintContext& context);  // GR228

}  // namespace postern::policy
