#include "cmd/rule_selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

#include "cmd/rule_aliases.h"
#include "policy/suggest.h"

namespace postern::cmd {
namespace {

using policy::Rule;

std::vector<std::string> SplitLists(const std::vector<std::string>& lists) {
  std::vector<std::string> items;
  for (const std::string& list : lists) {
    std::size_t begin = 0;
    while (begin <= list.size()) {
      const std::size_t end = std::min(list.find(',', begin), list.size());
      std::string_view item = std::string_view(list).substr(begin, end - begin);
      while (item.starts_with(' ')) item.remove_prefix(1);
      while (item.ends_with(' ')) item.remove_suffix(1);
      if (!item.empty()) items.emplace_back(item);
      begin = end + 1;
    }
  }
  return items;
}

bool SameWithoutCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

bool AnswersAny(const Rule& rule, const std::vector<std::string>& selectors) {
  return std::any_of(selectors.begin(), selectors.end(),
                     [&](const std::string& selector) { return Answers(rule, selector); });
}

bool MakesUnreadable(const Rule& rule) {
  return rule.severity == policy::Severity::kError &&
         (rule.code.starts_with("JS") || rule.code.starts_with("GR"));
}

}  // namespace

bool Answers(const Rule& rule, std::string_view selector) {
  selector = WithoutAlias(selector);
  if (SameWithoutCase(selector, "ALL") || rule.name == selector) return true;
  return selector.size() <= rule.code.size() &&
         SameWithoutCase(rule.code.substr(0, selector.size()), selector);
}

std::string UnknownSelector(std::span<const Rule> all, std::string_view selector) {
  const auto answers = [&](const Rule& rule) { return Answers(rule, selector); };
  if (std::any_of(all.begin(), all.end(), answers)) return {};
  std::vector<std::string_view> names;
  for (const Rule& rule : all) {
    names.push_back(rule.code);
    names.push_back(rule.name);
  }
  return fmt::format("no rule is called `{}`{}", selector,
                     policy::DidYouMean(selector, names, "; "));
}

tl::expected<std::vector<Rule>, std::string> SelectRules(std::span<const Rule> all,
                                                         const RuleSelection& selection) {
  const std::vector<std::string> select = SplitLists(selection.select);
  const std::vector<std::string> ignore = SplitLists(selection.ignore);
  for (const std::vector<std::string>* selectors : {&select, &ignore}) {
    for (const std::string& selector : *selectors) {
      std::string error = UnknownSelector(all, selector);
      if (!error.empty()) return tl::make_unexpected(std::move(error));
    }
  }
  std::vector<Rule> rules;
  for (const Rule& rule : all) {
    if (AnswersAny(rule, ignore)) continue;
    const bool by_itself =
        rule.status == policy::RuleStatus::kStable || selection.preview ||
        std::find(selection.also.begin(), selection.also.end(), rule.code) != selection.also.end();
    const bool on = select.empty() ? by_itself : AnswersAny(rule, select) || MakesUnreadable(rule);
    if (on) rules.push_back(rule);
  }
  return rules;
}

}  // namespace postern::cmd
