// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// principals.cc
void CheckEndpointNotPrincipal(LintContext& context);  // EP102
void CheckGatewayPrincipal(LintContext& context);      // EP103
void CheckGatewayAccountIsRoot(LintContext& context);  // EP104

// values.cc
void CheckSystemIdWildcard(LintContext& context);  // EP107
void CheckSixCharacters(LintContext& context);     // EP108
void CheckAccountPartMix(LintContext& context);    // EP109

// network_keys.cc
void CheckSourceIpNeverPresent(LintContext& context);  // EP501
void CheckOwnEndpointId(LintContext& context);         // EP502

}  // namespace postern::policy
