// Taking an item out of a list or an object of a text.
#pragma once

#include <optional>

#include "policy/source.h"
#include "policy/tree.h"

namespace postern::policy {

// The item of `parent` with the comma that belongs to it. Absent for the only item, and in the
// block style of YAML, which has no commas.
std::optional<SourceRange> RangeWithComma(const Source& source, const Node& parent,
                                          const Node& item);

}  // namespace postern::policy
