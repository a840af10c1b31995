// postern_differential: generated cases, decided by the engine and by the reference evaluator, and
// the properties that must hold of them.
//
//   postern_differential [--pairs N] [--seed S] [--jobs N] [--write DIR]
//
// 0: all agree, and at full size everything was reached often enough. 1: something does not.
// 2: usage, or a case could not be written.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tests/differential/run.h"
#include "tests/differential/shrink.h"
#include "tests/differential/write_case.h"

namespace postern::differential {
namespace {

constexpr std::string_view kUsage =
    "usage: postern_differential [--pairs N] [--seed S] [--jobs N] [--write DIR]\n";
constexpr std::uint64_t kFullSize = 1'000'000;
constexpr std::uint64_t kLeastOfEach = 1'000;  // at full size, and in proportion below it
constexpr unsigned kMostJobs = 256;

struct Options {
  RunOptions run;
  std::filesystem::path write;  // "": failing cases are only printed
};

std::optional<std::uint64_t> Number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// What is wrong with the arguments, or "".
std::string Read(std::span<char*> arguments, Options& options) {
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    const std::string_view name = arguments[i];
    if (name != "--pairs" && name != "--seed" && name != "--jobs" && name != "--write") {
      return fmt::format("`{}` is not an option", name);
    }
    if (i + 1 == arguments.size()) return fmt::format("`{}` needs a value", name);
    const std::string_view value = arguments[i + 1];
    if (name == "--write") {
      if (value.empty()) return "`--write` needs a folder";
      options.write = value;
      continue;
    }
    const auto number = Number(value);
    if (!number) return fmt::format("`{}` needs a number, not `{}`", name, value);
    if (name == "--seed") {
      options.run.seed = *number;
    } else if (*number == 0) {
      return fmt::format("`{}` must be at least 1", name);
    } else if (name == "--pairs") {
      options.run.pairs = *number;
    } else if (*number > kMostJobs) {
      return fmt::format("`--jobs` must be at most {}", kMostJobs);
    } else {
      options.run.jobs = static_cast<unsigned>(*number);
    }
  }
  return {};
}

// Prints the failures, made small; false if one could not be written.
bool Report(const RunResult& result, const std::filesystem::path& write) {
  bool written = true;
  std::size_t number = 0;
  for (const auto& [name, kind] : result.failures) {
    fmt::print("\n{} times: {}\n", kind.count, name);
    for (const FailureKind::Example& example : kind.examples) {
      const Failure small = Shrink(example.failure);
      fmt::print("  set {}: {}\n  {}\n", example.set, small.what, small.text);
      if (write.empty()) continue;
      const std::filesystem::path folder = write / fmt::format("case-{:03}", ++number);
      if (WriteCase(folder, small)) continue;
      fmt::print(stderr, "postern_differential: cannot write {}\n", folder.string());
      written = false;
    }
  }
  return written;
}

int Main(std::span<char*> arguments) {
  Options options;
  if (const std::string wrong = Read(arguments, options); !wrong.empty()) {
    fmt::print(stderr, "postern_differential: {}\n{}", wrong, kUsage);
    return 2;
  }
  const RunResult result = Run(options.run);
  fmt::print("{}\n", result.coverage.Table());
  const bool full_size = result.pairs >= kFullSize;
  const auto shortfalls = result.coverage.Shortfalls(result.pairs * kLeastOfEach / kFullSize);
  for (const std::string& shortfall : shortfalls) fmt::print("too few: {}\n", shortfall);
  const bool written = Report(result, options.write);
  std::uint64_t failures = 0;
  for (const auto& [name, kind] : result.failures) failures += kind.count;
  fmt::print("{} pairs, {} failures, {} too few{}\n", result.pairs, failures, shortfalls.size(),
             full_size || shortfalls.empty() ? "" : " (which counts at full size)");
  if (!written) return 2;
  return failures == 0 && (!full_size || shortfalls.empty()) ? 0 : 1;
}

}  // namespace
}  // namespace postern::differential

int main(int argc, char** argv) {
  return postern::differential::Main({argv + 1, static_cast<std::size_t>(argc - 1)});
}
