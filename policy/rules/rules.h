// The check functions behind the table in policy/rules.cc.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// size.cc
void CheckEndpointPolicySize(LintContext& context);  // SZ301
void CheckBucketPolicySize(LintContext& context);    // SZ307

// actions.cc
void CheckApiNameNotAction(LintContext& context);  // AC503
void CheckActionFormat(LintContext& context);      // AC504

// arns.cc
void CheckAccountNotAllowed(LintContext& context);  // RS606
void CheckAccountFormat(LintContext& context);      // RS610

// s3_resources.cc
void CheckBucketVersusObject(LintContext& context);  // RS615

// conditions.cc
void CheckUnknownOperator(LintContext& context);   // CO701
void CheckUnknownGlobalKey(LintContext& context);  // CO704

// variables.cc, placeholders.cc
void CheckVariablesNeedVersion(LintContext& context);  // VA805
void CheckPlaceholders(LintContext& context);          // VA811

// no_allow.cc
void CheckNoAllow(LintContext& context);  // LO905

// endpoint_principals.cc
void CheckEndpointNotPrincipal(LintContext& context);  // EP102
void CheckGatewayPrincipal(LintContext& context);      // EP103
void CheckGatewayAccountIsRoot(LintContext& context);  // EP104

// endpoint_values.cc
void CheckSystemIdWildcard(LintContext& context);  // EP107
void CheckSixCharacters(LintContext& context);     // EP108
void CheckAccountPartMix(LintContext& context);    // EP109

// endpoint_network_keys.cc
void CheckSourceIpNeverPresent(LintContext& context);  // EP501
void CheckOwnEndpointId(LintContext& context);         // EP502

}  // namespace postern::policy
