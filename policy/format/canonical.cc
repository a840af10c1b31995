#include "policy/format/canonical.h"

#include <algorithm>

#include "policy/element_order.h"
#include "policy/language/fold.h"

namespace postern::policy {
namespace {

void OrderStatement(Part& statement, CanonicalOptions options) {
  if (!statement.IsObject()) return;
  OrderMembers(statement, kStatementOrder);
  if (options.sort_lists) SortLists(statement);
}

}  // namespace

void SortLists(Part& part) {
  for (Part& child : part.children) SortLists(child);
  const auto is_scalar = [](const Part& item) { return !item.IsObject() && !item.IsArray(); };
  if (!part.IsArray() || !std::ranges::all_of(part.children, is_scalar)) return;
  std::ranges::stable_sort(part.children, [](const Part& a, const Part& b) {
    return LessIgnoreAsciiCase(a.scalar->text, b.scalar->text);
  });
}

void OrderMembers(Part& object, std::span<const std::string_view> order) {
  const auto rank = [order](const Part& member) {
    return std::ranges::find(order, member.member->key) - order.begin();
  };
  std::ranges::stable_sort(object.children, {}, rank);
}

Part Canonical(const Node& root, CanonicalOptions options) {
  Part part = PartOf(root);
  OrderMembers(part, kDocumentOrder);
  for (Part& member : part.children) {
    if (member.member->key != "Statement") continue;
    OrderStatement(member, options);
    if (!member.IsArray()) continue;
    for (Part& statement : member.children) OrderStatement(statement, options);
  }
  return part;
}

}  // namespace postern::policy
