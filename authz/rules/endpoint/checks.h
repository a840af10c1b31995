// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::authz {

void CheckListBucketsUnreachable(policy::LintContext& context);  // EP301, list_buckets.cc

// account_actions.cc
void CheckListTablesUnreachable(policy::LintContext& context);  // EP302
void CheckAccountActionWithArn(policy::LintContext& context);   // EP303
void CheckEcrAuthToken(policy::LintContext& context);           // EP705

// exits.cc
void CheckIdentityPerimeter(policy::LintContext& context);      // EP403
void CheckResourcePerimeter(policy::LintContext& context);      // EP404
void CheckExfiltrationWrite(policy::LintContext& context);      // EP405
void CheckPerimeterBypassed(policy::LintContext& context);      // EP406
void CheckTagExemption(policy::LintContext& context);           // EP414
void CheckForeignRoleThroughSts(policy::LintContext& context);  // EP419

// resource_org.cc
void CheckResourceOrgUnsupported(policy::LintContext& context);  // EP412

// callers.cc
void CheckServicePrincipalPath(policy::LintContext& context);  // EP413
void CheckFederationThroughSts(policy::LintContext& context);  // EP701
void CheckAnonymousApiCalls(policy::LintContext& context);     // EP702

// uses.cc
void CheckCopyNeedsBothBuckets(policy::LintContext& context);  // EP306
void CheckAwsBucketMissing(policy::LintContext& context);      // EP601
void CheckThirdPartyBuckets(policy::LintContext& context);     // EP608

// aws_owned.cc
void CheckAwsBucketBehindOrg(policy::LintContext& context);    // EP602
void CheckAwsBucketResourceOrg(policy::LintContext& context);  // EP603
void CheckAwsOwnedResources(policy::LintContext& context);     // EP607

}  // namespace postern::authz
