// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// prefix.cc
void CheckArnPrefix(LintContext& context);      // RS601
void CheckTooFewFields(LintContext& context);   // RS602
void CheckNotAnArnButS3(LintContext& context);  // RS618

// fields.cc
void CheckPartition(LintContext& context);          // RS603
void CheckServiceCase(LintContext& context);        // RS604
void CheckUnknownArnService(LintContext& context);  // RS605
void CheckRegionUnknown(LintContext& context);      // RS611
void CheckWildcardInService(LintContext& context);  // RS623

// arns.cc
void CheckAccountNotAllowed(LintContext& context);  // RS606
void CheckRegionNotAllowed(LintContext& context);   // RS607
void CheckAccountMissing(LintContext& context);     // RS608
void CheckRegionMissing(LintContext& context);      // RS609
void CheckAccountFormat(LintContext& context);      // RS610

// shapes.cc
void CheckArnResourceShape(LintContext& context);  // RS612
void CheckResourceTypeCase(LintContext& context);  // RS630

// actions.cc
void CheckResourceNeedsStar(LintContext& context);           // RS613
void CheckResourceNeverMatchesAction(LintContext& context);  // RS614
void CheckLogGroupStar(LintContext& context);                // RS626
void CheckKmsAliasResource(LintContext& context);            // RS628

// s3.cc
void CheckBucketVersusObject(LintContext& context);  // RS615

// s3_names.cc
void CheckBucketPrefixGlued(LintContext& context);      // RS616
void CheckWildcardSpansSegments(LintContext& context);  // RS617
void CheckBucketName(LintContext& context);             // RS619
void CheckTrailingSlash(LintContext& context);          // RS620
void CheckDuplicateSlash(LintContext& context);         // RS631

// lists.cc
void CheckEffectivelyStar(LintContext& context);    // RS621
void CheckRedundantResource(LintContext& context);  // RS622
void CheckPartitionMix(LintContext& context);       // RS624
void CheckAllowNotResource(LintContext& context);   // RS629

// names.cc
void CheckSecretSuffix(LintContext& context);       // RS625
void CheckTableWithoutIndex(LintContext& context);  // RS627

}  // namespace postern::policy
