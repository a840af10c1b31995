#include "cmd/render/unified_diff.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <random>

#include "tests/cmd/run_program.h"

namespace postern::cmd {
namespace {

std::string Numbers(int from, int to) {
  std::string text;
  for (int i = from; i <= to; ++i) text += std::to_string(i) + "\n";
  return text;
}

TEST_CASE("equal texts differ in nothing") { CHECK(UnifiedDiff("a", "x\n", "x\n").empty()); }

TEST_CASE("a changed line stands between three lines of context") {
  CHECK(UnifiedDiff("a.json", Numbers(1, 9), Numbers(1, 4) + "five\n" + Numbers(6, 9)) ==
        "--- a.json\n+++ a.json\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST_CASE("changes that are near share a hunk, others have their own") {
  const std::string before = Numbers(1, 30);
  const std::string near = "zero\n" + Numbers(2, 6) + "seven\n" + Numbers(8, 30);
  const std::string far = "zero\n" + Numbers(2, 19) + "twenty\n" + Numbers(21, 30);
  const auto hunks = [](const std::string& diff) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = diff.find("\n@@ ", at)) != diff.npos; ++at) ++count;
    return count;
  };
  CHECK(hunks(UnifiedDiff("a", before, near)) == 1);
  CHECK(hunks(UnifiedDiff("a", before, far)) == 2);
}

TEST_CASE("a last line without an end is marked") {
  CHECK(UnifiedDiff("a", "x", "y\n") ==
        "--- a\n+++ a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+y\n");
  CHECK(UnifiedDiff("a", "", "y\n") == "--- a\n+++ a\n@@ -0,0 +1 @@\n+y\n");
}

TEST_CASE("too many differences are one change, in little time") {
  std::string before, after;
  for (int i = 0; i < 20000; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  const std::string diff = UnifiedDiff("a", before, after);
  CHECK(diff.find("@@ -1,20000 +1,20000 @@") != diff.npos);
}

TEST_CASE("`patch` makes the new text of the old one and the diff") {
  if (std::system("command -v patch >/dev/null 2>&1") != 0) {
    MESSAGE("skipped: no patch");
    return;
  }
  std::mt19937 random(7);
  const test::Folder folder;
  for (int round = 0; round < 40; ++round) {
    std::string before, after;
    for (int i = 0; i < 40; ++i) {
      const std::string line = std::to_string(random() % 7) + "\n";
      if (random() % 9 != 0) before += line;
      if (random() % 9 != 0) after += line;
    }
    if (before == after) continue;
    folder.Write("a", before);
    folder.Write("diff", UnifiedDiff("a", before, after));
    const std::string command = "cd " + folder.path() + " && patch -s -p0 < diff >/dev/null 2>&1";
    CHECK(std::system(command.c_str()) == 0);
    CHECK(folder.Read("a") == after);
  }
}

}  // namespace
}  // namespace postern::cmd
