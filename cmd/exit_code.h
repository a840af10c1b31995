// What the program's exit code means: one table for every command.
#pragma once

#include <array>
#include <string_view>

namespace postern::cmd {

enum class ExitCode {
  kGood = 0,
  kBad = 1,
  kFailed = 2,
  kUndetermined = 3,
  kBug = 70,
};

struct ExitCodeRow {
  ExitCode code;
  std::string_view meaning;
};

// In order of weight: where several apply at once, the first of them is the program's.
inline constexpr std::array kExitCodes{
    ExitCodeRow{ExitCode::kBug, "internal error (a bug)"},
    ExitCodeRow{
        ExitCode::kFailed,
        "could not do the job: usage, unreadable file, malformed input, broken configuration"},
    ExitCodeRow{ExitCode::kBad,
                "the tool worked and the answer is bad: findings, denied, expectation not met, "
                "failed tests"},
    ExitCodeRow{ExitCode::kUndetermined,
                "undetermined: something that decides the verdict is unknown"},
    ExitCodeRow{
        ExitCode::kGood,
        "the answer is good: no finding, request allowed, expectation met, all tests passed"},
};

constexpr ExitCode Worse(ExitCode a, ExitCode b) {
  for (const ExitCodeRow& row : kExitCodes) {
    if (row.code == a || row.code == b) return row.code;
  }
  return ExitCode::kBug;
}

}  // namespace postern::cmd
