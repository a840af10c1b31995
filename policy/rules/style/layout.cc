// One way to write the same.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/element_order.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/style/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// The first member that stands behind one it should precede, or null; what it should precede.
struct Misplaced {
  const Node* member = nullptr;
  std::string_view before;
};

Misplaced FindMisplaced(const Node& object, std::span<const std::string_view> order) {
  std::size_t furthest = 0;
  std::string_view furthest_name;
  for (const Node& member : object.children()) {
    const auto place = std::ranges::find(order, member.key);
    if (place == order.end()) continue;
    const auto index = static_cast<std::size_t>(place - order.begin());
    if (index < furthest) return {&member, furthest_name};
    furthest = index;
    furthest_name = member.key;
  }
  return {};
}

void ReportMisplaced(LintContext& context, const Misplaced& misplaced) {
  if (misplaced.member == nullptr) return;
  context.ReportKey(
      "SU103", *misplaced.member,
      Quote(misplaced.member->key) + " usually stands before " + Quote(misplaced.before),
      "order: Version, Id, Statement; Sid, Effect, Principal, Action, Resource, "
      "Condition");
}

bool ComesBefore(const Node* a, const Node* b) { return LessIgnoreAsciiCase(a->text, b->text); }

// In one place of the source, as JSON.
bool IsWrittenAsList(const PolicyDocument& document, const Node& node) {
  return node.IsArray() && document.source().Slice(node.range).starts_with('[');
}

void CheckSorted(LintContext& context, const PatternSet& set) {
  if (set.patterns.size() < 2 || !IsWrittenAsList(context.document(), *set.node)) return;
  if (std::ranges::is_sorted(set.patterns, ComesBefore)) return;
  Diagnostic& finding = context.ReportKey(
      "SU104", *set.node, "the list of " + std::string(set.node->key) + " is not sorted",
      "sorted lists show duplicates, and changes as one line");
  std::vector<const Node*> sorted = set.patterns;
  std::ranges::stable_sort(sorted, ComesBefore);
  Fix& fix = finding.fixes.emplace_back();
  fix.safe = true;
  fix.title = "sort it";
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (sorted[i] == set.patterns[i]) continue;
    fix.edits.push_back(
        {set.patterns[i]->range, std::string(context.document().source().Slice(sorted[i]->range))});
  }
}

void CheckLone(LintContext& context, const Node& list) {
  if (list.count != 1 || !IsWrittenAsList(context.document(), list)) return;
  const Node& member = *list.children().begin();
  if (!member.IsString()) return;
  Diagnostic& finding = context.ReportKey(
      "SU105", list, "a list of one in " + Quote(list.key) + ", which takes a string by itself",
      "write the string alone");
  Fix& fix = finding.fixes.emplace_back();
  fix.safe = true;
  fix.title = "write the string alone";
  fix.edits.push_back({list.range, std::string(context.document().source().Slice(member.range))});
}

}  // namespace

void CheckCanonicalOrder(LintContext& context) {
  ReportMisplaced(context, FindMisplaced(context.document().root(), kDocumentOrder));
  for (const Statement& statement : context.document().statements()) {
    ReportMisplaced(context, FindMisplaced(*statement.node, kStatementOrder));
  }
}

void CheckSortedLists(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (statement.actions) CheckSorted(context, *statement.actions);
    if (statement.resources) CheckSorted(context, *statement.resources);
  }
}

void CheckLoneListMember(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    for (const auto* set : {&statement.actions, &statement.resources}) {
      // A member that had to be guessed is told of by others.
      if (*set && IsSound(statement)) CheckLone(context, *(*set)->node);
    }
    for (const Condition& condition : statement.conditions) {
      CheckLone(context, *condition.key_node);
    }
  }
}

void CheckStarObject(LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (!statement.principal || statement.principal->negated) continue;
    const PrincipalSet& set = *statement.principal;
    // Everyone, and nobody beside.
    const bool is_star = set.entries.size() == 1 && set.node->count == 1 &&
                         set.entries[0].type == PrincipalType::kAws &&
                         set.entries[0].value->text == "*";
    if (!is_star) continue;
    Diagnostic& finding =
        context.Report("SU106", *set.node, "`{\"AWS\": \"*\"}` is everyone, as `*` alone is",
                       "write `\"*\"`: readers take the object for AWS's own accounts");
    if (!context.document().source().Slice(set.node->range).starts_with('{')) continue;
    if (context.document().tree().layers() > 0) continue;
    finding.fixes.push_back({true, "write `\"*\"`", {{set.node->range, "\"*\""}}});
  }
}

}  // namespace postern::policy
