// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// names.cc
void CheckUnknownOperator(LintContext& context);   // CO701
void CheckUnknownGlobalKey(LintContext& context);  // CO704

// operators.cc
void CheckSetPrefix(LintContext& context);       // CO702
void CheckNullIfExists(LintContext& context);    // CO703
void CheckNullWithSet(LintContext& context);     // CO727
void CheckConditionDepth(LintContext& context);  // CO757

// key_names.cc
void CheckUnknownServiceKey(LintContext& context);  // CO705
void CheckKeyFormat(LintContext& context);          // CO706
void CheckKeyCase(LintContext& context);            // CO708
void CheckTagKeyMissing(LintContext& context);      // CO730
void CheckOldKey(LintContext& context);             // CO739

// types.cc
void CheckOperatorType(LintContext& context);         // CO709
void CheckStringLikeOnArn(LintContext& context);      // CO710
void CheckWildcardWithoutLike(LintContext& context);  // CO719
void CheckStringOnBool(LintContext& context);         // CO756

// values.cc
void CheckBoolValue(LintContext& context);        // CO711
void CheckSeveralBools(LintContext& context);     // CO712
void CheckDateValue(LintContext& context);        // CO713
void CheckDatePassed(LintContext& context);       // CO714
void CheckNumberValue(LintContext& context);      // CO715
void CheckRedundantNumber(LintContext& context);  // CO741

// addresses.cc
void CheckAddressBlock(LintContext& context);     // CO716
void CheckHostBits(LintContext& context);         // CO717
void CheckPrivateSourceIp(LintContext& context);  // CO718

// sets.cc
void CheckIdWildcard(LintContext& context);            // CO720
void CheckIdVariable(LintContext& context);            // CO721
void CheckForAllValuesOnSingle(LintContext& context);  // CO723
void CheckForAllValuesVacuous(LintContext& context);   // CO724
void CheckForAnyValueOnSingle(LintContext& context);   // CO725
void CheckSetOperatorMissing(LintContext& context);    // CO726

// for_actions.cc
void CheckKeyForAction(LintContext& context);  // CO728

// ids.cc
void CheckVpcId(LintContext& context);             // CO732
void CheckEndpointId(LintContext& context);        // CO733
void CheckOrganizationId(LintContext& context);    // CO734
void CheckAccountKey(LintContext& context);        // CO735
void CheckOrganizationPath(LintContext& context);  // CO736
void CheckIdInWrongKey(LintContext& context);      // CO737
void CheckRegionValue(LintContext& context);       // CO738
void CheckValueCase(LintContext& context);         // CO755

// absent_keys.cc
void CheckNegatedAllow(LintContext& context);   // CO745
void CheckIfExistsAllow(LintContext& context);  // CO746
void CheckMfaAbsent(LintContext& context);      // CO750

// weak.cc
void CheckPairedKey(LintContext& context);                // CO740
void CheckCallersWord(LintContext& context);              // CO751
void CheckPrefixNegative(LintContext& context);           // CO752
void CheckAttributesWithoutSelect(LintContext& context);  // CO753

// constant.cc
void CheckConstantKey(LintContext& context);  // CO742
void CheckAlwaysTrue(LintContext& context);   // CO743
void CheckNeverTrue(LintContext& context);    // CO744
void CheckKmsKeyValue(LintContext& context);  // CO754

// contradictions.cc
void CheckDeniesExcludeEachOther(LintContext& context);  // CO748
void CheckContradiction(LintContext& context);           // CO758

}  // namespace postern::policy
