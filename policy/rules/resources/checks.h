// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// arns.cc
void CheckAccountNotAllowed(LintContext& context);  // RS606
void CheckAccountFormat(LintContext& context);      // RS610

// s3.cc
void CheckBucketVersusObject(LintContext& context);  // RS615

}  // namespace postern::policy
