// Policies that say no more than the one an endpoint has by default.
#include <algorithm>
#include <string>

#include "policy/quote.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::policy {
namespace {

// Both organization keys behind the Resource of the statement. Only where the file is JSON, and the
// policy stands in it as it is.
void OfferPerimeter(const LintContext& context, const Statement& statement, Diagnostic& finding) {
  const Tree& tree = context.document().tree();
  if (context.facts().organizations.size() != 1 || tree.layers() != 0 ||
      !tree.source().Slice(statement.node->range).starts_with('{')) {
    return;
  }
  const std::string& id = context.facts().organizations.front();
  const std::uint32_t end = statement.resources->node->range.end;
  finding.fixes.push_back({false,
                           "allow the organization's identities and resources only",
                           {{{end, end},
                             ", \"Condition\": {\"StringEquals\": {\"aws:PrincipalOrgID\": \"" +
                                 id + "\", \"aws:ResourceOrgID\": \"" + id + "\"}}"}}});
}

void ReportFullAccess(LintContext& context, bool everything) {
  // An endpoint of a service that is not AWS's has full access always.
  if (context.kind() != PolicyKind::kEndpoint || context.facts().endpoint.is_private) return;
  const Statement* const full = FindFullAccess(context.document());
  if (full == nullptr || HasStar(full->actions) != everything) return;
  const std::string what = everything ? "this is the policy that an endpoint has by default"
                                      : "this is the default policy in other words";
  Diagnostic& finding = context.Report(
      everything ? "EP401" : "EP402", *full->actions->node,
      what +
          ": it stops nobody, and any identity may ask for any resource of any account through it",
      "allow it with StringEquals on aws:PrincipalOrgID and aws:ResourceOrgID, and what AWS "
      "services and AWS's own resources need in statements of their own");
  OfferPerimeter(context, *full, finding);
}

}  // namespace

void CheckFullAccess(LintContext& context) { ReportFullAccess(context, true); }

void CheckFullAccessToService(LintContext& context) { ReportFullAccess(context, false); }

}  // namespace postern::policy
