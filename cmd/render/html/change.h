// A change of a policy as a diff: the lines as they are and as they would be.
#pragma once

#include <string>
#include <string_view>

#include "policy/source.h"

namespace postern::cmd {

// `text` in the place of the bytes `at`. Three lines around it; of long lines what is near.
std::string DiffAsHtml(const policy::Source& source, policy::SourceRange at, std::string_view text);

}  // namespace postern::cmd
