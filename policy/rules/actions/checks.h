// The checks behind the rows of this folder.
#pragma once

#include <string_view>

#include "policy/rule.h"

namespace postern::policy {

// names.cc
void CheckApiNameNotAction(LintContext& context);  // AC503
void CheckActionFormat(LintContext& context);      // AC504
void CheckServiceWildcard(LintContext& context);   // AC506
void CheckActionCase(LintContext& context);        // AC509

// unknown.cc
void CheckUnknownService(LintContext& context);          // AC501
void CheckUnknownAction(LintContext& context);           // AC502
void CheckWildcardMatchesNothing(LintContext& context);  // AC505
void CheckNotActionTypo(LintContext& context);           // AC515

// lists.cc
void CheckRedundantAction(LintContext& context);   // AC507
void CheckDuplicateAction(LintContext& context);   // AC508
void CheckStarAmongActions(LintContext& context);  // AC510

// uses.cc
void CheckActionNotForPolicy(LintContext& context);  // AC511
void CheckRetiredAction(LintContext& context);       // AC513
void CheckAllowNotAction(LintContext& context);      // AC514
void CheckReplicationAction(LintContext& context);   // AC516
// Whether AC513 speaks of it.
bool IsRetiredAction(std::string_view action);

}  // namespace postern::policy
