// postern(1), in the man macros of roff.
#pragma once

#include <string>

#include "cmd/describe.h"

namespace postern::cmd {

std::string ManPage(const ProgramDescription& program);

}  // namespace postern::cmd
