// What IAM takes in a role trust policy, and which action goes with which caller.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/fixes.h"
#include "policy/rules/parts.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"
#include "policy/rules/trust/checks.h"

namespace postern::policy {
namespace {

constexpr std::string_view kAssumeRole = "sts:AssumeRole";
constexpr std::string_view kWithSaml = "sts:AssumeRoleWithSAML";
constexpr std::string_view kWithWebIdentity = "sts:AssumeRoleWithWebIdentity";
constexpr std::string_view kAssumeActions[] = {kAssumeRole, kWithSaml, kWithWebIdentity};

constexpr std::string_view kTrustActions[] = {
    kAssumeRole,     kWithSaml, kWithWebIdentity, "sts:TagSession", "sts:SetSourceIdentity",
    "sts:SetContext"};

// The action that callers of this sort use; "" where the text does not tell.
std::string_view ActionFor(const PrincipalEntry& entry) {
  const std::string_view text = entry.value->text;
  if (IsUnfinished(text)) return {};
  switch (entry.type) {
    case PrincipalType::kAws:
      return text == "*" ? std::string_view() : kAssumeRole;
    case PrincipalType::kService:
      return kAssumeRole;
    case PrincipalType::kFederated:
      if (!IsArn(text)) return text == "*" ? std::string_view() : kWithWebIdentity;
      if (SplitConcreteArn(text).resource().starts_with("saml-provider/")) return kWithSaml;
      if (SplitConcreteArn(text).resource().starts_with("oidc-provider/")) return kWithWebIdentity;
      return {};
    case PrincipalType::kCanonicalUser:
      break;
  }
  return {};
}

}  // namespace

void CheckTrustResource(LintContext& context) {
  if (context.kind() != PolicyKind::kTrust) return;
  for (const Statement& statement : context.document().statements()) {
    if (!statement.resources) continue;
    const Node& node = *statement.resources->node;
    Diagnostic& finding = context.ReportKey(
        "TR101", node,
        "a role trust policy has no " + std::string(node.key) + ": it is about its own role",
        "remove it");
    AddRemoval(finding, context.document(), *statement.node, node, FixSafety::kSafe);
  }
}

void CheckTrustAction(LintContext& context) {
  if (context.kind() != PolicyKind::kTrust) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || !statement.actions) continue;
    for (const Node* action : statement.actions->patterns) {
      const std::string_view text = action->text;
      if (HasWildcard(text) || IsUnfinished(text) || ServiceOf(text).empty()) continue;
      if (IsOneOf(text, kTrustActions)) continue;
      context.Report(
          "TR104", *action,
          "a role trust policy takes actions that assume a role only, not " + Quote(text),
          "use sts:AssumeRole; what the role may do belongs in its identity policies");
    }
  }
}

void CheckTrustPrincipalActionMismatch(LintContext& context) {
  if (context.kind() != PolicyKind::kTrust) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !statement.principal || !statement.actions ||
        statement.actions->negated) {
      continue;
    }
    const bool assumes = std::ranges::any_of(kAssumeActions, [&statement](std::string_view action) {
      return CoversAction(statement, action);
    });
    if (!assumes) continue;  // sts:TagSession in a statement of its own
    for (const PrincipalEntry& entry : statement.principal->entries) {
      const std::string_view wanted = ActionFor(entry);
      if (wanted.empty() || CoversAction(statement, wanted)) continue;
      context.Report("TR105", *entry.value,
                     "callers of " + Quote(entry.value->text) + " assume a role with " +
                         std::string(wanted) + ", which this statement does not allow",
                     "write `\"Action\": \"" + std::string(wanted) + "\"`");
    }
  }
}

void CheckTrustFederatedFormat(LintContext& context) {
  if (context.kind() != PolicyKind::kTrust) return;
  for (const Statement& statement : context.document().statements()) {
    if (!statement.principal) continue;
    for (const PrincipalEntry& entry : statement.principal->entries) {
      const std::string_view text = entry.value->text;
      if (entry.type != PrincipalType::kFederated || IsUnfinished(text)) continue;
      const bool url = text.find("://") != text.npos;
      const std::string_view resource = SplitConcreteArn(text).resource();
      const bool other_arn = IsArn(text) && !resource.starts_with("saml-provider/") &&
                             !resource.starts_with("oidc-provider/");
      if (!url && !other_arn && !HasWildcard(text)) continue;
      context.Report("TR106", *entry.value,
                     Quote(text) + " is no identity provider that a role can trust",
                     "write the provider's ARN, `arn:aws:iam::ACCOUNT:oidc-provider/HOST` or "
                     "`arn:aws:iam::ACCOUNT:saml-provider/NAME`");
    }
  }
}

void CheckRolesAnywhereActions(LintContext& context) {
  if (context.kind() != PolicyKind::kTrust) return;
  constexpr std::string_view kService = "rolesanywhere.amazonaws.com";
  constexpr std::string_view kNeeded[] = {kAssumeRole, "sts:TagSession", "sts:SetSourceIdentity"};
  const Node* service = nullptr;
  std::vector<bool> allowed(std::size(kNeeded), false);
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !statement.principal || statement.principal->negated) continue;
    for (const PrincipalEntry& entry : statement.principal->entries) {
      if (entry.type != PrincipalType::kService || entry.value->text != kService) continue;
      if (service == nullptr) service = entry.value;
      for (std::size_t i = 0; i < std::size(kNeeded); ++i) {
        if (CoversAction(statement, kNeeded[i])) allowed[i] = true;
      }
    }
  }
  if (service == nullptr) return;
  for (std::size_t i = 0; i < std::size(kNeeded); ++i) {
    if (allowed[i]) continue;
    context.Report("TR112", *service,
                   "IAM Roles Anywhere needs " + std::string(kNeeded[i]) +
                       " too, which no statement allows it",
                   "allow it sts:AssumeRole, sts:TagSession and sts:SetSourceIdentity");
    return;
  }
}

}  // namespace postern::policy
