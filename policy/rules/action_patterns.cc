#include "policy/rules/action_patterns.h"

#include <string>

#include "policy/language/fold.h"
#include "policy/language/pattern.h"
#include "policy/language/wildcard.h"
#include "policy/rules/texts.h"
#include "policy/suggest.h"

namespace postern::policy {

std::optional<ActionText> SplitAction(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos || colon == 0 || colon + 1 == text.size()) return std::nullopt;
  if (text.find(':', colon + 1) != text.npos || HasBlank(text) || IsUnfinished(text)) {
    return std::nullopt;
  }
  return ActionText{text.substr(0, colon), text.substr(colon + 1)};
}

std::vector<Action> ActionsMatching(const Catalogue& catalogue, const ActionText& action) {
  std::vector<Action> found;
  if (HasWildcard(action.service)) return found;
  if (!HasWildcard(action.name)) {
    if (const auto one = catalogue.FindAction(action.service, action.name)) found.push_back(*one);
    return found;
  }
  const std::string tokens = WildcardTokens(FoldAscii(action.name));
  const Pattern pattern(tokens);
  const std::string_view beginning = action.name.substr(0, action.name.find_first_of("*?"));
  for (const Action& each : catalogue.ActionsOf(action.service)) {
    // Most are told apart without folding a copy.
    if (!EqualsIgnoreAsciiCase(each.name.substr(0, beginning.size()), beginning)) continue;
    if (pattern.Matches(FoldAscii(each.name))) found.push_back(each);
  }
  return found;
}

std::string_view ClosestAction(const Catalogue& catalogue, const ActionText& action) {
  std::vector<std::string_view> names;
  for (const Action& each : catalogue.ActionsOf(action.service)) names.push_back(each.name);
  return ClosestName(action.name, names);
}

}  // namespace postern::policy
