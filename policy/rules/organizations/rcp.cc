// What AWS Organizations takes in a resource control policy.
#include <algorithm>
#include <string>
#include <string_view>

#include "policy/catalogue.h"
#include "policy/quote.h"
#include "policy/rules/organizations/checks.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// The policy RCPFullAWSAccess, which AWS attaches by itself.
bool IsFullAccess(const Statement& statement) {
  return statement.conditions.empty() && OnEveryAction(statement) && OnEveryResource(statement) &&
         IsForEveryone(statement);
}

}  // namespace

void CheckRcpPrincipal(LintContext& context) {
  if (context.kind() != PolicyKind::kRcp) return;
  for (const Statement& statement : context.document().statements()) {
    if (!statement.principal || statement.principal->negated || IsForEveryone(statement)) continue;
    if (statement.principal->entries.empty()) continue;
    Diagnostic& finding = context.Report(
        "OR108", *statement.principal->entries.front().value,
        "a resource control policy takes Principal `*` only",
        "write `\"Principal\": \"*\"`, and tell callers apart with aws:PrincipalArn in "
        "Condition");
    if (context.document().tree().layers() > 0) continue;  // its quotes would need escapes
    finding.fixes.push_back({false, "write `*`", {{statement.principal->node->range, "\"*\""}}});
  }
}

void CheckRcpAllow(LintContext& context) {
  if (context.kind() != PolicyKind::kRcp) return;
  for (const Statement& statement : context.document().statements()) {
    const bool is_default = context.document().statements().size() == 1 && IsFullAccess(statement);
    if (!IsSoundAllow(statement) || is_default) continue;
    const Node* const effect = statement.node->Find("Effect");
    if (effect == nullptr) continue;
    context.Report(
        "OR109", *effect, "a resource control policy denies only",
        "write a Deny with the condition turned round: RCPFullAWSAccess allows the rest");
  }
}

void CheckRcpNotAction(LintContext& context) {
  if (context.kind() != PolicyKind::kRcp) return;
  for (const Statement& statement : context.document().statements()) {
    if (!statement.actions || !statement.actions->negated) continue;
    context.ReportKey("OR110", *statement.actions->node,
                      "a resource control policy takes no NotAction", "list the actions in Action");
  }
}

void CheckRcpAction(LintContext& context) {
  if (context.kind() != PolicyKind::kRcp) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundDeny(statement) || !statement.actions || statement.actions->negated) continue;
    for (const Node* pattern : statement.actions->patterns) {
      const std::string_view text = pattern->text;
      if (text == "*") {
        context.Report("OR111", *pattern, "a resource control policy takes no Action `*`",
                       "name the service: `s3:*`");
        continue;
      }
      const std::string_view service = ServiceOf(text);
      if (service.empty() || IsUnfinished(text) || !context.catalogue().HasService(service)) {
        continue;
      }
      if (context.catalogue().IsRcpCapable(service)) continue;
      context.Report("OR111", *pattern, "resource control policies do not reach " + Quote(service),
                     "remove the action: " + std::string(context.catalogue().date()) +
                         " is the day of this list of services");
    }
  }
}

}  // namespace postern::policy
