// Numbers as JSON and YAML write them.
#pragma once

#include <string_view>

namespace postern::policy {

// The whole of `text` is a number by RFC 8259.
bool IsJsonNumber(std::string_view text);
// The same by the JSON schema of YAML 1.2 (section 10.2.1.2), which takes `1.` too.
bool IsYamlNumber(std::string_view text);

}  // namespace postern::policy
