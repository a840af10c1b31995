// Ids in a perimeter against each other and against what is the user's own.
#include <algorithm>
#include <string>
#include <vector>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::policy {
namespace {

bool Contains(const std::vector<std::string>& all, std::string_view one) {
  return std::ranges::find(all, one) != all.end();
}

bool IsFinal(std::string_view value) { return !HasWildcard(value) && !IsUnfinished(value); }

// The condition on `key` that restricts it with final values only, or null.
const Condition* FinalRestriction(const Statement& statement, std::string_view key) {
  for (const Condition& condition : statement.conditions) {
    if (!Restricts(condition) || !EqualsIgnoreAsciiCase(condition.key_node->key, key)) continue;
    const bool final = !condition.values.empty() &&
                       std::ranges::all_of(condition.values,
                                           [](const Node* value) { return IsFinal(value->text); });
    if (final) return &condition;
  }
  return nullptr;
}

// All accounts that the condition names are somebody else's.
bool NamesForeignAccounts(const LintContext& context, const Condition& condition) {
  return std::ranges::all_of(condition.values, [&](const Node* value) {
    return IsAccountId(value->text) && !Contains(context.facts().accounts, value->text);
  });
}

}  // namespace

void CheckOrganizationNotYours(LintContext& context) {
  const std::vector<std::string>& own = context.facts().organizations;
  if (own.empty()) return;
  ForEachEndpointCondition(context, [&](const Statement& statement, const Condition& condition) {
    const std::string_view key = condition.key_node->key;
    const OperatorTraits& traits = TraitsOf(condition.op->base);
    // Allow for one's own, or Deny for all but one's own.
    const bool means_own = (statement.effect == Effect::kAllow) != traits.negated;
    if (!IsOrganizationKey(key) || !means_own || traits.family != OperatorFamily::kString) return;
    for (const Node* value : condition.values) {
      const std::string_view id = OrganizationIn(value->text);
      if (!id.starts_with("o-") || !IsFinal(id) || Contains(own, id)) continue;
      context.Report("EP410", *value, Quote(id) + " is not your organization",
                     "write " + own.front() + ", or add the organization to postern.yaml");
    }
  });
}

void CheckOrganizationsDisagree(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || statement.effect != Effect::kAllow) continue;
    const Condition* const who = FinalRestriction(statement, "aws:PrincipalOrgID");
    const Condition* const what = FinalRestriction(statement, "aws:ResourceOrgID");
    if (who == nullptr || what == nullptr) continue;
    const bool share = std::ranges::any_of(who->values, [what](const Node* a) {
      return std::ranges::any_of(what->values, [a](const Node* b) { return a->text == b->text; });
    });
    if (share) continue;
    Diagnostic& finding = context.Report(
        "EP411", *what->values.front(),
        "aws:ResourceOrgID is " + Quote(what->values.front()->text) + ", aws:PrincipalOrgID is " +
            Quote(who->values.front()->text) +
            ": by this statement nobody reaches resources of the own organization",
        "write the same organization in both, unless the two belong to different owners");
    finding.related.push_back(
        {who->values.front()->range, "the organization of the callers is here"});
  }
}

void CheckThirdPartyOneSided(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint || context.facts().accounts.empty()) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || statement.effect != Effect::kAllow) continue;
    if (!HasStar(statement.resources) || !IsEveryone(statement)) continue;
    const Condition* const who = FinalRestriction(statement, "aws:PrincipalAccount");
    const Condition* const what = FinalRestriction(statement, "aws:ResourceAccount");
    if (who != nullptr && NamesForeignAccounts(context, *who) &&
        !RestrictsSide(statement, PerimeterSide::kResource)) {
      context.Report("EP415", *who->values.front(),
                     "identities of " + Quote(who->values.front()->text) +
                         ", which is not yours, reach any resource of any account",
                     "say whose resources with aws:ResourceAccount or aws:ResourceOrgID as well");
    }
    if (what != nullptr && NamesForeignAccounts(context, *what) &&
        !RestrictsSide(statement, PerimeterSide::kIdentity)) {
      context.Report("EP415", *what->values.front(),
                     "any identity reaches the resources of " + Quote(what->values.front()->text) +
                         ", which is not yours",
                     "say who may with aws:PrincipalOrgID or aws:PrincipalAccount as well");
    }
  }
}

}  // namespace postern::policy
