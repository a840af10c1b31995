// The text that the catalogue was packed from, for tests that compare the two.
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/files.h"

namespace postern::policy {

inline std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text + separator);
  for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
  return parts;
}

inline std::vector<std::string> SplitList(const std::string& text) {
  return text.empty() ? std::vector<std::string>{} : Split(text, ',');
}

// The rows of a file of schemas/catalogue.
inline std::vector<std::vector<std::string>> Table(const std::string& name) {
  std::ifstream file(testing::SourceDir() / "schemas" / "catalogue" / name);
  REQUIRE(file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with('#')) rows.push_back(Split(line, '\t'));
  }
  REQUIRE_FALSE(rows.empty());
  return rows;
}

}  // namespace postern::policy
