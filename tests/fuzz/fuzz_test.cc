// What the fuzzer asserts, without the fuzzer: on everything it once found, and on the seeds.
#include <doctest/doctest.h>

#include <exception>
#include <string>

#include "tests/files.h"
#include "tests/fuzz/target.h"

namespace postern::fuzz {
namespace {

namespace fs = std::filesystem;

void MustHold(const Target& target, const std::string& bytes) {
  std::string broken;
  try {
    target.check(bytes);
  } catch (const std::exception& error) {
    broken = error.what();
  }
  CAPTURE(bytes);
  CHECK(broken == "");
}

TEST_CASE("what the fuzzer once found stays repaired") {
  std::size_t inputs = 0;
  for (const auto& folder : fs::directory_iterator(testing::SourceDir() / "corpus/regressions")) {
    const std::string name = folder.path().filename().string();
    CAPTURE(name);
    const Target* const target = FindTarget(name);
    REQUIRE(target != nullptr);
    for (const fs::path& file : testing::FilesBelow(folder.path(), {""})) {
      CAPTURE(file.string());
      MustHold(*target, testing::ReadAll(file));
      ++inputs;
    }
  }
  CHECK(inputs > 0);
}

TEST_CASE("what is fuzzed holds of the seeds, and of no bytes at all") {
  constexpr std::size_t kOfEach = 20;
  for (const Target& target : Targets()) {
    CAPTURE(target.name);
    MustHold(target, "");
    const std::vector<std::string> seeds = target.seeds(testing::SourceDir());
    CHECK_FALSE(seeds.empty());
    const std::size_t step = seeds.size() / kOfEach + 1;
    for (std::size_t i = 0; i < seeds.size(); i += step) MustHold(target, seeds[i]);
  }
}

}  // namespace
}  // namespace postern::fuzz
