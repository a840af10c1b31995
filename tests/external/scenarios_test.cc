// Real endpoint policies through every scenario: there is an answer, or the reason why there is
// none.
#include "cmd/test/scenarios.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/cmd/run_program.h"
#include "tests/external/external_data.h"
#include "tests/files.h"

namespace postern {

TEST_CASE(
    "every real endpoint policy passes a scenario, fails it, or is told why it can do neither") {
  const auto folder = testing::ExternalData("data/endpoint-policies");
  if (!folder) return;
  std::size_t passed = 0;
  std::size_t failed = 0;
  for (const auto& file : testing::FilesBelow(*folder, {".json"})) {
    if (file.filename() == "index.json") continue;
    CAPTURE(file.string());
    for (const std::string_view scenario : cmd::ScenarioNames()) {
      CAPTURE(scenario);
      const auto result = test::RunProgram(
          {"-q", "test", "--scenario", std::string(scenario), "--endpoint", file.string(),
           "--region", "us-east-1", "--account", "111122223333", "--org-id", "o-a1b2c3d4e5"});
      passed += result.code == 0 ? 1 : 0;
      failed += result.code == 1 ? 1 : 0;
      CHECK(result.code <= 2);
      const bool says_why =
          !result.err.empty() || result.out.find("what is not told: --") != std::string::npos;
      CHECK(says_why >= (result.code == 2));
    }
  }
  CHECK(passed > 50);
  CHECK(failed > 200);
}

}  // namespace postern
