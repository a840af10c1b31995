// Text inside XML 1.0.
#pragma once

#include <string>
#include <string_view>

namespace postern::cmd {

// For an attribute in double quotes or for text between tags; line ends stay. What XML does not
// allow (control characters, bytes that are not UTF-8) comes out as `?`.
std::string XmlText(std::string_view text);

}  // namespace postern::cmd
