// Actions that another one of the same list makes pointless.
#include <algorithm>
#include <string>
#include <vector>

#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/actions/checks.h"
#include "policy/rules/fixes.h"
#include "policy/rules/globs.h"

namespace postern::policy {
namespace {

const Node* FindStar(const PatternSet& actions) {
  const auto star =
      std::ranges::find_if(actions.patterns, [](const Node* each) { return each->text == "*"; });
  return star == actions.patterns.end() ? nullptr : *star;
}

// The first item before this one that is equal to it.
const Node* EarlierTwin(const PatternSet& actions, const Node& item) {
  for (const Node* each : actions.patterns) {
    if (each == &item) break;
    if (EqualsIgnoreAsciiCase(each->text, item.text)) return each;
  }
  return nullptr;
}

// Another item that matches all that this one does. Of two that match the same, the first stays.
const Node* FindCover(const PatternSet& actions, const std::vector<std::string>& folded,
                      std::size_t item) {
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (folded[i] == folded[item] || folded[i].find_first_of("*?") == std::string::npos) continue;
    if (!Covers(folded[i], folded[item])) continue;
    if (i > item && Covers(folded[item], folded[i])) continue;
    return actions.patterns[i];
  }
  return nullptr;
}

template <typename Visit>
void ForEachList(LintContext& context, Visit visit) {
  for (const Statement& statement : context.document().statements()) {
    if (statement.actions && statement.actions->patterns.size() > 1) visit(*statement.actions);
  }
}

}  // namespace

void CheckRedundantAction(LintContext& context) {
  ForEachList(context, [&context](const PatternSet& actions) {
    if (FindStar(actions) != nullptr) return;  // AC510
    std::vector<std::string> folded;
    for (const Node* each : actions.patterns) folded.push_back(FoldAscii(each->text));
    for (std::size_t i = 0; i < folded.size(); ++i) {
      const Node& item = *actions.patterns[i];
      if (EarlierTwin(actions, item) != nullptr) continue;  // AC508
      const Node* cover = FindCover(actions, folded, i);
      if (cover == nullptr) continue;
      Diagnostic& finding = context.Report(
          "AC507", item, Quote(item.text) + " is covered by " + Quote(cover->text) + " already",
          "remove it");
      finding.related.push_back({cover->range, "covers it"});
      AddRemoval(finding, context.document(), *actions.node, item, FixSafety::kSafe);
    }
  });
}

void CheckDuplicateAction(LintContext& context) {
  ForEachList(context, [&context](const PatternSet& actions) {
    for (const Node* item : actions.patterns) {
      const Node* twin = EarlierTwin(actions, *item);
      if (twin == nullptr) continue;
      Diagnostic& finding =
          context.Report("AC508", *item, Quote(item->text) + " is listed twice", "remove one");
      finding.related.push_back({twin->range, "listed here first"});
      AddRemoval(finding, context.document(), *actions.node, *item, FixSafety::kSafe);
    }
  });
}

void CheckStarAmongActions(LintContext& context) {
  ForEachList(context, [&context](const PatternSet& actions) {
    const Node* star = FindStar(actions);
    const auto is_other = [](const Node* each) { return each->text != "*"; };
    if (star == nullptr || std::ranges::none_of(actions.patterns, is_other)) return;
    Diagnostic& finding = context.Report("AC510", *star,
                                         "`*` is every action: the others beside it in " +
                                             std::string(actions.node->key) + " say nothing",
                                         "remove `*`, or the others");
    AddRemoval(finding, context.document(), *actions.node, *star, FixSafety::kUnsafe);
  });
}

}  // namespace postern::policy
