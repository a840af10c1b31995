// The check functions behind the table in policy/rules.cc.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

void CheckEndpointNotPrincipal(LintContext& context);  // EP102

}  // namespace postern::policy
