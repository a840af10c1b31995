#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <iostream>
#include <new>
#include <string_view>
#include <system_error>
#include <vector>

#include "cmd/cli.h"
#include "cmd/exit_code.h"
#include "cmd/fd_buffer.h"

namespace {

// Memory may run out on any thread and where nothing may be thrown; files are whole at any time.
void EndOutOfMemory() {
  constexpr std::string_view kMessage = "postern: error: out of memory\n";
  static_cast<void>(!::write(STDERR_FILENO, kMessage.data(), kMessage.size()));
  ::_exit(static_cast<int>(postern::cmd::ExitCode::kFailed));
}

}  // namespace

int main(int argc, char** argv) {
  using postern::cmd::ExitCode;
  // A closed pipe and a file that may not grow are errors of the write.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
  std::set_new_handler(&EndOutOfMemory);
  postern::cmd::FdBuffer in(STDIN_FILENO);
  postern::cmd::FdBuffer out(STDOUT_FILENO);
  std::streambuf* const old_in = std::cin.rdbuf(&in);
  std::streambuf* const old_out = std::cout.rdbuf(&out);

  const std::vector<std::string_view> args(argv + 1, argv + argc);
  int code = postern::cmd::Run(args, std::cin, std::cout, std::cerr);
  std::cout.flush();
  if (out.error() != 0 && out.error() != EPIPE) {
    std::cerr << "postern: error: cannot write the output: "
              << std::generic_category().message(out.error()) << '\n';
    code = static_cast<int>(postern::cmd::Worse(static_cast<ExitCode>(code), ExitCode::kFailed));
  }
  std::cin.rdbuf(old_in);
  std::cout.rdbuf(old_out);
  return code;
}
