#include <doctest/doctest.h>

#include "tests/cmd/test/testing.h"

using postern::test::Folder;
using postern::test::Has;
using postern::test::kTwoStatements;
using postern::test::SuiteOf;
using postern::test::Suites;

namespace {

constexpr const char* kCases =
    "  - {name: in, request: {context: {\"aws:SourceVpc\": vpc-1}}, expect: allow}\n"
    "  - {name: out, request: {}, expect: deny}\n";

}  // namespace

TEST_CASE("--mutate shows each change that no case notices, and a request that would") {
  const Suites suites(kCases);
  const auto result = suites.folder.Run({"test", ".", "--mutate"});
  CHECK(result.code == 0);
  CHECK(Has(result.out, "identity.json:11:5: survived: drop-statement: the statement dropped\n"));
  CHECK(Has(result.out, "  no case asks: implicit-deny instead of allow: logs:PutLogEvents"));
  CHECK(Has(result.out,
            "identity.json:7:17: survived: widen: Action: `s3:GetObject` -> `s3:*`\n"
            "  7 |       \"Action\": \"s3:GetObject\",\n"));
  CHECK(Has(result.out, "survived: weaken-operator: StringEquals aws:SourceVpc -> StringLike `*`"));
  CHECK_FALSE(Has(result.out, "drop-condition"));
  CHECK(Has(result.out, "mutants of identity.json: "));
  CHECK(Has(result.out, "2 cases in 1 suite: 2 passed"));
}

TEST_CASE("fewer caught mutants than asked for are exit code 1") {
  const Suites suites(kCases);
  CHECK(suites.folder.Run({"test", ".", "--mutation-min", "10"}).code == 0);
  const auto result = suites.folder.Run({"test", ".", "--mutation-min", "90"});
  CHECK(result.code == 1);
  CHECK(Has(result.err, "% of the mutants are caught, below the minimum of 90 %\n"));
  CHECK(Has(suites.folder.Run({"test", ".", "--mutate", "-f", "github"}).out,
            "::warning file=identity.json,line=11,"));
}

TEST_CASE("a case that fails notices no mutant") {
  const Folder folder;
  folder.Write("identity.json", kTwoStatements);
  folder.Write("a.ptest.yaml", SuiteOf("a", "  - {name: n, request: {}, expect: allow}\n"));
  const auto result = folder.Run({"test", ".", "--mutate"});
  CHECK(result.code == 1);
  CHECK(Has(result.out, "mutants: 100 % (0 of 0 mutants caught)\n"));
}

TEST_CASE("mutants on several threads are reported as on one: --jobs changes nothing") {
  const Suites suites(kCases);
  const auto one = suites.folder.Run({"test", ".", "--mutate", "--jobs", "1", "-f", "json"});
  const auto four = suites.folder.Run({"test", ".", "--mutate", "--jobs", "4", "-f", "json"});
  CHECK(one.code == 0);
  CHECK(one.out == four.out);
  CHECK(Has(one.out, "\"survivors\": ["));
}
