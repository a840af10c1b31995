// The program is killed at every system call, one run each: between two of them nothing changes on
// the disk. Long before it writes, at every sixteenth.
#include <doctest/doctest.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/cmd/run_program.h"
#include "tests/files.h"

namespace postern {
namespace {

using Calls = std::vector<std::uint64_t>;

// A traced child stops at the entry and at the exit of every system call.
pid_t Start(const std::vector<std::string>& args) {
  const std::string program = testing::Program().string();
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const std::string& arg : args) argv.push_back(const_cast<char*>(arg.c_str()));
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child != 0) return child;
  // The leak checker of sanitized builds would trace the program itself.
  ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
  if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(126);
  ::close(STDOUT_FILENO);
  ::close(STDERR_FILENO);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

std::uint64_t CallOf(pid_t child) {
  __ptrace_syscall_info info{};
  ::ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info);
  return info.op == PTRACE_SYSCALL_INFO_ENTRY ? info.entry.nr : ~std::uint64_t{0};
}

// Kills the program at its stop number `last`, if there are so many. True if it ended before.
bool RunUntil(std::size_t last, const std::vector<std::string>& args, Calls& calls) {
  const pid_t child = Start(args);
  int status = 0;
  for (std::size_t stop = 0; ::waitpid(child, &status, 0) == child && WIFSTOPPED(status); ++stop) {
    if (stop == last) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      return false;
    }
    // So that the kernel tells which call it is.
    if (stop == 0) ::ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD);
    calls.push_back(CallOf(child));
    const int signal = (WSTOPSIG(status) & ~0x80) == SIGTRAP ? 0 : WSTOPSIG(status);
    ::ptrace(PTRACE_SYSCALL, child, nullptr, signal);
  }
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) < 126);
  return true;
}

bool MayTrace() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0 ? 0 : 1);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::size_t CountAndRemoveLeftovers(const test::Folder& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    if (entry.path().filename() == "endpoint.json") continue;
    CHECK(entry.path().filename().string().starts_with(".postern-"));
    std::filesystem::remove(entry.path());
    ++count;
  }
  return count;
}

constexpr std::string_view kSlips =
    R"({"Statement": [{"Effect": "allow", "Principal": "*", "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::b/*"}]})";

TEST_CASE("killed at any moment, `lint --fix` and `fmt -w` leave the old text or the new one") {
  if (!MayTrace()) {
    MESSAGE("skipped: programs may not be traced here");
    return;
  }
  const test::Folder folder;
  const std::string file = folder.path() + "/endpoint.json";
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{{"lint", "--fix", file}, {"fmt", "-w", file}}) {
    CAPTURE(args.front());
    folder.Write("endpoint.json", kSlips);
    Calls calls;
    REQUIRE(RunUntil(SIZE_MAX, args, calls));
    const std::string repaired = folder.Read("endpoint.json");
    REQUIRE(repaired != kSlips);
    // A power cut is not a kill: the new text has to be on the disk before it has the name.
    const auto synced = std::find(calls.begin(), calls.end(), SYS_fsync);
    const auto renamed = std::find_if(calls.begin(), calls.end(), [](std::uint64_t call) {
      return call == SYS_rename || call == SYS_renameat2;
    });
    REQUIRE(renamed != calls.end());
    CHECK(synced < renamed);

    std::size_t old_texts = 0;
    std::size_t new_texts = 0;
    std::size_t leftovers = 0;
    const auto begins = static_cast<std::size_t>(synced - calls.begin()) - 20;
    const std::size_t most = calls.size() + 100;
    for (std::size_t stop = 1; stop < most; stop += stop + 16 < begins ? 16 : 1) {
      CAPTURE(stop);
      folder.Write("endpoint.json", kSlips);
      const bool ended = RunUntil(stop, args, calls);
      const std::string text = folder.Read("endpoint.json");
      ++(text == kSlips ? old_texts : new_texts);
      if (text != kSlips) CHECK(text == repaired);
      leftovers += CountAndRemoveLeftovers(folder);
      if (ended) break;
    }
    // It was killed before, while and after it wrote.
    CHECK(old_texts > 10);
    CHECK(new_texts > 1);
    CHECK(leftovers > 3);
  }
}

}  // namespace
}  // namespace postern
