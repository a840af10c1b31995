// The check functions behind the table in policy/rules.cc.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// arns.cc
void CheckAccountNotAllowed(LintContext& context);  // RS606
void CheckAccountFormat(LintContext& context);      // RS610

// s3_resources.cc
void CheckBucketVersusObject(LintContext& context);  // RS615

// endpoint_principals.cc
void CheckEndpointNotPrincipal(LintContext& context);  // EP102
void CheckGatewayPrincipal(LintContext& context);      // EP103
void CheckGatewayAccountIsRoot(LintContext& context);  // EP104

// endpoint_values.cc
void CheckSystemIdWildcard(LintContext& context);  // EP107
void CheckSixCharacters(LintContext& context);     // EP108
void CheckAccountPartMix(LintContext& context);    // EP109

}  // namespace postern::policy
