// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// grants.cc
void CheckAdminStar(LintContext& context);      // SE101
void CheckServiceStar(LintContext& context);    // SE102
void CheckAssumeAnyRole(LintContext& context);  // SE111
// passing.cc
void CheckPassRoleOpen(LintContext& context);          // SE104
void CheckCreateLinkedRoleOpen(LintContext& context);  // SE105
// escalation.cc
void CheckPrivilegeEscalation(LintContext& context);  // SE106
// levels.cc
void CheckStarResource(LintContext& context);           // SE103
void CheckCredentialsExposure(LintContext& context);    // SE107
void CheckDataExfiltration(LintContext& context);       // SE108
void CheckPermissionsManagement(LintContext& context);  // SE109
void CheckWriteUnconstrained(LintContext& context);     // SE110
// resource_policies.cc
void CheckServicePrincipalOpen(LintContext& context);    // SE112
void CheckPolicyWriteWithoutData(LintContext& context);  // SE113

}  // namespace postern::policy
