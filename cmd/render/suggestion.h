// A fix as text: what it does, and the lines that it changes.
#pragma once

#include <string>
#include <string_view>

#include "cmd/render/snippet.h"
#include "policy/diagnostic.h"
#include "policy/source.h"

namespace postern::cmd {

// At most this many lines of one place are drawn before and after; the rest is counted.
inline constexpr std::size_t kSuggestedLines = 6;

// "  fix:  write `Version`", then for each place the lines as they are (`-`) and would be (`+`).
// `by_hand`: why it is not applied; "" if it can be.
std::string FixAsText(const policy::Source& source, const policy::Fix& fix,
                      std::string_view by_hand, const Palette& palette);

}  // namespace postern::cmd
