#include "policy/removal.h"

namespace postern::policy {

std::optional<SourceRange> RangeWithComma(const Source& source, const Node& parent,
                                          const Node& item) {
  const std::string_view text = source.text();
  if (parent.count < 2 || parent.range.begin >= text.size() ||
      text[parent.range.begin] != (parent.IsArray() ? '[' : '{')) {
    return std::nullopt;
  }
  const Node* before = nullptr;
  const Node* after = nullptr;
  for (const Node& each : parent.children()) {
    if (each.range.begin < item.range.begin) before = &each;
    if (each.range.begin > item.range.begin && after == nullptr) after = &each;
  }
  const auto begin_of = [](const Node& node) {
    return node.key_range.empty() ? node.range.begin : node.key_range.begin;
  };
  // With the comma behind it; the last one with the comma in front.
  if (after != nullptr) return SourceRange{begin_of(item), begin_of(*after)};
  return SourceRange{before->range.end, item.range.end};
}

}  // namespace postern::policy
