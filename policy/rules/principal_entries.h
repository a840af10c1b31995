// Ways through the principals of a policy.
#pragma once

#include "policy/language/principals.h"
#include "policy/rule.h"
#include "policy/rules/texts.h"

namespace postern::policy {

// A gateway endpoint takes no entry but `*`: EP103 and EP104 say all that there is to say.
inline bool TakesNamedPrincipals(const LintContext& context) {
  return context.kind() != PolicyKind::kEndpoint ||
         context.facts().endpoint.type != EndpointType::kGateway;
}

// Every entry whose text is final.
template <typename Visit>
void ForEachPrincipal(LintContext& context, Visit visit) {
  if (!TakesNamedPrincipals(context)) return;
  for (const Statement& statement : context.document().statements()) {
    if (!statement.principal) continue;
    for (const PrincipalEntry& entry : statement.principal->entries) {
      if (!IsUnfinished(entry.value->text)) visit(statement, entry);
    }
  }
}

}  // namespace postern::policy
