// corpus/parse: the tables in the READMEs are the expectations.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "policy/json_repair.h"
#include "policy/json_tree.h"
#include "tests/files.h"

namespace postern::policy {
namespace {

// The rows of the table whose first cell names a file: its name -> the other cells.
std::map<std::string, std::vector<std::string>> RowsOf(const std::filesystem::path& readme) {
  std::map<std::string, std::vector<std::string>> rows;
  std::istringstream lines(testing::ReadAll(readme));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, '|');) {
      const std::size_t begin = cell.find_first_not_of(' ');
      if (begin == std::string::npos) continue;
      row.push_back(cell.substr(begin, cell.find_last_not_of(' ') + 1 - begin));
    }
    if (row.empty() || !row.front().ends_with(".json")) continue;
    rows[row.front()] = {row.begin() + 1, row.end()};
  }
  return rows;
}

std::set<std::string> SamplesIn(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& path : testing::FilesBelow(folder, {".json"})) {
    names.insert(path.filename().string());
  }
  return names;
}

std::string Findings(const Source& source, const std::vector<Diagnostic>& diagnostics) {
  std::string findings;
  for (const Diagnostic& diagnostic : diagnostics) {
    const LineColumn at = source.Locate(diagnostic.range.begin);
    if (!findings.empty()) findings += ' ';
    findings += std::string(diagnostic.code) + " " + std::to_string(at.line) + ":" +
                std::to_string(at.column);
  }
  return findings;
}

TEST_CASE("every accepted sample is read strictly and has no findings") {
  const auto folder = testing::SourceDir() / "corpus/parse/accepted";
  const auto rows = RowsOf(folder / "README.md");
  REQUIRE(SamplesIn(folder).size() == rows.size());
  for (const auto& row : rows) {
    const std::string& name = row.first;
    CAPTURE(name);
    REQUIRE(std::filesystem::exists(folder / name));
    const auto source = testing::ReadSource(folder / name);
    CHECK(ReadJson(source).tree.has_value());
    CHECK(RepairJson(source).diagnostics.empty());
  }
}

TEST_CASE("every rejected sample has the findings that its table lists") {
  const auto folder = testing::SourceDir() / "corpus/parse/rejected";
  const auto rows = RowsOf(folder / "README.md");
  REQUIRE(SamplesIn(folder).size() == rows.size());
  for (const auto& row : rows) {
    const std::string& name = row.first;
    const std::vector<std::string>& cells = row.second;
    CAPTURE(name);
    REQUIRE(std::filesystem::exists(folder / name));
    REQUIRE(cells.size() == 2);
    const auto source = testing::ReadSource(folder / name);
    CHECK(ReadJson(source).error.has_value());
    CHECK(Findings(*source, RepairJson(source).diagnostics) == cells[0]);
  }
}

}  // namespace
}  // namespace postern::policy
