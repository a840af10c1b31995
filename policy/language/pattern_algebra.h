// What two patterns have to do with one another, asked of their token text (wildcard.h) and not of
// any value. A variable may stand for any text.
#pragma once

#include <cstddef>
#include <string_view>

namespace postern::policy {

// How many steps a pair of patterns may take; a longer pair cannot be told.
inline constexpr std::size_t kPatternPairSteps = 1'000'000;

// Whether `outer` matches everything that `inner` matches. True is sure; false means that it does
// not, or that it cannot be told. The product of the lengths bounds the steps.
bool Includes(std::string_view outer, std::string_view inner);

// Whether some text matches both. False is sure; true means that one does, or that it cannot be
// told. Bounded likewise.
bool Intersects(std::string_view a, std::string_view b);

}  // namespace postern::policy
