// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// Deny of everything to everyone, whatever the request: LO909 speaks about it, and no other rule.
bool IsDenyAll(const Statement& statement);

// overlaps.cc
void CheckDuplicateStatement(LintContext& context);   // LO901
void CheckSubsumedStatement(LintContext& context);    // LO902
void CheckConditionBypassed(LintContext& context);    // LO903
void CheckAllowShadowedByDeny(LintContext& context);  // LO904
void CheckDeadDeny(LintContext& context);             // LO906
// no_allow.cc
void CheckNoAllow(LintContext& context);  // LO905
// contradictions.cc
void CheckDeadStatement(LintContext& context);         // LO907
void CheckContradictingAccount(LintContext& context);  // LO911
void CheckMixedRoutes(LintContext& context);           // LO913
// deny_all.cc
void CheckDenyAll(LintContext& context);  // LO909
// near_ids.cc
void CheckNearIds(LintContext& context);  // LO912

}  // namespace postern::policy
