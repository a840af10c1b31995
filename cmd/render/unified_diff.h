// Two texts as a unified diff, as `patch -p0` reads it.
#pragma once

#include <string>
#include <string_view>

namespace postern::cmd {

// "" for equal texts. Three lines of context. Exact for up to kMaxDifferences lines that were
// taken out or put in; beyond, everything between the first and the last difference is one change.
inline constexpr int kMaxDifferences = 1000;
std::string UnifiedDiff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace postern::cmd
