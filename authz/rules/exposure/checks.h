// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::authz {

// public.cc
void CheckHiddenPublic(policy::LintContext& context);     // LO910
void CheckPublicPrincipal(policy::LintContext& context);  // SE114
void CheckWeakPublicFix(policy::LintContext& context);    // SE115

}  // namespace postern::authz
