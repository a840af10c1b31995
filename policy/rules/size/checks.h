// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// size.cc
void CheckEndpointPolicySize(LintContext& context);       // SZ301
void CheckEndpointPolicyNearLimit(LintContext& context);  // SZ302
void CheckIdentityPolicySize(LintContext& context);       // SZ303
void CheckTrustPolicySize(LintContext& context);          // SZ304
void CheckScpSize(LintContext& context);                  // SZ305
void CheckRcpSize(LintContext& context);                  // SZ306
void CheckBucketPolicySize(LintContext& context);         // SZ307
void CheckSessionPolicySize(LintContext& context);        // SZ308

// shrinkable.cc
void CheckShrinkable(LintContext& context);  // SZ309

}  // namespace postern::policy
