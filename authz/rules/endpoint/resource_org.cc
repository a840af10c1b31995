#include <string>

#include "authz/resource_keys.h"
#include "authz/rules/endpoint/checks.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::authz {
namespace {

// The condition that wants a key about the resource's owner, or null.
const policy::Condition* OwnerLimit(const policy::Statement& statement) {
  for (const policy::Condition& condition : statement.conditions) {
    if (policy::Restricts(condition) &&
        policy::PerimeterSideOf(condition.key_node->key) == policy::PerimeterSide::kResource) {
      return &condition;
    }
  }
  return nullptr;
}

}  // namespace

void CheckResourceOrgUnsupported(policy::LintContext& context) {
  if (context.kind() != policy::PolicyKind::kEndpoint) return;
  for (const policy::Statement& statement : context.document().statements()) {
    if (!policy::IsSound(statement) || statement.effect != policy::Effect::kAllow ||
        !statement.actions || statement.actions->negated) {
      continue;
    }
    const policy::Condition* const limit = OwnerLimit(statement);
    if (limit == nullptr) continue;
    for (const policy::Node* action : statement.actions->patterns) {
      const std::string folded = policy::FoldAscii(action->text);
      const std::size_t colon = folded.find(':');
      if (colon == folded.npos) continue;
      const std::string_view vendor = std::string_view(folded).substr(0, colon);
      const std::string_view name = std::string_view(folded).substr(colon + 1);
      if (policy::HasWildcard(vendor) || policy::IsUnfinished(folded) ||
          (policy::HasWildcard(name) && vendor != "ebs" && vendor != "events") ||
          !CarriesNoResourceAccount(vendor, name)) {
        continue;
      }
      auto& finding = context.Report("EP412", *action,
                                     "requests for " + policy::Quote(action->text) + " carry no " +
                                         policy::Quote(limit->key_node->key) +
                                         ": this statement never allows them",
                                     "allow it in a statement of its own, without the key");
      finding.related.push_back({limit->key_node->key_range, "the condition is here"});
    }
  }
}

}  // namespace postern::authz
