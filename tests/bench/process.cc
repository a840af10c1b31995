#include "tests/bench/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <sstream>

#include "tests/bench/prepared.h"

namespace postern::bench {

std::string OwnFolder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path().string();
}

std::string OutputOf(const std::vector<std::string>& program) {
  std::vector<char*> arguments;
  for (const std::string& argument : program) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw BenchError{"no pipe"};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  pid_t child = 0;
  const int failed =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string text;
  std::array<char, 4096> buffer{};
  while (failed == 0) {
    const ssize_t count = read(ends[0], buffer.data(), buffer.size());
    if (count <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  close(ends[0]);
  int status = 0;
  if (failed != 0 || waitpid(child, &status, 0) < 0 || status != 0) {
    throw BenchError{fmt::format("`{}` failed", fmt::join(program, " "))};
  }
  return text;
}

Measured Measure(const Launch& launch) {
  std::vector<std::string> program = {OwnFolder() + "/postern_bench_launch",
                                      std::to_string(launch.together)};
  program.insert(program.end(), launch.program.begin(), launch.program.end());
  std::istringstream line(OutputOf(program));
  Measured run;
  double kilobytes = 0;
  line >> run.wall_ns >> run.processor_ns >> kilobytes >> run.status;
  if (!line) throw BenchError{"postern_bench_launch did not answer"};
  run.megabytes = kilobytes / 1024;
  return run;
}

}  // namespace postern::bench
