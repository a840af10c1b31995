#include "policy/rules/rules.h"

namespace postern::policy {

void CheckEndpointNotPrincipal(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  for (const Statement& statement : context.document().statements()) {
    if (!statement.principal || !statement.principal->negated) continue;
    const bool allows = statement.effect == Effect::kAllow;
    Diagnostic& finding = context.ReportKey(
        "EP102", *statement.principal->node,
        allows
            ? "NotPrincipal works in an endpoint policy with Deny only"
            : "NotPrincipal in a Deny hits every session that is not listed together with its role "
              "and its account",
        "use `\"Principal\": \"*\"` with ArnNotLike on aws:PrincipalArn");
    if (allows) finding.severity = Severity::kError;
  }
}

}  // namespace postern::policy
