// Fixes that rules attach to their findings. They attach none where the text is written in a way
// that they cannot rewrite.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "policy/diagnostic.h"
#include "policy/document.h"

namespace postern::policy {

// Safe: the same decision for every request, or AWS refuses the document as it stands.
enum class FixSafety : std::uint8_t { kUnsafe, kSafe };

// Puts `text` in the place of value.text[begin, end).
void AddRewrite(Diagnostic& finding, const PolicyDocument& document, const Node& value,
                std::size_t begin, std::size_t end, std::string_view text, FixSafety safety);
// The same for all of the value's text.
void AddRewrite(Diagnostic& finding, const PolicyDocument& document, const Node& value,
                std::string_view text, FixSafety safety);
// Gives a member another name.
void AddRename(Diagnostic& finding, const PolicyDocument& document, const Node& member,
               std::string_view name, FixSafety safety);
// Takes `item` out of a list or an object that has more of them, with the comma that belongs to it.
void AddRemoval(Diagnostic& finding, const PolicyDocument& document, const Node& list,
                const Node& item, FixSafety safety);
// Adds `text` to a list, or makes one of a value that stands alone.
void AddItem(Diagnostic& finding, const PolicyDocument& document, const Node& list,
             std::string_view text, FixSafety safety);

}  // namespace postern::policy
