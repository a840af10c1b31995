// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// characters.cc
void CheckInvisibleCharacter(LintContext& context);   // JS112
void CheckCharacterNotAllowed(LintContext& context);  // JS113

}  // namespace postern::policy
