// The program as a function: tests call it as `main` does.
#pragma once

#include <istream>
#include <ostream>
#include <span>
#include <string_view>

namespace postern::cmd {

// `args` without the program's name. Returns the exit code (exit_code.h). Results go to `out`, what
// is said about the run to `err`. Nothing escapes as an exception.
int Run(std::span<const std::string_view> args, std::istream& in, std::ostream& out,
        std::ostream& err);

}  // namespace postern::cmd
