// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// entries.cc
void CheckPrincipalWildcard(LintContext& context);       // PR405
void CheckNotAPrincipal(LintContext& context);           // PR406
void CheckPrincipalAccountId(LintContext& context);      // PR407
void CheckServicePrincipalFormat(LintContext& context);  // PR408
void CheckPrincipalInWrongKey(LintContext& context);     // PR409
void CheckUniqueIdPrincipal(LintContext& context);       // PR412
void CheckSessionArnWithPath(LintContext& context);      // PR413

// kinds.cc
void CheckFederatedNotAllowed(LintContext& context);     // PR410
void CheckCanonicalUserOutsideS3(LintContext& context);  // PR411
void CheckPrincipalPartition(LintContext& context);      // PR417

// sets.cc
void CheckAllowNotPrincipal(LintContext& context);         // PR414
void CheckDenyNotPrincipal(LintContext& context);          // PR415
void CheckRedundantPrincipal(LintContext& context);        // PR416
void CheckMixedPrincipalConditions(LintContext& context);  // PR418

}  // namespace postern::policy
