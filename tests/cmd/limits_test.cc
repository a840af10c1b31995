// The limits of cmd/README.md, as the program keeps them.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/cmd/run_program.h"

using postern::test::Folder;

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

std::string Nested(std::string_view before, std::size_t depth, std::string_view after) {
  return std::string(before) + std::string(depth, '[') + std::string(depth, ']') +
         std::string(after);
}

// Anchors, each of which stands ten times in the next.
std::string Aliases() {
  std::string text = "version: 1\na: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name < 'k'; ++name) {
    const std::string before = std::string("*") + static_cast<char>(name - 1);
    text += std::string(1, name) + ": &" + name + " [" + before;
    for (int i = 1; i < 10; ++i) text += ", " + before;
    text += "]\n";
  }
  return text + "cases: []\n";
}

std::string Matrix(std::size_t actions, std::size_t resources) {
  std::string text = "version: 1\nmatrix:\n  - name: '{action} {resource}'\n    action: [";
  for (std::size_t i = 0; i < actions; ++i) text += "'s3:Get" + std::to_string(i) + "',";
  text += "]\n    resource: [";
  for (std::size_t i = 0; i < resources; ++i) text += "'arn:aws:s3:::b" + std::to_string(i) + "',";
  return text + "]\n    expect: deny\n";
}

}  // namespace

TEST_CASE(
    "what is beyond a limit is a finding of lint, and exit code 2 elsewhere, with the limit") {
  const Folder folder;
  // A hole of the file system: nothing of it is on the disk, and nothing is read.
  const auto hole = [&](const std::string& name, std::size_t size) {
    folder.Write(name, "");
    std::filesystem::resize_file(folder.path() + "/" + name, size);
  };
  const std::string policy = R"({"Version":"2012-10-17","Statement":[]})";
  folder.Write("large.json", policy + std::string(kMiB, ' '));
  folder.Write("deep.json", Nested(R"({"Statement":)", 64, "}"));
  hole("plan.json", 256 * kMiB + 1);
  folder.Write("deep-plan.json",
               Nested(R"({"planned_values":{"root_module":{"resources":)", 512, "}}}"));
  hole("large.ptest.yaml", 64 * kMiB + 1);
  folder.Write("cells.ptest.yaml", Matrix(1001, 1000));
  folder.Write("aliases.ptest.yaml", Aliases());
  hole("event.json", 1024 * kMiB + 1);

  struct Row {
    std::vector<std::string> args;
    int code;
    std::string_view says;
  };
  const std::vector<Row> rows{
      {{"lint", "large.json"}, 1, "at most 1048576 are read [JS101]"},
      {{"fmt", "large.json"}, 2, "at most 1048576 are read"},
      {{"eval", "--identity", "large.json", "--action", "s3:GetObject"}, 2, "larger than 1 MiB"},
      {{"lint", "deep.json"}, 1, "at most 64 are read [JS119]"},
      {{"eval", "--identity", "deep.json", "--action", "s3:GetObject"}, 2, "at most 64 are read"},
      {{"lint", "plan.json"}, 2, "larger than 256 MiB"},
      {{"lint", "deep-plan.json"}, 2, "nested more than 512 levels deep"},
      {{"test", "large.ptest.yaml"}, 2, "larger than 64 MiB"},
      {{"test", "cells.ptest.yaml"}, 2, "may have 1,000,000 cells"},
      {{"test", "aliases.ptest.yaml"}, 2, "more than 4000000 values"},
      {{"explain", "--event", "event.json"}, 2, "larger than 1024 MiB"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.args.front());
    CAPTURE(row.args.back());
    const auto result = folder.Run(row.args);
    INFO(result.out.substr(0, 1000), result.err);
    CHECK(result.code == row.code);
    CHECK((result.out + result.err).find(row.says) != std::string::npos);
  }
}

TEST_CASE("a line of a stream that is too long does not hold up the next") {
  const std::string request =
      R"(,"request":{"principal":"*","action":"s3:GetObject","resource":"arn:aws:s3:::b/x"}})";
  const std::string stream = R"({"id":"long","x":")" + std::string(kMiB, 'x') + "\"}\n" +
                             R"({"id":"short","policies":{})" + request + "\n";
  const auto result = postern::test::RunProgram({"eval", "--stream", "-"}, stream);
  CHECK(result.code == 2);
  CHECK(result.out.find("line 1 is longer than 1 MiB") != std::string::npos);
  CHECK(result.out.find(R"({"id":"short","verdict":)") != std::string::npos);
}
