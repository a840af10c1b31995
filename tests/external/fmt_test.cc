// Real policies in every form of `postern fmt`.
#include <doctest/doctest.h>

#include <sstream>
#include <string>

#include "tests/cmd/fmt/forms.h"
#include "tests/external/external_data.h"
#include "tests/external/gzip.h"
#include "tests/files.h"

namespace postern {

TEST_CASE("every real endpoint policy keeps its meaning in every form") {
  const auto folder = testing::ExternalData("data/endpoint-policies");
  if (!folder) return;
  testing::Totals totals;
  for (const auto& file : testing::FilesBelow(*folder, {".json"})) {
    CAPTURE(file.string());
    testing::CheckText(testing::ReadAll(file), file.string(), totals);
  }
  CHECK(totals.tight == 80);
}

TEST_CASE("every AWS managed policy keeps its meaning in every form") {
  const auto file = testing::ExternalData("bench/w4-managed-policies.ndjson.gz");
  if (!file) return;
  testing::Totals totals;
  std::istringstream lines(testing::ReadGzip(*file));
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line.substr(0, 80));
    testing::CheckText(line, "/managed.json", totals);
  }
  CHECK(totals.tight > 1'500);
}

}  // namespace postern
