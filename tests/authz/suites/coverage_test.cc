#include "authz/suites/coverage.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/authz/suites/policies_under_test.h"

namespace postern::authz {
namespace {

const testing::Files kFiles = {
    {"endpoint.json", R"({"Version": "2012-10-17", "Statement": [
  {"Sid": "Own", "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
   "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:ResourceAccount": "111122223333"}}},
  {"Sid": "NoDelete", "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "*",
   "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}]})"},
    {"role.json",
     R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})"}};

const std::string kHead = R"(version: 1
suite: covered
policies: {endpoint: {policy: endpoint.json, type: gateway, service: s3}, identity: [role.json], resource: []}
defaults:
  request: {principal: {arn: "arn:aws:iam::111122223333:user/a", org_id: o-a1b2c3d4e5}, action: "s3:GetObject",
            resource: "arn:aws:s3:::b/k", resource_account: own}
cases:
)";

std::vector<DocumentCoverage> CoverageOf(const Suite& suite) {
  Coverage coverage;
  BoundRequest scratch;
  for (const SuiteCase& test : suite.cases) {
    const auto compiled = testing::CompileSet(suite, test.policies);
    coverage.AddPolicies(suite.policies[test.policies]);
    const CallsDecision decided = DecideCase(*compiled, test.question, scratch);
    REQUIRE(!decided.error);
    coverage.AddCase(compiled, test.question, decided.decision, decided.deciding_call);
  }
  return coverage.documents();
}

TEST_CASE("an allowed request is decided by the statements that let it through, in every layer") {
  const auto documents =
      CoverageOf(testing::ReadWhole(kHead + "  - {name: a, request: {}, expect: allow}\n", kFiles));
  REQUIRE(documents.size() == 2);
  CHECK(documents[0].document->source().name() == "endpoint.json");
  const auto& endpoint = documents[0].statements;
  REQUIRE(endpoint.size() == 2);
  CHECK(endpoint[0].hits == 1);
  REQUIRE(endpoint[0].keys.size() == 2);
  CHECK(endpoint[0].keys[0].held == 1);
  CHECK(endpoint[0].keys[0].failed == 0);
  CHECK(endpoint[1].hits == 0);
  CHECK_FALSE(endpoint[1].keys[0].decisive());
  CHECK(documents[1].statements[0].hits == 1);
  const CoverageCounts counts = documents[0].Counts();
  CHECK(counts.statements == 2);
  CHECK(counts.decisive_statements == 1);
  CHECK(counts.keys == 3);
  CHECK(counts.decisive_keys == 2);
  CHECK(counts.Percent() == 60);
}

TEST_CASE("a key fails where it alone keeps its statement from deciding") {
  const auto documents = CoverageOf(testing::ReadWhole(kHead + R"(
  - {name: other organization, request: {principal: {arn: "arn:aws:iam::111122223333:user/a", org_id: o-zzzzzzzzzz}}, expect: implicit-deny}
  - {name: both differ, request: {principal: {arn: "arn:aws:iam::999988887777:user/a", org_id: o-zzzzzzzzzz}}, expect: deny}
  - {name: mfa, request: {action: "s3:DeleteObject", context: {"aws:MultiFactorAuthPresent": true}}, expect: allow}
)",
                                                       kFiles));
  const auto& endpoint = documents[0].statements;
  CHECK(endpoint[0].keys[0].failed == 1);
  CHECK(endpoint[0].keys[1].failed == 0);
  CHECK(endpoint[1].hits == 0);
  CHECK(endpoint[1].keys[0].failed == 1);
}

TEST_CASE("an explicit deny is decided by the Deny, and by no Allow") {
  const auto documents = CoverageOf(testing::ReadWhole(
      kHead + "  - {name: a, request: {action: \"s3:DeleteObject\", context: "
              "{\"aws:MultiFactorAuthPresent\": false}}, expect: explicit-deny}\n",
      kFiles));
  CHECK(documents[0].statements[0].hits == 0);
  CHECK(documents[0].statements[1].hits == 1);
  CHECK(documents[0].statements[1].keys[0].held == 1);
  CHECK(documents[1].statements[0].hits == 0);
}

TEST_CASE("one policy that is read twice is counted once") {
  Coverage coverage;
  const std::string text = kHead + "  - {name: a, request: {}, expect: allow}\n";
  const Suite one = testing::ReadWhole(text, kFiles);
  const Suite other = testing::ReadWhole(text, kFiles);
  BoundRequest scratch;
  for (const Suite* suite : {&one, &other}) {
    const auto compiled = testing::CompileSet(*suite, 0);
    const Case& question = suite->cases.front().question;
    const CallsDecision decided = DecideCase(*compiled, question, scratch);
    coverage.AddCase(compiled, question, decided.decision, decided.deciding_call);
  }
  REQUIRE(coverage.documents().size() == 2);
  CHECK(coverage.documents()[0].statements[0].hits == 2);
}

TEST_CASE("coverage of nothing is whole, and percent are rounded down") {
  CHECK(CoverageCounts{}.Percent() == 100);
  CHECK(CoverageCounts{200, 199, 0, 0}.Percent() == 99);
}

}  // namespace
}  // namespace postern::authz
