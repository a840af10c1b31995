// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// grammar.cc
void CheckTrustResource(LintContext& context);                 // TR101
void CheckTrustAction(LintContext& context);                   // TR104
void CheckTrustPrincipalActionMismatch(LintContext& context);  // TR105
void CheckTrustFederatedFormat(LintContext& context);          // TR106
void CheckRolesAnywhereActions(LintContext& context);          // TR112
// callers.cc
void CheckTrustPrincipalStar(LintContext& context);           // TR103
void CheckExternalAccountNoExternalId(LintContext& context);  // TR113
void CheckFlowLogsTrust(LintContext& context);                // TR114
void CheckTrustNetworkKeys(LintContext& context);             // TR115
// federation.cc
void CheckOidcNoCondition(LintContext& context);           // TR107
void CheckGithubSubject(LintContext& context);             // TR108
void CheckOidcKeyShape(LintContext& context);              // TR109
void CheckOidcWildcardStringEquals(LintContext& context);  // TR110

}  // namespace postern::policy
