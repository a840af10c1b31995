// The check functions behind the table in authz/rules.cc.
#pragma once

#include "policy/rule.h"

namespace postern::authz {

// list_buckets.cc
void CheckListBucketsUnreachable(policy::LintContext& context);  // EP301
// public.cc
void CheckHiddenPublic(policy::LintContext& context);     // LO910
void CheckPublicPrincipal(policy::LintContext& context);  // SE114
void CheckWeakPublicFix(policy::LintContext& context);    // SE115

}  // namespace postern::authz
