// The completion scripts of shells, from what the program's set-up says.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cmd/describe.h"

namespace postern::cmd {

struct Shell {
  std::string_view name;
  std::string (*draw)(const ProgramDescription& program);
};

std::span<const Shell> Shells();

}  // namespace postern::cmd
