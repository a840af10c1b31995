// What suites leave open, and what the command line tells of it.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "cmd/test/scenarios.h"
#include "tests/cmd/test/testing.h"

namespace postern::test {
namespace {

constexpr std::string_view kOwnOnly =
    R"({"Version": "2012-10-17", "Statement": [{"Sid": "Own", "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}]})";
constexpr std::string_view kEverything =
    R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]})";
constexpr std::string_view kFromVpc =
    R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-0a1b2c3d"}}}]})";

// A suite of a user's own that leaves a bucket open.
constexpr std::string_view kOwnSuite = R"(version: 1
suite: uploads
parameters:
  region: {about: the Region of the endpoint, default: eu-west-1}
  bucket: {about: the bucket of the uploads}
  owner: {about: whose bucket it is, default: {unknown: true}}
layers: [endpoint]
policies: {endpoint: {service: s3, type: gateway, region: "{region}"}}
cases:
  - name: an upload
    request: {principal: "arn:{partition}:iam::111122223333:role/app", action: "s3:PutObject", resource: "arn:{partition}:s3:::{bucket}/k", resource_account: "{owner}"}
    expect: allow
)";

struct Given {
  Given() {
    folder.Write("own.json", kOwnOnly);
    folder.Write("all.json", kEverything);
    folder.Write("vpc.json", kFromVpc);
    folder.Write("uploads.ptest.yaml", kOwnSuite);
  }
  ProgramResult Run(std::vector<std::string> args) const {
    args.insert(args.begin(), "test");
    return folder.Run(args);
  }
  Folder folder;
};

}  // namespace

TEST_CASE("--list without suites lists the scenarios with what they ask") {
  const ProgramResult result = RunProgram({"test", "--list"});
  CHECK(result.code == 0);
  for (const std::string_view name : cmd::ScenarioNames()) CHECK(Has(result.out, name));
  CHECK(Has(result.out, "al2023               dnf on Amazon Linux 2023"));
  CHECK(Has(RunProgram({"test", "--scenario", "al2023", "--region", "eu-west-1", "--list"}).out,
            "al2023: dnf reads the repositories\n"));
}

TEST_CASE("what is asked for and cannot be done is exit code 2 and says why") {
  const struct {
    std::vector<std::string> args;
    const char* says;
  } kRows[] = {
      {{"--scenario", "al2032"}, "there is no scenario `al2032`: there are al2, al2023"},
      {{"--scenario", "al2032"}, "did you mean `al2023`?"},
      {{"--scenario", "al2,"}, "there is no scenario ``"},
      {{"--scenario", "al2", "--endpoint", "all.json"}, "help: --region REGION"},
      {{"--scenario", "al2", "--region", "eu-west-1"}, "give it by --endpoint FILE"},
      {{"--scenario", "al2", "--region", "eu-west", "--endpoint", "all.json"},
       "--region: `eu-west` is not a Region"},
      {{"--scenario", "al2", "--account", "1", "--endpoint", "all.json"}, "--account: `1` is not"},
      {{"--scenario", "al2", "--org-id", "x", "--endpoint", "all.json"}, "--org-id: `x` is not"},
      {{"--scenario", "al2", "--endpoint-id", "x", "--endpoint", "all.json"},
       "--endpoint-id: `x` is not"},
      {{"--scenario", "al2", "--region", "eu-west-1", "--endpoint-service",
        "com.amazonaws.us-east-1.s3", "--endpoint", "all.json"},
       "--region: `eu-west-1` contradicts"},
      {{"--scenario", "al2", "--set", "region=eu-west-1", "--endpoint", "all.json"},
       "--set: `region` is given by --region"},
      {{"--scenario", "al2", "--set", "a=b", "--set", "a=c", "--endpoint", "all.json"},
       "--set: `a` is given twice"},
      {{"--scenario", "al2", "--region", "eu-west-1", "--set", "a=b", "--endpoint", "all.json"},
       "--set: no suite has the parameter `a`"},
      {{"--scenario", "s3-access-points", "--region", "eu-west-1", "--endpoint", "all.json"},
       "help: --set access-point=VALUE"},
      {{"--scenario", "al2", "--region", "eu-west-1", "--endpoint", "none.json"},
       "--endpoint: `none.json`: no such file"},
      {{"--scenario", "execute-api", "--region", "eu-west-1", "--endpoint", "own.json"},
       "none of 2 cases goes through the endpoint of `own.json`"},
      {{"--scenario", "execute-api", "--region", "eu-west-1", "--endpoint", "own.json"},
       "help: --endpoint-service SERVICE says whose policy it is"},
      {{"uploads.ptest.yaml", "--endpoint", "all.json"}, "help: --set bucket=VALUE"},
  };
  const Given given;
  for (const auto& row : kRows) {
    CAPTURE(row.says);
    const ProgramResult result = given.Run(row.args);
    CAPTURE(result.err);
    CHECK(result.code == 2);
    CHECK(Has(result.err, row.says));
  }
}

TEST_CASE("an endpoint's policy that no suite asks for is an error") {
  const Given given;
  given.folder.Write("identity.json", kAllowAll);
  given.folder.Write("a.ptest.yaml", SuiteOf("a", "  - {name: x, request: {}, expect: allow}\n"));
  CHECK(given.Run({"a.ptest.yaml"}).code == 0);
  const ProgramResult result = given.Run({"a.ptest.yaml", "--endpoint", "all.json"});
  CHECK(result.code == 2);
  CHECK(Has(result.err, "--endpoint: no suite leaves the policy of its endpoint open"));
}

TEST_CASE("what goes through another endpoint is skipped in every format, and said") {
  const Given given;
  const std::vector<std::string> args{"--scenario", "ecr",      "--endpoint",
                                      "own.json",   "--region", "eu-west-1"};
  const struct {
    const char* format;
    const char* skipped;
    const char* failed;
  } kRows[] = {
      {"text", "1 failed, 5 skipped", "scenario ecr: failed: the layers are read"},
      {"json", "\"skip\": \"through the endpoint of `ecr.api`, and `own.json` is about `s3`\"",
       "\"cause\": \"the endpoint policy does not allow it: statement 1 `Own`"},
      {"junit", "<skipped message=\"through the endpoint of `ecr.dkr`", "<failure type=\"implicit"},
      {"tap", "# SKIP through the endpoint of `ecr.dkr`, and `own.json` is about `s3`",
       "not ok 1 - ecr: the layers are read"},
      {"github", "", "::error file=own.json,line=1,endLine=1,col="},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.format);
    std::vector<std::string> with = args;
    with.insert(with.end(), {"-f", row.format});
    const ProgramResult result = given.Run(with);
    CAPTURE(result.out);
    CHECK(result.code == 1);
    CHECK(Has(result.out, row.skipped));
    CHECK(Has(result.out, row.failed));
    CHECK(Has(result.err,
              "note: ecr: 5 cases not run, through other endpoints (3 of `ecr.api`, 2 of "
              "`ecr.dkr`): `own.json` is about `s3`"));
  }
  std::vector<std::string> quiet{"-q", "test"};
  quiet.insert(quiet.end(), args.begin(), args.end());
  CHECK(given.folder.Run(quiet).err.empty());
}

TEST_CASE("a policy that names no service is asked about every endpoint, or the one that is told") {
  const Given given;
  const std::vector<std::string> args{"--scenario", "ecr",      "--endpoint",
                                      "all.json",   "--region", "eu-west-1"};
  CHECK(Has(given.Run(args).out, "6 cases in 1 suite: 6 passed\n"));
  for (const auto& [service, passed] : std::vector<std::pair<std::string, std::string>>{
           {"s3", "1 passed, 5 skipped"},
           {"ecr.api", "3 passed, 3 skipped"},
           {"com.amazonaws.eu-west-1.ecr.dkr", "2 passed, 4 skipped"}}) {
    const std::string& name = service;
    CAPTURE(name);
    std::vector<std::string> with = args;
    with.insert(with.end(), {"--endpoint-service", service});
    CHECK(Has(given.Run(with).out, passed));
  }
  CHECK(Has(given
                .Run({"--scenario", "ecr", "--endpoint", "default", "--endpoint-service",
                      "com.amazonaws.eu-west-1.s3"})
                .out,
            "1 passed, 5 skipped"));
}

TEST_CASE("a verdict that hangs on what is not told is exit code 2 and names the flags") {
  const Given given;
  const std::vector<std::string> args{"--scenario", "codedeploy", "--endpoint",
                                      "own.json",   "--region",   "eu-west-1"};
  const ProgramResult untold = given.Run(args);
  CHECK(untold.code == 2);
  CHECK(Has(untold.out,
            "error: the verdict hangs on what is not told: --account ID, --org-id ID, --set "
            "revision-bucket=VALUE (the bucket of the revisions)"));
  std::vector<std::string> told = args;
  told.insert(told.end(), {"--org", "o-a1b2c3d4e5"});
  const ProgramResult result = given.Run(told);
  CHECK(result.code == 1);
  CHECK(Has(result.out, "2 passed, 1 failed, 4 skipped"));
  CHECK(!Has(result.out, "not told"));
}

TEST_CASE("the keys of the endpoint are unknown until the flags tell them") {
  const Given given;
  const std::vector<std::string> args{"--scenario", "al2",      "--endpoint",
                                      "vpc.json",   "--region", "eu-west-1"};
  const ProgramResult untold = given.Run(args);
  CHECK(untold.code == 2);
  CHECK(Has(untold.out, "the verdict hangs on what is not told: --endpoint-vpc ID\n"));
  for (const auto& [vpc, code] :
       std::vector<std::pair<std::string, int>>{{"vpc-0a1b2c3d", 0}, {"vpc-0b1b2c3d", 1}}) {
    const std::string& id = vpc;
    CAPTURE(id);
    std::vector<std::string> told = args;
    told.insert(told.end(), {"--endpoint-vpc", vpc});
    CHECK(given.Run(told).code == code);
  }
}

TEST_CASE("a suite of one's own may leave things open as well") {
  const Given given;
  const ProgramResult result =
      given.Run({"uploads.ptest.yaml", "--scenario", "al2", "--endpoint", "all.json", "--set",
                 "bucket=b", "--region", "cn-north-1"});
  CAPTURE(result.err);
  CHECK(result.code == 0);
  CHECK(Has(result.out, "3 cases in 2 suites: 3 passed"));
}

TEST_CASE("the policy of --endpoint counts for coverage and mutants") {
  const Given given;
  const std::vector<std::string> args{"--scenario", "al2",      "--endpoint",
                                      "all.json",   "--region", "eu-west-1"};
  std::vector<std::string> covered = args;
  covered.emplace_back("--coverage");
  CHECK(Has(given.Run(covered).out, "coverage of all.json: 100 % (1 of 1 statement"));
  std::vector<std::string> mutated = args;
  mutated.emplace_back("--mutate");
  CHECK(Has(given.Run(mutated).out, "all.json"));
}

}  // namespace postern::test
