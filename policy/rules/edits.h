// Fixes of one edit for findings.
#pragma once

#include <cstddef>
#include <string_view>

#include "policy/rule.h"

namespace postern::policy {

// Safe: the same decision for every request, or AWS refuses the document as it stands.
enum class FixSort { kUnsafe, kSafe };

// `text` in the place of the member's name, or of text()[begin, end) of a string. Nothing where the
// text is spelled in a way that does not show where that is. `text` has no character that a string
// of JSON would have to escape.
void RenameKey(const LintContext& context, Diagnostic& finding, const Node& member,
               std::string_view text, FixSort sort);
void ReplaceWithin(const LintContext& context, Diagnostic& finding, const Node& node,
                   std::size_t begin, std::size_t end, std::string_view text, FixSort sort);
inline void ReplaceText(const LintContext& context, Diagnostic& finding, const Node& node,
                        std::string_view text, FixSort sort) {
  ReplaceWithin(context, finding, node, 0, node.text.size(), text, sort);
}

}  // namespace postern::policy
