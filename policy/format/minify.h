// The white space between the tokens of a JSON text.
#pragma once

#include <string>
#include <string_view>

namespace postern::policy {

// `json` without it, and otherwise byte for byte as it is. Text that is no JSON loses what stands
// outside quotes.
std::string WithoutWhiteSpace(std::string_view json);

}  // namespace postern::policy
