// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// size.cc
void CheckEndpointPolicySize(LintContext& context);  // SZ301
void CheckBucketPolicySize(LintContext& context);    // SZ307

}  // namespace postern::policy
