// "did you mean": only for small slips.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace postern::policy {

// The candidate within two edits of `word` (one for short words), case ignored, a swap of
// neighbours counted as one; "" if there is none. The first one of several that are equally close.
std::string_view ClosestName(std::string_view word, std::span<const std::string_view> candidates);

// The same, but "" also where another candidate is within that distance.
std::string_view OnlyCloseName(std::string_view word, std::span<const std::string_view> candidates);

// "did you mean `lint`?" with `before` in front of it, or "" if no candidate is close.
std::string DidYouMean(std::string_view word, std::span<const std::string_view> candidates,
                       std::string_view before = "");

}  // namespace postern::policy
