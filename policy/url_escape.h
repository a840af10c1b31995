// Percent-encoding, as IAM's API hands out policies.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postern::policy {

// The byte that `text` begins with as `%7B`, or nothing. A `+` stands for itself.
std::optional<char> UrlEscape(std::string_view text);

std::string DecodeUrl(std::string_view text);

}  // namespace postern::policy
