// Real policies in every form of `postern fmt`.
#include <doctest/doctest.h>

#include <string>

#include "tests/cmd/fmt/forms.h"
#include "tests/external/external_data.h"
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

}  // namespace postern
