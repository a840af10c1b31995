// The workloads with expected verdicts, through the program's own stream.
#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/cli.h"
#include "tests/external/external_data.h"
#include "tests/external/gzip.h"
#include "tests/files.h"

namespace postern {

TEST_CASE("the stream gives every expected verdict of W1, W2 and W3") {
  const auto bench = testing::ExternalData("bench");
  if (!bench) return;
  for (const char* workload : {"w1", "w2", "w3"}) {
    CAPTURE(workload);
    const auto folder = *bench / workload;
    std::istringstream in(testing::ReadGzip(folder / "requests.ndjson.gz"));
    std::istringstream expected(testing::ReadAll(folder / "expected.txt"));
    const std::string policies = (folder / "policies.json").string();
    const std::vector<std::string_view> args = {"eval", "--stream", "--policies", policies};
    std::ostringstream out;
    std::ostringstream err;
    CHECK(cmd::Run(args, in, out, err) == 0);
    CAPTURE(err.str());

    std::istringstream lines(out.str());
    std::string line;
    std::string verdict;
    std::size_t agreed = 0;
    std::size_t total = 0;
    while (std::getline(expected, verdict)) {
      ++total;
      REQUIRE(std::getline(lines, line));
      if (line.find("\"verdict\":\"" + verdict + "\"") != std::string::npos) {
        ++agreed;
      } else if (total - agreed < 4) {
        MESSAGE("expected " << verdict << ", got " << line);
      }
    }
    CHECK(total == 10000);
    CHECK(agreed == total);
  }
}

}  // namespace postern
