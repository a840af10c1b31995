// "did you mean": only for small slips.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace postern::cmd {

// "; did you mean `lint`?" or "". Compares without case.
std::string DidYouMean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace postern::cmd
