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

// served.cc
void CheckNoPolicySupport(LintContext& context);       // EP106
void CheckActionNotServed(LintContext& context);       // EP201
void CheckResourceNotServed(LintContext& context);     // EP202
void CheckStatementNotServed(LintContext& context);    // EP203
void CheckRegionMismatch(LintContext& context);        // EP204
void CheckWrongSiblingEndpoint(LintContext& context);  // EP205
void CheckStreamsOnGateway(LintContext& context);      // EP706
void CheckSsmActionsOnMessages(LintContext& context);  // EP708

void CheckAccessPointWithoutBucket(LintContext& context);  // EP305
void CheckExecuteApiShape(LintContext& context);           // EP703

// full_access.cc
void CheckFullAccess(LintContext& context);           // EP401
void CheckFullAccessToService(LintContext& context);  // EP402

// perimeter.cc
void CheckPerimeterIfExists(LintContext& context);      // EP407
void CheckPerimeterNegatedAllow(LintContext& context);  // EP408
void CheckPerimeterByDeny(LintContext& context);        // EP409
void CheckPrincipalArnOfSession(LintContext& context);  // EP420

// organizations.cc
void CheckOrganizationNotYours(LintContext& context);   // EP410
void CheckOrganizationsDisagree(LintContext& context);  // EP411
void CheckThirdPartyOneSided(LintContext& context);     // EP415

// network_keys.cc
void CheckSourceIpNeverPresent(LintContext& context);  // EP501
void CheckOwnEndpointId(LintContext& context);         // EP502
void CheckOwnVpc(LintContext& context);                // EP503
void CheckOwnEndpointOwner(LintContext& context);      // EP504

// callers.cc
void CheckServicePrincipal(LintContext& context);  // EP105
void CheckSourceOutsideVpc(LintContext& context);  // EP505
void CheckCalledVia(LintContext& context);         // EP506
void CheckInstanceOrigin(LintContext& context);    // EP507
void CheckViaServiceOfKms(LintContext& context);   // EP707

// aws_buckets.cc
void CheckAwsBucketRegion(LintContext& context);          // EP604
void CheckAwsBucketPatternTooWide(LintContext& context);  // EP605
void CheckAwsBucketWrite(LintContext& context);           // EP606
void CheckAwsBucketMisspelt(LintContext& context);        // EP609, misspelt_buckets.cc

}  // namespace postern::policy
