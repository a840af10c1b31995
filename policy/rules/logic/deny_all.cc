#include <algorithm>

#include "policy/rules/logic/checks.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {

bool IsDenyAll(const Statement& statement) {
  return statement.conditions.empty() && OnEveryAction(statement) && OnEveryResource(statement) &&
         (!statement.principal || IsForEveryone(statement));
}

void CheckDenyAll(LintContext& context) {
  const auto statements = context.document().statements();
  // A policy of users, groups and roles that does nothing else means it: quarantine.
  const bool means_it =
      TraitsOf(context.kind()).principal == Requirement::kForbidden &&
      std::ranges::none_of(statements, [](const Statement& each) { return IsSoundAllow(each); });
  if (means_it) return;
  for (const Statement& statement : statements) {
    if (!IsSoundDeny(statement) || !IsDenyAll(statement)) continue;
    context.Report("LO909", *statement.node,
                   "this statement denies everything, to you too: nothing that another one allows "
                   "is allowed",
                   "narrow it, or remove the statements that it makes pointless");
  }
}

}  // namespace postern::policy
