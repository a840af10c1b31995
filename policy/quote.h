// User text in messages.
#pragma once

#include <string>
#include <string_view>

namespace postern::policy {

// In backticks, on one line, cut behind about 60 characters.
std::string Quote(std::string_view text);

// "an endpoint policy".
std::string WithArticle(std::string_view noun);

}  // namespace postern::policy
