// The check functions behind the table in authz/rules.cc.
#pragma once

#include "policy/rule.h"

namespace postern::authz {

void CheckListBucketsUnreachable(policy::LintContext& context);  // EP301

}  // namespace postern::authz
