// Actions that another one of the same list makes pointless.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/actions/checks.h"
#include "policy/rules/fixes.h"
#include "policy/rules/globs.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// No list that somebody wrote has more patterns; the rest of one that a machine made is left out.
constexpr std::size_t kMostCovers = 200;

const Node* FindStar(const PatternSet& actions) {
  const auto star =
      std::ranges::find_if(actions.patterns, [](const Node* each) { return each->text == "*"; });
  return star == actions.patterns.end() ? nullptr : *star;
}

// The items in lower case, and what is asked of them.
class FoldedList {
 public:
  explicit FoldedList(const PatternSet& actions) : actions_(actions) {
    for (std::size_t i = 0; i < actions.patterns.size(); ++i) {
      folded_.push_back(FoldAscii(actions.patterns[i]->text));
      first_.try_emplace(folded_.back(), i);
      // What a wildcard in the service matches is an assumption (A7).
      const std::string_view service =
          std::string_view(folded_.back()).substr(0, folded_.back().find(':'));
      const bool is_wide = HasWildcard(folded_.back()) && !HasWildcard(service);
      if (is_wide && wide_.size() < kMostCovers) wide_.push_back(i);
    }
  }

  // The first item before this one that is equal to it, or null.
  const Node* EarlierTwin(std::size_t item) const {
    const std::size_t first = first_.find(folded_[item])->second;
    return first == item ? nullptr : actions_.patterns[first];
  }

  // Another item that matches all that this one does, or null. Of two that match the same, the
  // first stays.
  const Node* FindCover(std::size_t item) const {
    for (const std::size_t i : wide_) {
      if (folded_[i] == folded_[item] || !Covers(folded_[i], folded_[item])) continue;
      if (i < item || !Covers(folded_[item], folded_[i])) return actions_.patterns[i];
    }
    return nullptr;
  }

 private:
  const PatternSet& actions_;
  std::vector<std::string> folded_;
  std::unordered_map<std::string, std::size_t> first_;
  std::vector<std::size_t> wide_;  // those with a wildcard: no other covers anything
};

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
    const FoldedList list(actions);
    for (std::size_t i = 0; i < actions.patterns.size(); ++i) {
      if (list.EarlierTwin(i) != nullptr) continue;  // AC508
      const Node* cover = list.FindCover(i);
      if (cover == nullptr) continue;
      const Node& item = *actions.patterns[i];
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
    const FoldedList list(actions);
    for (std::size_t i = 0; i < actions.patterns.size(); ++i) {
      const Node* twin = list.EarlierTwin(i);
      if (twin == nullptr) continue;
      const Node& item = *actions.patterns[i];
      Diagnostic& finding =
          context.Report("AC508", item, Quote(item.text) + " is listed twice", "remove one");
      finding.related.push_back({twin->range, "listed here first"});
      AddRemoval(finding, context.document(), *actions.node, item, FixSafety::kSafe);
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
