#include "cmd/lint/facts.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/cmd/run_program.h"

namespace postern::cmd {
namespace {

TEST_CASE("each flag of what is the user's own takes its form, and refuses any other by name") {
  struct Row {
    std::string_view flag;
    std::string good, bad;
  };
  const std::vector<Row> rows{{"--org-id", "o-a1b2c3d4e5", "a1b2c3d4e5"},
                              {"--org-id", "o-abcdefghijklmnop", "o-A1B2C3D4E5"},
                              {"--account", "111122223333", "11112222333"},
                              {"--vpc", "vpc-0a1b2c3d", "vpce-0a1b2c3d"},
                              {"--vpc", "vpc-0a1b2c3d4e5f60718", "vpc-0a1b2c3d4e"},
                              {"--vpce", "vpce-0a1b2c3d4e5f60718", "vpce-0A1B2C3D"},
                              {"--vpc-cidr", "10.0.0.0/16", "10.0.0.0"},
                              {"--vpc-cidr", "2001:db8::/56", "10.0.0.0/33"}};
  for (const Row& row : rows) {
    CAPTURE(row.flag);
    const auto fact = std::ranges::find(OwnFacts(), row.flag, &OwnFact::flag);
    REQUIRE(fact != OwnFacts().end());
    FactFlags flags;
    flags.own.*fact->list = {row.good, row.good};
    const auto facts = ReadFacts(flags);
    REQUIRE(facts);
    CHECK(*facts.*fact->list == flags.own.*fact->list);
    (flags.own.*fact->list).push_back(row.bad);
    const auto error = ReadFacts(flags);
    REQUIRE_FALSE(error);
    CHECK(error.error().starts_with(std::string(row.flag) + ": `" + row.bad + "` is not "));
  }
}

TEST_CASE("flags of what is the user's own are repeated, and leave what follows to be files") {
  const test::Folder folder;
  folder.Write("p.json", test::kAllowAll);
  const auto good =
      folder.Run({"lint", "--ignore", "ALL", "--org-id", "o-a1b2c3d4e5", "--account",
                  "111122223333", "--account", "444455556666", "--vpc", "vpc-0a1b2c3d", "--vpce",
                  "vpce-0a1b2c3d", "--vpc-cidr", "10.0.0.0/16", "p.json"});
  CAPTURE(good.err);
  CHECK(good.code == 0);
  CHECK(good.out.starts_with("checked 1 file"));
  const auto bad = folder.Run({"lint", "--account", "1111", "p.json"});
  CHECK(bad.code == 2);
  CHECK(bad.err ==
        "postern: error: --account: `1111` is not an account id, which has twelve digits\n");
}

TEST_CASE("what rests on an old catalogue weighs less") {
  const test::Folder folder;
  folder.Write("p.json", R"({"Version": "2012-10-17", "Statement": [
    {"Sid": "New", "Effect": "Allow", "Action": "s3:TotallyNewThing", "Resource": "*"}]})");
  const auto young = folder.Run(
      {"lint", "--now", "2026-10-01", "--select", "AC502", "--kind", "managed", "p.json"});
  CHECK(young.out.find(" warning: ") != std::string::npos);
  const auto old = folder.Run(
      {"lint", "--now", "2099-10-01", "--select", "AC502", "--kind", "managed", "p.json"});
  CHECK(old.code == 0);
  CHECK(old.out.find(" suggestion: ") != std::string::npos);
  CHECK(old.out.find("`postern catalog update` takes newer data") != std::string::npos);
}

}  // namespace
}  // namespace postern::cmd
