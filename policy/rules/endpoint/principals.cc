#include "policy/language/principals.h"

#include <string>

#include "policy/quote.h"
#include "policy/rules/endpoint/checks.h"

namespace postern::policy {
namespace {

bool IsGateway(const LintContext& context) {
  return context.kind() == PolicyKind::kEndpoint &&
         context.facts().endpoint.type == EndpointType::kGateway;
}

bool NamesAccount(const PrincipalEntry& entry) {
  return ParsePrincipal(entry.type, entry.value->text).form == PrincipalForm::kAccount;
}

// What a gateway endpoint does not take: everything but `*`.
template <typename Visit>
void ForEachNamedPrincipal(const PolicyDocument& document, Visit visit) {
  for (const Statement& statement : document.statements()) {
    if (!statement.principal || statement.principal->negated) continue;
    for (const PrincipalEntry& entry : statement.principal->entries) {
      if (entry.type != PrincipalType::kAws || entry.value->text != "*") visit(entry);
    }
  }
}

}  // namespace

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
    finding.severity = allows ? Severity::kError : Severity::kWarning;
  }
}

void CheckGatewayPrincipal(LintContext& context) {
  if (!IsGateway(context)) return;
  ForEachNamedPrincipal(context.document(), [&context](const PrincipalEntry& entry) {
    if (NamesAccount(entry)) return;  // EP104 says more
    context.Report("EP103", *entry.value,
                   "the policy of a gateway endpoint takes Principal `*` only, not " +
                       Quote(entry.value->text),
                   "use `\"Principal\": \"*\"` with ArnEquals on aws:PrincipalArn");
  });
}

void CheckGatewayAccountIsRoot(LintContext& context) {
  if (!IsGateway(context)) return;
  ForEachNamedPrincipal(context.document(), [&context](const PrincipalEntry& entry) {
    if (!NamesAccount(entry)) return;
    context.Report("EP104", *entry.value,
                   "on a gateway endpoint " + Quote(entry.value->text) +
                       " is the root user only, not the users and roles of the account",
                   "use `\"Principal\": \"*\"` with StringEquals on aws:PrincipalAccount");
  });
}

}  // namespace postern::policy
