// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// syntax.cc
void CheckVariableUnclosed(LintContext& context);     // VA801
void CheckVariableDefault(LintContext& context);      // VA802
void CheckVariableBlank(LintContext& context);        // VA803
void CheckVariableEmpty(LintContext& context);        // VA804
void CheckVariableUnknown(LintContext& context);      // VA808
void CheckVariableMultivalued(LintContext& context);  // VA809

// versions.cc, placeholders.cc
void CheckVariablesNeedVersion(LintContext& context);  // VA805
void CheckPlaceholders(LintContext& context);          // VA811

// places.cc
void CheckVariablePlace(LintContext& context);        // VA806
void CheckVariableOperator(LintContext& context);     // VA807
void CheckVariableMaybeAbsent(LintContext& context);  // VA810

// templates.cc
void CheckTemplateSyntax(LintContext& context);      // VA812
void CheckBraceWithoutDollar(LintContext& context);  // VA813
void CheckLiteralRegionWord(LintContext& context);   // VA814

}  // namespace postern::policy
