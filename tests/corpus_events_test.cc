// Every folder of corpus/events: `event.json`, with the policies of `case.json`, is understood and
// explained as `expected.json` says.
#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "policy/json_tree.h"
#include "tests/cmd/run_program.h"
#include "tests/files.h"

namespace postern {
namespace {

namespace fs = std::filesystem;

policy::Tree Parse(std::string name, std::string text) {
  auto read =
      policy::ReadJson(std::make_shared<const policy::Source>(std::move(name), std::move(text)),
                       policy::kContainerLimits);
  REQUIRE(read.tree.has_value());
  return *std::move(read.tree);
}

std::string TextOf(const policy::Tree& tree, const std::string& pointer) {
  const policy::Node* node = tree.At(pointer);
  if (node == nullptr) return "(none)";
  return node->IsScalar() ? std::string(node->text) : "null";
}

std::set<std::string> Texts(const policy::Node& list) {
  std::set<std::string> texts;
  for (const policy::Node& entry : list.children()) texts.emplace(entry.text);
  return texts;
}

std::vector<fs::path> Folders() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(testing::SourceDir() / "corpus/events")) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

TEST_CASE("every event of the corpus is understood and explained as it says") {
  std::size_t denied_by_endpoint = 0;
  const std::vector<fs::path> folders = Folders();
  CHECK(folders.size() >= 25);
  for (const fs::path& folder : folders) {
    const std::string name = folder.filename().string();
    CAPTURE(name);
    std::vector<std::string> args{"-C",   folder.string(), "explain",   "-f",
                                  "json", "--event",       "event.json"};
    if (fs::exists(folder / "case.json")) args.emplace_back("case.json");
    const test::ProgramResult result = test::RunProgram(args);
    CHECK(result.err.empty());
    CAPTURE(result.err);
    const policy::Tree expected = Parse(name, testing::ReadAll(folder / "expected.json"));
    const policy::Tree printed = Parse("printed", result.out);
    for (const char* member : {"api", "action", "principal", "resource"}) {
      CAPTURE(member);
      CHECK(TextOf(printed, std::string("/understood/") + member) ==
            TextOf(expected, std::string("/") + member));
    }
    CHECK(TextOf(printed, "/verdict") == TextOf(expected, "/verdict"));
    CHECK(TextOf(printed, "/event/agrees") == TextOf(expected, "/agrees"));
    const policy::Node* decided_by = expected.At("/decided_by");
    if (decided_by->IsArray()) {
      CHECK(Texts(*printed.At("/decided_by")) == Texts(*decided_by));
      denied_by_endpoint += Texts(*decided_by) == std::set<std::string>{"endpoint"} ? 1 : 0;
    }
    const std::string verdict = TextOf(expected, "/verdict");
    CHECK(result.code == (verdict == "allow" ? 0 : verdict == "unknown" ? 3 : 1));
  }
  CHECK(denied_by_endpoint >= 10);
}

}  // namespace
}  // namespace postern
