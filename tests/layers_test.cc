// The rules of the house that a compiler does not hold: who may include whom, and who may print.
#include <doctest/doctest.h>
#include <re2/re2.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/files.h"

namespace postern {
namespace {

struct Include {
  std::string file;  // of this repository, relative to its root
  std::string path;  // as it is written
};

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string Relative(const std::filesystem::path& file) {
  return file.lexically_relative(testing::SourceDir()).generic_string();
}

std::vector<Include> IncludesBelow(std::string_view folder, std::vector<std::string_view> endings) {
  static const RE2 kInclude(R"(\s*#\s*include\s*[<"]([^>"]+)[>"].*)");
  std::vector<Include> includes;
  for (const auto& file : testing::FilesBelow(testing::SourceDir() / folder, std::move(endings))) {
    for (const std::string& line : Lines(testing::ReadAll(file))) {
      std::string header;
      if (RE2::FullMatch(line, kInclude, &header)) includes.push_back({Relative(file), header});
    }
  }
  return includes;
}

TEST_CASE("policy includes neither authz nor cmd, authz does not include cmd") {
  struct Row {
    std::string_view folder;
    std::vector<std::string_view> forbidden;
  };
  const std::vector<Row> rows = {
      {"policy", {"authz/", "cmd/", "tests/"}},
      {"authz", {"cmd/", "tests/"}},
      {"cmd", {"tests/"}},
  };
  for (const Row& row : rows) {
    const std::vector<Include> includes = IncludesBelow(row.folder, {".h", ".cc"});
    CHECK(includes.size() > 50);
    for (const Include& include : includes) {
      CAPTURE(include.file);
      CAPTURE(include.path);
      for (std::string_view forbidden : row.forbidden) {
        CHECK_FALSE(include.path.starts_with(forbidden));
      }
    }
  }
}

TEST_CASE("what the libraries are built with does not show in headers") {
  for (std::string_view folder : {"policy", "authz", "cmd"}) {
    const std::vector<Include> includes = IncludesBelow(folder, {".h"});
    CHECK(includes.size() > 20);
    for (const Include& include : includes) {
      CAPTURE(include.file);
      CAPTURE(include.path);
      for (std::string_view library : {"rapidjson/", "re2/", "yaml-cpp/", "fmt/", "utf8proc"}) {
        CHECK_FALSE(include.path.starts_with(library));
      }
    }
  }
}

TEST_CASE("the libraries neither print nor open files") {
  // The packer runs during the build, not in the program.
  const std::string packer = "policy/catalogue_pack.cc";
  static const RE2 kOutput(
      R"re(\bstd::(cout|cerr|clog|getenv|exit)\b|\bf?(printf|puts)\(|\bfmt::print\b|\bf?open\(|\bstd::[io]?fstream\b)re");
  for (std::string_view folder : {"policy", "authz"}) {
    const auto files = testing::FilesBelow(testing::SourceDir() / folder, {".h", ".cc"});
    CHECK(files.size() > 20);
    for (const auto& file : files) {
      if (Relative(file) == packer) continue;
      std::size_t number = 0;
      for (const std::string& line : Lines(testing::ReadAll(file))) {
        ++number;
        if (line.find("//") < line.find_first_not_of(" /")) continue;
        CAPTURE(Relative(file));
        CAPTURE(number);
        CAPTURE(line);
        CHECK_FALSE(RE2::PartialMatch(line, kOutput));
      }
    }
    for (const Include& include : IncludesBelow(folder, {".h", ".cc"})) {
      if (include.file == packer) continue;
      CAPTURE(include.file);
      for (std::string_view header : {"iostream", "fstream", "cstdio", "filesystem", "fcntl.h"}) {
        CHECK(include.path != header);
      }
    }
  }
}

TEST_CASE("files have one purpose: none is long") {
  constexpr std::size_t kLines = 620;
  for (std::string_view folder : {"policy", "authz", "cmd"}) {
    for (const auto& file : testing::FilesBelow(testing::SourceDir() / folder, {".h", ".cc"})) {
      CAPTURE(Relative(file));
      CHECK(Lines(testing::ReadAll(file)).size() <= kLines);
    }
  }
}

// Two of one name are one type to the linker, which then mixes their code without a word.
TEST_CASE("no two headers define a type of one name in one namespace") {
  static const RE2 kType(
      R"(^(?:struct|class|enum|enum class) (\w+)(?: final)?(?: : [^;{]*)? ?\{.*)");
  static const RE2 kNamespace(R"(^namespace ([\w:]+) \{$)");
  std::map<std::string, std::string> header_of;
  for (std::string_view folder : {"policy", "authz", "cmd"}) {
    for (const auto& file : testing::FilesBelow(testing::SourceDir() / folder, {".h"})) {
      std::string space;
      for (const std::string& line : Lines(testing::ReadAll(file))) {
        std::string name;
        if (RE2::FullMatch(line, kNamespace, &space) || !RE2::FullMatch(line, kType, &name)) {
          continue;
        }
        const auto known = header_of.try_emplace(space + "::" + name, Relative(file));
        CAPTURE(name);
        CAPTURE(Relative(file));
        CAPTURE(known.first->second);
        CHECK(known.second);
      }
    }
  }
  CHECK(header_of.size() > 200);
}

TEST_CASE("headers guard themselves with pragma once and say what they are") {
  for (std::string_view folder : {"policy", "authz", "cmd"}) {
    for (const auto& file : testing::FilesBelow(testing::SourceDir() / folder, {".h"})) {
      CAPTURE(Relative(file));
      const std::string text = testing::ReadAll(file);
      CHECK(text.starts_with("// "));
      CHECK(text.find("\n#pragma once\n") != std::string::npos);
    }
  }
}

}  // namespace
}  // namespace postern
