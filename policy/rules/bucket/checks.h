// The checks behind the rows of this folder.
#pragma once

#include <vector>

#include "policy/rule.h"

namespace postern::policy {

// Denies of the very endpoint that another statement of the policy lets in: BP104 speaks about
// them.
std::vector<const Statement*> DeniesOfAdmittedEndpoints(const PolicyDocument& document);

// perimeter.cc
void CheckEndpointDenyLockout(LintContext& context);         // BP101
void CheckEndpointDenyBlocksServices(LintContext& context);  // BP102
void CheckEndpointDenyBlocksFas(LintContext& context);       // BP103
void CheckOrgDenyBlocksServices(LintContext& context);       // BP111
void CheckDenyHalfBucket(LintContext& context);              // BP108
// endpoints.cc
void CheckEndpointDenyInverted(LintContext& context);  // BP104
void CheckEndpointAsIdentity(LintContext& context);    // BP105
void CheckSourceIpAndEndpoint(LintContext& context);   // BP106
void CheckUnknownEndpoint(LintContext& context);       // BP114
// own_bucket.cc
void CheckForeignBucketArn(LintContext& context);    // BP109
void CheckAccountLevelAction(LintContext& context);  // BP110
void CheckNoTls(LintContext& context);               // BP116

}  // namespace postern::policy
