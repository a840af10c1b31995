// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// sids.cc
void CheckSidMissing(LintContext& context);        // SU101
void CheckConsoleSid(LintContext& context);        // SU102
void CheckDescriptionDrift(LintContext& context);  // SU108

// layout.cc
void CheckCanonicalOrder(LintContext& context);  // SU103
void CheckSortedLists(LintContext& context);     // SU104
void CheckLoneListMember(LintContext& context);  // SU105
void CheckStarObject(LintContext& context);      // SU106

// lists.cc
void CheckLongList(LintContext& context);        // SU109
void CheckListedAccounts(LintContext& context);  // SU110

}  // namespace postern::policy
