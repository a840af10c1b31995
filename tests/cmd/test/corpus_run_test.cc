// `postern test` itself runs the corpus.
#include <doctest/doctest.h>

#include <string>

#include "tests/cmd/run_program.h"
#include "tests/files.h"

using postern::test::RunProgram;
using postern::testing::FilesBelow;
using postern::testing::SourceDir;

TEST_CASE("the whole verdict corpus and the seeds pass under `postern test`, every suite of them") {
  const auto verdicts = SourceDir() / "corpus/verdicts";
  const auto seeds = SourceDir() / "corpus/seeds";
  std::size_t suites = 0;
  for (const auto& folder : {verdicts, seeds}) {
    suites += FilesBelow(folder, {".ptest.yaml", ".ptest.yml", ".ptest.json"}).size();
  }
  REQUIRE(suites > 70);
  const auto result = RunProgram({"test", verdicts.string(), seeds.string()});
  INFO(result.out, result.err);
  CHECK(result.code == 0);
  CHECK(result.out.find(" in " + std::to_string(suites) + " suites: ") != std::string::npos);
  CHECK(result.out.find(" failed") == std::string::npos);
  CHECK(result.err == "");  // no name in it is misspelt
}

TEST_CASE("the first suite of the README passes, and its policy has no finding") {
  const std::string folder = (SourceDir() / "examples/suite").string();
  const auto tested = RunProgram({"test", folder});
  INFO(tested.out, tested.err);
  CHECK(tested.code == 0);
  CHECK(tested.err == "");
  const auto linted = RunProgram({"lint", "--fail-on", "suggestion", folder});
  INFO(linted.out);
  CHECK(linted.code == 0);
}
