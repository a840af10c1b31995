#include "tests/differential/run.h"

#include <doctest/doctest.h>

namespace postern::differential {

// A small part of what `./dev differential` runs.
TEST_CASE("engine and reference evaluator agree on generated cases, on two threads as on one") {
  RunOptions options;
  options.pairs = 4'000;
  options.seed = 20'261'127;
  options.jobs = 2;
  const RunResult result = Run(options);
  for (const auto& [kind, failures] : result.failures) {
    FAIL_CHECK(kind << ": " << failures.examples.front().failure.text);
  }
  CHECK(result.pairs >= options.pairs);
  options.jobs = 1;
  CHECK(Run(options).coverage.Table() == result.coverage.Table());
}

}  // namespace postern::differential
