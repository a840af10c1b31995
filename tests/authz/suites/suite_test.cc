#include "authz/suites/suite.h"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/authz/suites/testing.h"

namespace postern::authz {
namespace {

using testing::Files;
using testing::JsonTree;
using testing::ReadFrom;
using testing::Words;
using testing::YamlTree;

Files PolicyFiles() {
  return {
      {"s3-endpoint.json",
       R"({"Version": "2012-10-17", "Statement": [{"Sid": "OurData", "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::acme-data/*"}]})"},
      {"app-role.json",
       R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]})"}};
}

constexpr std::string_view kGood = R"(version: 1
suite: app role through the S3 gateway endpoint
policies:
  endpoint: {policy: s3-endpoint.json, type: gateway, service: s3, region: eu-west-1, id: vpce-0a1b2c3d4e5f60718, account: "111122223333"}
  identity: [app-role.json]
  resource: []
organization: {id: o-a1b2c3d4e5, accounts: {"111122223333": o-a1b2c3d4e5/r-ab12/}}
principals:
  member:    {arn: "arn:aws:iam::111122223333:role/app"}
  outsider:  {arn: "arn:aws:iam::999988887777:user/mallory", org_id: o-evil000000}
  anonymous: "*"
defaults:
  request: {principal: member, via: endpoint, resource_account: own}
tags: [s3]
cases:
  - name: aws s3 ls shows no bucket list
    request: {api: s3.ListBuckets}
    expect: {verdict: implicit-deny, by: [endpoint]}
  - name: another bucket stays closed at the endpoint
    tags: [data]
    request: {action: "s3:GetObject", resource: "arn:aws:s3:::elsewhere/1.csv"}
    expect: {verdict: implicit-deny, by: [endpoint]}
  - name: a default endpoint policy opens it
    policies: {endpoint: default}
    request: {action: "s3:GetObject", resource: "arn:aws:s3:::elsewhere/1.csv"}
    expect: {verdict: allow, by: [identity]}
  - name: and so does the same one again
    policies: {endpoint: default}
    request: {action: "s3:PutObject", resource: "arn:aws:s3:::elsewhere/1.csv"}
    expect: allow
  - name: not today
    skip: waiting for the bucket
    request: {action: "s3:GetObject"}
    expect: allow
matrix:
  - name: "{principal} must not carry data out"
    principal: [outsider, anonymous]
    action: ["s3:GetObject", "s3:PutObject"]
    resource: ["arn:aws:s3:::mallory/x", "arn:aws:s3:::mallory/y"]
    expect: {verdict: deny, by: [endpoint]}
)";

struct Read {
  std::optional<Suite> suite;
  std::string problems;
};

Read ReadTree(const std::shared_ptr<const policy::Tree>& tree) {
  REQUIRE(tree);
  DocumentCache documents(ReadFrom(PolicyFiles()));
  std::vector<CaseProblem> problems;
  Read read;
  read.suite = ReadSuite(tree, documents, problems);
  read.problems = Words(problems);
  CHECK(read.suite.has_value() == problems.empty());
  return read;
}

// A suite of one good case and what is given.
std::string Problems(const std::string& members) {
  return ReadTree(JsonTree(R"({"version": 1, )" + members + "}")).problems;
}

const std::string kCases =
    R"("cases": [{"name": "a", "request": {"principal": "*", "action": "s3:GetObject"}, "expect": "deny"}])";

TEST_CASE("a suite is read with its matrix expanded in document order") {
  const Read read = ReadTree(YamlTree(std::string(kGood)));
  REQUIRE(read.problems == "");
  const Suite& suite = *read.suite;
  CHECK(suite.name == "app role through the S3 gateway endpoint");
  REQUIRE(suite.cases.size() == 13);
  CHECK(suite.cases[0].question.request.action == "s3:ListAllMyBuckets");
  CHECK(suite.cases[0].question.request.principal.arn == "arn:aws:iam::111122223333:role/app");
  CHECK(suite.cases[0].question.request.resource_account_state == ResourceAccountState::kOwn);
  CHECK(suite.cases[1].tags == std::vector<std::string>{"s3", "data"});
  CHECK(suite.cases[4].skip == "waiting for the bucket");
  CHECK(suite.cases[5].name ==
        "outsider must not carry data out (s3:GetObject, arn:aws:s3:::mallory/x)");
  CHECK(suite.cases[6].name ==
        "outsider must not carry data out (s3:GetObject, arn:aws:s3:::mallory/y)");
  CHECK(suite.cases[12].name ==
        "anonymous must not carry data out (s3:PutObject, arn:aws:s3:::mallory/y)");
  CHECK(suite.cases[12].question.request.principal.kind == RequesterKind::kAnonymous);
  CHECK(suite.cases[12].question.request.resource == "arn:aws:s3:::mallory/y");
}

TEST_CASE("policies of a case replace members of the suite's, and equal ones are shared") {
  const Read read = ReadTree(YamlTree(std::string(kGood)));
  REQUIRE(read.problems == "");
  const Suite& suite = *read.suite;
  REQUIRE(suite.policies.size() == 2);
  CHECK(suite.cases[1].policies == 0);
  CHECK(suite.cases[2].policies == 1);
  CHECK(suite.cases[3].policies == 1);
  CHECK(suite.policies[1].endpoint->policy == Knowledge::kNone);
  CHECK(suite.policies[1].endpoint->id.empty());
  CHECK(suite.policies[1].identity.policies == suite.policies[0].identity.policies);
  CHECK(suite.policies[1].organization.id == "o-a1b2c3d4e5");
}

TEST_CASE("what a case calls replaces what the defaults call") {
  const Read read = ReadTree(JsonTree(R"({"version": 1,
    "defaults": {"request": {"principal": "*", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"}},
    "cases": [
      {"name": "default", "expect": "deny"},
      {"name": "api", "request": {"api": "s3.ListBuckets"}, "expect": "deny"},
      {"name": "calls", "request": {"calls": [{"action": "sts:AssumeRole"}]}, "expect": "deny"},
      {"name": "copy", "expect": "deny", "request": {"api": "s3.CopyObject",
       "resources": {"source": "arn:aws:s3:::a/k", "destination": "arn:aws:s3:::c/k"}}}]})"));
  REQUIRE(read.problems == "");
  CHECK(read.suite->cases[0].question.request.resource == "arn:aws:s3:::b/k");
  CHECK(read.suite->cases[1].question.request.resource == "*");
  CHECK(read.suite->cases[2].question.request.action == "sts:AssumeRole");
  CHECK(read.suite->cases[3].question.calls.size() == 2);
}

TEST_CASE("problems of a suite stand at their places") {
  const std::string good =
      R"("request": {"principal": "*", "action": "s3:GetObject"}, "expect": "deny")";
  const std::pair<std::string, std::string> table[] = {
      {R"("cases": [])", R"(empty-suite  <{"version": 1, "cases": []}>)"},
      {R"("cases": {})", "wrong-type /cases <{}>"},
      {R"("matrix": {}, )" + kCases, "wrong-type /matrix <{}>"},
      {R"("casess": [], )" + kCases, R"(unknown-member /casess <"casess">)"},
      {R"("suite": "a", "suite": "b", )" + kCases, R"(duplicate-member /suite <"suite">)"},
      {R"("status": "seen", )" + kCases, R"(bad-status /status <"seen">)"},
      {R"("principals": {"a": "b"}, )" + kCases, R"(bad-principal /principals/a <"b">)"},
      {R"("defaults": {"requests": {}}, )" + kCases,
       R"(unknown-member /defaults/requests <"requests">)"},
      {R"("cases": [{"name": "a", )" + good + R"(}, {"name": "a", )" + good + "}]",
       "duplicate-name /cases/1"},
      {R"("cases": [{"name": "", )" + good + "}]", R"(empty-text /cases/0/name <"">)"},
      {R"("cases": [{"name": "a", "skip": true, )" + good + "}]",
       "wrong-type /cases/0/skip <true>"},
      {R"("cases": [{"name": "a", "expect": "deny"}])",
       R"(missing-member /cases/0 <{"name": "a", "expect": "deny"}>; missing-member /cases/0 <{"name": "a", "expect": "deny"}>)"},
      {R"("principals": {"member": "*"}, "cases": [{"name": "a", "request": {"principal": "membr", "action": "s3:GetObject"}, "expect": "deny"}])",
       R"(unknown-principal /cases/0/request/principal <"membr">)"},
      {R"("matrix": [{"name": "a", "action": [], )" + good + "}]",
       R"(contradiction /matrix/0/action <"action">; empty-axis /matrix/0/action <[]>)"},
      {R"("matrix": [{"name": "{acton}", )" + good + "}]",
       R"(unknown-placeholder /matrix/0/name <"{acton}">)"},
      {R"("matrix": [{"name": "a", "principal": "*", "action": ["s3:GetObject", "s3:GetObject"], "expect": "deny"}])",
       "duplicate-name /matrix/0"},
  };
  for (const auto& row : table) {
    const auto& members = row.first;
    const auto& problem = row.second;
    CAPTURE(members);
    CHECK(Problems(members) == problem);
  }
  CHECK(ReadTree(JsonTree("{" + kCases + "}")).problems == "missing-member ");
  CHECK(ReadTree(JsonTree(R"({"version": 2, )" + kCases + "}")).problems ==
        "unsupported-version /version <2>");
}

TEST_CASE("a matrix has at most a million cells") {
  std::string axis = "[\"arn:aws:s3:::b/0\"";
  for (int i = 1; i < 1001; ++i) axis += ", \"arn:aws:s3:::b/" + std::to_string(i) + "\"";
  axis += "]";
  CHECK(Problems(R"("matrix": [{"name": "a", "principal": "*", "action": )" + axis +
                 R"(, "resource": )" + axis + R"(, "expect": "deny"}])") ==
        "too-many-cells /matrix/0");
}

// Whatever the text, reading ends, and a suite that is refused comes with a problem.
void CheckSurvives(std::string text) {
  if (const auto tree = YamlTree(std::move(text))) ReadTree(tree);
}

TEST_CASE("no slip of the pen in a good suite breaks the reader") {
  const std::string good(kGood);
  for (std::size_t i = 0; i < good.size(); ++i) {
    CAPTURE(i);
    CheckSurvives(good.substr(0, i) + good.substr(i + 1));
    CheckSurvives(good.substr(0, i + 1) + good.substr(i));
  }
}

std::vector<std::string> Run(const Suite& suite) {
  std::vector<std::shared_ptr<const CompiledPolicySet>> compiled;
  for (const PolicySet& policies : suite.policies) {
    compiled.push_back(Compile(policies, policy::Catalogue::Embedded()));
  }
  BoundRequest scratch;
  std::vector<std::string> lines;
  for (const SuiteCase& test : suite.cases) {
    const CaseResult result = RunCase(*compiled[test.policies], test, scratch);
    static constexpr std::string_view kNames[] = {"passed", "failed",      "skipped",
                                                  "todo",   "todo passed", "error"};
    std::string line(kNames[static_cast<std::size_t>(result.status)]);
    for (const std::string& reason : result.reasons) line += "; " + reason;
    lines.push_back(line);
  }
  return lines;
}

TEST_CASE("a suite runs: what is expected passes, what is skipped does not run") {
  const Read read = ReadTree(YamlTree(std::string(kGood)));
  REQUIRE(read.suite);
  const std::vector<std::string> lines = Run(*read.suite);
  REQUIRE(lines.size() == 13);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CAPTURE(read.suite->cases[i].name);
    CHECK(lines[i] == (i == 4 ? "skipped" : "passed"));
  }
}

TEST_CASE("a failing case says what was wanted and what came") {
  const Read read = ReadTree(JsonTree(R"({"version": 1,
    "policies": {"endpoint": "s3-endpoint.json", "identity": ["app-role.json"], "resource": []},
    "defaults": {"request": {"principal": "arn:aws:iam::111122223333:user/alice", "resource_account": "own"}},
    "cases": [
      {"name": "1", "request": {"api": "s3.ListBuckets"}, "expect": "allow"},
      {"name": "2", "request": {"api": "s3.ListBuckets"}, "expect": {"verdict": "deny", "by": ["identity"]}},
      {"name": "3", "request": {"action": "s3:GetObject", "resource": "arn:aws:s3:::acme-data/x"},
       "expect": {"verdict": "allow", "sid": "Nobody"}},
      {"name": "4", "todo": "later", "request": {"api": "s3.ListBuckets"}, "expect": "allow"},
      {"name": "5", "todo": "later", "request": {"api": "s3.ListBuckets"}, "expect": "deny"},
      {"name": "6", "request": {"action": "nonsense"}, "expect": "deny"},
      {"name": "7", "expect": {"verdict": "implicit-deny", "by": ["endpoint"]},
       "request": {"api": "s3.CopyObject", "resources":
         {"source": "arn:aws:s3:::elsewhere/x", "destination": "arn:aws:s3:::acme-data/x"}}}]})"));
  REQUIRE(read.problems == "");
  const std::vector<std::string> lines = Run(*read.suite);
  REQUIRE(lines.size() == 7);
  CHECK(lines[0] == "failed; wanted allow, got implicit-deny by endpoint");
  CHECK(lines[1] == "failed; wanted it decided by identity, got endpoint");
  CHECK(lines[2] == "failed; wanted statement Nobody to decide, got no statement with a Sid");
  CHECK(lines[3] == "todo; wanted allow, got implicit-deny by endpoint");
  CHECK(lines[4] == "todo passed");
  CHECK(lines[5] == "error");
  CHECK(lines[6] == "passed");
}

TEST_CASE("calls are decided together: the first of the worst decides") {
  const Read read = ReadTree(JsonTree(R"({"version": 1,
    "policies": {"endpoint": "s3-endpoint.json", "identity": ["app-role.json"], "resource": []},
    "cases": [{"name": "1", "expect": "deny", "request":
      {"principal": "arn:aws:iam::111122223333:user/alice", "resource_account": "own", "calls": [
        {"action": "s3:GetObject", "resource": "arn:aws:s3:::acme-data/x"},
        {"action": "s3:GetObject", "resource": "arn:aws:s3:::elsewhere/x"},
        {"action": "s3:PutObject", "resource": "arn:aws:s3:::elsewhere/x"}]}}]})"));
  REQUIRE(read.problems == "");
  const auto compiled = Compile(read.suite->policies[0], policy::Catalogue::Embedded());
  BoundRequest scratch;
  const CallsDecision calls = DecideCase(*compiled, read.suite->cases[0].question, scratch);
  REQUIRE_FALSE(calls.error);
  CHECK(calls.decision.verdict == Verdict::kImplicitDeny);
  CHECK(calls.deciding_call == 1);
}

TEST_CASE("calls of which one or more are made: one verdict for all decides") {
  const auto statement = [](const char* effect, const char* actions) {
    return std::string(R"({"Effect": ")") + effect + R"(", "Action": [)" + actions +
           R"(], "Resource": "*"})";
  };
  constexpr const char* kAll = R"("dynamodb:*")";
  const std::string table = R"("arn:aws:dynamodb:eu-west-1:111122223333:table/t")";
  const struct {
    std::string statements;
    Verdict verdict;
    bool missing;
    std::uint32_t deciding_call;
  } cases[] = {
      {statement("Allow", kAll), Verdict::kAllow, false, 0},
      {statement("Allow", R"("sqs:*")"), Verdict::kImplicitDeny, false, 0},
      {statement("Deny", kAll), Verdict::kExplicitDeny, false, 0},
      {statement("Allow", R"("dynamodb:ConditionCheckItem", "dynamodb:PutItem")"),
       Verdict::kUnknown, true, 1},
      {statement("Allow", kAll) + "," + statement("Deny", R"("dynamodb:PutItem")"),
       Verdict::kUnknown, true, 2},
      // Denied either way, but not in the same way.
      {statement("Deny", R"("dynamodb:UpdateItem")"), Verdict::kUnknown, true, 3},
  };
  for (const auto& row : cases) {
    CAPTURE(row.statements);
    const Read read = ReadTree(JsonTree(
        R"({"version": 1, "policies": {"identity": [{"Version": "2012-10-17", "Statement": [)" +
        row.statements + R"(]}], "resource": []}, "cases": [{"name": "1", "expect": "allow",
        "request": {"principal": "arn:aws:iam::111122223333:user/alice",
                    "api": "dynamodb.TransactWriteItems", "resource": )" +
        table + "}}]}"));
    REQUIRE(read.problems == "");
    const auto compiled = Compile(read.suite->policies[0], policy::Catalogue::Embedded());
    BoundRequest scratch;
    const CallsDecision calls = DecideCase(*compiled, read.suite->cases[0].question, scratch);
    REQUIRE_FALSE(calls.error);
    CHECK(calls.decision.verdict == row.verdict);
    CHECK(calls.decision.missing.HasOperation() == row.missing);
    CHECK(calls.deciding_call == row.deciding_call);
  }
}

TEST_CASE("an unquoted yes, no, on or off is refused where text could stand") {
  const std::string head =
      "version: 1\nsuite: s\npolicies: {identity: [app-role.json], resource: []}\ncases:\n";
  const std::string request =
      "request: {principal: \"arn:aws:iam::111122223333:user/a\", action: \"s3:GetObject\", "
      "resource_account: own";
  const auto problems = [&](const std::string& entry) {
    return ReadTree(YamlTree(head + "  - {name: n, expect: deny, " + entry + "}\n")).problems;
  };
  CHECK(problems(request + "}").empty());
  CHECK(problems(request + ", context: {\"aws:SecureTransport\": on}}") ==
        "ambiguous-word /cases/0/request/context/aws:SecureTransport <on>");
  CHECK(problems(request + ", context: {\"aws:RequestTag/x\": [\"on\", No]}}") ==
        "ambiguous-word /cases/0/request/context/aws:RequestTag~1x/1 <No>");
  CHECK(problems(request + ", context: {\"aws:RequestTag/x\": \"no\"}}").empty());
  CHECK(problems("skip: no, " + request + "}") == "ambiguous-word /cases/0/skip <no>");
  CHECK(problems("todo: yes, " + request + "}") == "ambiguous-word /cases/0/todo <yes>");
}

}  // namespace
}  // namespace postern::authz
