#include "tests/faults/faults.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string>

#include "tests/files.h"
#include "tests/semantics.h"

namespace postern::faults {
namespace {

std::vector<Fault> Table() { return ReadFaults(testing::SourceDir() / "tests/faults/faults.txt"); }

std::vector<Fault> Read(const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() / "postern_faults_test.txt";
  std::ofstream(path) << text;
  auto faults = ReadFaults(path);
  std::filesystem::remove(path);
  return faults;
}

TEST_CASE("a fault is read with all its lines") {
  const auto faults = Read(
      "a remark\n== one T1 a/b.cc\nbelieves\n--- old\n  x;\n  y;\n--- new\n  z;\n"
      "== two T2 c.cc\nbelieves too\n--- old\n  x;\n--- new\n");
  REQUIRE(faults.size() == 2);
  CHECK(faults[0].name == "one");
  CHECK(faults[0].trap == "T1");
  CHECK(faults[0].file == "a/b.cc");
  CHECK(faults[0].belief == "believes");
  CHECK(faults[0].old_text == "  x;\n  y;");
  CHECK(faults[0].new_text == "  z;");
  CHECK(faults[1].new_text.empty());
}

TEST_CASE("a fault that is not complete is refused") {
  CHECK_THROWS_AS(Read("== one T1\nbelieves\n--- old\nx\n--- new\ny\n"), std::runtime_error);
  CHECK_THROWS_AS(Read("== one T1 a.cc\n--- old\nx\n--- new\ny\n"), std::runtime_error);
  CHECK_THROWS_AS(Read("== one T1 a.cc\nbelieves\n--- old\nx\n--- new\nx\n"), std::runtime_error);
}

TEST_CASE("a text that is gone or stands twice makes a fault stale") {
  const Fault fault{"one", "T1", "a.cc", "", "x;", "y;"};
  CHECK(WhyStale(fault, "a; x; b;").empty());
  CHECK(WhyStale(fault, "a;") == "its text is not in a.cc any more");
  CHECK(WhyStale(fault, "x; x;") == "its text stands in a.cc more than once");
}

TEST_CASE("every seeded fault still finds its place in the sources") {
  std::set<std::string> names;
  for (const Fault& fault : Table()) {
    CAPTURE(fault.name);
    CHECK(names.insert(fault.name).second);
    const auto path = testing::SourceDir() / fault.file;
    REQUIRE(std::filesystem::exists(path));
    CHECK(WhyStale(fault, testing::ReadAll(path)) == "");
  }
}

TEST_CASE("every trap has a seeded fault") {
  const auto table = Table();
  const testing::Semantics semantics = testing::ReadSemantics();
  for (const Fault& fault : table) {
    CAPTURE(fault.name);
    CHECK(semantics.Has(fault.trap));
  }
  for (const std::string& trap : semantics.traps) {
    CAPTURE(trap);
    CHECK(std::ranges::find(table, trap, &Fault::trap) != table.end());
  }
}

}  // namespace
}  // namespace postern::faults
