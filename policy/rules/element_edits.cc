#include "policy/rules/element_edits.h"

#include <utility>

namespace postern::policy {

Fix RemoveElement(bool safe, std::string title, const Node& list, const Node& element) {
  Fix fix{safe, std::move(title), {}};
  const Node* before = nullptr;
  const Node* after = nullptr;
  for (const Node& each : list.children()) {
    if (&each < &element) before = &each;
    if (&each > &element && after == nullptr) after = &each;
  }
  const auto begin_of = [](const Node& node) {
    return node.key_range.empty() ? node.range.begin : node.key_range.begin;
  };
  if (after != nullptr) {
    fix.edits.push_back({{begin_of(element), begin_of(*after)}, {}});
  } else if (before != nullptr) {
    fix.edits.push_back({{before->range.end, element.range.end}, {}});
  }
  return fix;
}

void OfferRename(Diagnostic& finding, const Source& source, const Node& member,
                 std::string_view name) {
  if (source.Slice(member.key_range) != "\"" + std::string(member.key) + "\"") return;
  const std::string text(name);
  finding.fixes.push_back(
      {false, "write `" + text + "`", {{member.key_range, "\"" + text + "\""}}});
}

}  // namespace postern::policy
