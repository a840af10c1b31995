// Keys of a service against the actions of their statement: a request that never carries the key
// never meets a condition that asks for it.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/conditions/checks.h"
#include "policy/rules/conditions/parts.h"

namespace postern::policy {
namespace {

bool IsGlobalKey(const Catalogue& catalogue, std::string_view name) {
  return std::ranges::any_of(catalogue.GlobalConditionKeys(), [name](const ConditionKey& key) {
    return EqualsIgnoreAsciiCase(key.name, name);
  });
}

// Whether the catalogue knows the action and everything that its requests can carry, and the key is
// not among it.
bool NeverCarries(const Catalogue& catalogue, std::string_view action, std::string_view key_name) {
  if (HasWildcard(action) || IsUnfinished(action)) return false;
  const std::size_t colon = action.find(':');
  if (colon == action.npos) return false;
  const std::string_view service = action.substr(0, colon);
  if (!catalogue.HasService(service) || !catalogue.HoldsActionsOf(service)) return false;
  // Another service's key may come with the session.
  const std::string_view prefix = key_name.substr(0, key_name.find(':'));
  if (!EqualsIgnoreAsciiCase(service, prefix)) return false;
  const auto known = catalogue.FindAction(service, action.substr(colon + 1));
  if (!known) return false;
  return std::ranges::none_of(catalogue.ConditionKeysOf(*known), [key_name](std::string_view each) {
    return EqualsIgnoreAsciiCase(each, key_name);
  });
}

std::string List(const std::vector<std::string_view>& names) {
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kShown; ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += Quote(names[i]);
  }
  if (names.size() > kShown) text += " and " + std::to_string(names.size() - kShown) + " more";
  return text;
}

}  // namespace

void CheckKeyForAction(LintContext& context) {
  const Catalogue& catalogue = context.catalogue();
  ForEachCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (!statement.actions || statement.actions->negated) return;
    if (statement.conditions.size() > kManyConditions) return;
    if (HoldsWithoutKey(condition) != false) return;
    const auto key = catalogue.FindConditionKey(condition.key_node->key);
    if (!key || key->name.starts_with("aws:") || IsGlobalKey(catalogue, key->name)) return;
    // Systems Manager sends tags with more actions than its page lists.
    if (key->name.starts_with("ssm:") && key->has_tail) return;
    std::vector<std::string_view> misfits;
    for (const Node* action : statement.actions->patterns) {
      if (NeverCarries(catalogue, action->text, key->name)) misfits.push_back(action->text);
    }
    if (misfits.empty()) return;
    const bool all = misfits.size() == statement.actions->patterns.size();
    context.ReportKey(
        "CO728", *condition.key_node,
        Quote(condition.key_node->key) + " is in no request of " + List(misfits) +
            (all ? ": the statement never applies"
                 : std::string(": never ") + (IsAllow(statement) ? "allowed" : "denied") + " here"),
        all ? "remove the condition, or name an action that has the key"
            : "give those actions a statement without this condition");
  });
}

}  // namespace postern::policy
