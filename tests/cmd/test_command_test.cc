#include <doctest/doctest.h>

#include "tests/cmd/run_program.h"

using postern::test::Folder;
using postern::test::kAllowAll;

namespace {

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

std::string Suite(const std::string& name, const std::string& expect) {
  return "version: 1\nsuite: " + name +
         "\npolicies: {identity: [identity.json], resource: []}\ncases:\n"
         "  - name: lists buckets\n    tags: [fast]\n"
         "    request: {principal: \"arn:aws:iam::111122223333:user/a\", action: "
         "\"s3:ListAllMyBuckets\"}\n"
         "    expect: " +
         expect + "\n";
}

}  // namespace

TEST_CASE("tests that pass are 0, one that fails is 1 and says what was wanted and what came") {
  const Folder folder;
  folder.Write("identity.json", kAllowAll);
  folder.Write("good.ptest.yaml", Suite("good", "allow"));
  CHECK(folder.Run({"test", "good.ptest.yaml"}).code == 0);
  folder.Write("bad.ptest.yaml", Suite("bad", "explicit-deny"));
  const auto result = folder.Run({"test", "."});
  CHECK(result.code == 1);
  CHECK(Has(result.out,
            "bad.ptest.yaml:5:5: failed: bad: lists buckets\n  wanted: explicit-deny\n"
            "  got:    allow by identity\n"));
  CHECK(Has(result.out,
            "decided by identity: statement 1 `All` (`/Statement/0`) at identity.json:1:38"));
  CHECK(Has(result.out, "2 cases in 2 suites: 1 passed, 1 failed"));
}

TEST_CASE("cases are selected by name and by tag, and none selected is exit code 2") {
  const Folder folder;
  folder.Write("identity.json", kAllowAll);
  folder.Write("a.ptest.yaml", Suite("a", "allow"));
  CHECK(folder.Run({"test", ".", "-r", "^a: lists"}).code == 0);
  CHECK(folder.Run({"test", ".", "--tag", "fast"}).code == 0);
  CHECK(folder.Run({"test", ".", "--tag", "slow"}).code == 2);
  const auto none = folder.Run({"test", ".", "-r", "nothing"});
  CHECK(none.code == 2);
  CHECK(Has(none.err, "--list"));
  CHECK(folder.Run({"test", ".", "-r", "("}).code == 2);
  CHECK(folder.Run({"test", "--list", "."}).out == "a.ptest.yaml:5:5: a: lists buckets [fast]\n");
}

TEST_CASE("without a path the suites that are here are run") {
  const Folder folder;
  CHECK(folder.Run({"test"}).code == 2);
  CHECK(Has(folder.Run({"test"}).err, "there is no suite"));
  folder.Write("identity.json", kAllowAll);
  folder.Write("below/identity.json", kAllowAll);
  folder.Write("a.ptest.yaml", Suite("a", "allow"));
  folder.Write("below/b.ptest.yaml", Suite("b", "allow"));
  CHECK(folder.Run({"test"}).out == "2 cases in 2 suites: 2 passed\n");
  CHECK(Has(folder.Run({"test", "--help"}).out, "  --coverage[=text|json|html] which"));
}

TEST_CASE("a failure says each thing once, and where in the policy its cause is") {
  const Folder folder;
  folder.Write("endpoint.json", postern::test::kEndpointObjects);
  const std::string rest =
      "policies: {endpoint: {policy: endpoint.json, type: gateway}}\n"
      "cases:\n  - name: a\n    expect: allow\n    request: {principal: "
      "\"arn:aws:iam::111122223333:user/a\", action: \"s3:PutObject\", resource: "
      "\"arn:aws:s3:::b\", resource_account: own}\n";
  folder.Write("a.ptest.yaml", "version: 1\nlayers: [endpoint]\n" + rest);
  const auto result = folder.Run({"test", "."});
  INFO(result.out);
  CHECK(Has(result.out, "  wanted: allow\n  got:    implicit-deny by endpoint\n  cause: "));
  CHECK_FALSE(Has(result.out, "wanted allow"));
  CHECK_FALSE(Has(result.out, "help: "));
}

TEST_CASE("where no identity policy is given and one is wanted, help says how to ask without") {
  const Folder folder;
  folder.Write("all.json",
               R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",)"
               R"( "Action": "*", "Resource": "*"}})");
  const std::string cases =
      "cases:\n  - name: a\n    expect: allow\n    request: {principal: "
      "\"arn:aws:iam::111122223333:user/a\", action: \"s3:GetObject\", resource: "
      "\"arn:aws:s3:::b/k\", resource_account: own}\n";
  const std::string endpoint = "policies: {endpoint: {policy: all.json, type: gateway}}\n";
  const std::string help = "  help: no identity policy is given; `layers: [endpoint]` asks";
  folder.Write("a.ptest.yaml", "version: 1\n" + endpoint + cases);
  CHECK(Has(folder.Run({"test", "."}).out, help));
  folder.Write("a.ptest.yaml", "version: 1\n" + cases);
  CHECK_FALSE(Has(folder.Run({"test", "."}).out, help));
  folder.Write("a.ptest.yaml", "version: 1\nlayers: [endpoint]\n" + endpoint + cases);
  CHECK(folder.Run({"test", "."}).code == 0);
}

TEST_CASE("what is no suite is exit code 2") {
  const Folder folder;
  folder.Write("identity.json", kAllowAll);
  folder.Write("empty/a.ptest.yaml", "");
  folder.Write("no-cases/a.ptest.yaml", "version: 1\nsuite: x\ncases: []\n");
  folder.Write("broken/a.ptest.json", "{");
  folder.Write("nothing/a.txt", "");
  folder.Write("no-policy/a.ptest.yaml", Suite("x", "allow"));
  for (const char* path : {"empty", "no-cases", "broken", "nothing", "missing", "no-policy"}) {
    CAPTURE(path);
    const auto result = folder.Run({"test", path});
    CHECK(result.code == 2);
    CHECK(!result.err.empty());
  }
}

TEST_CASE("two suites with one name are run, with a warning that names both") {
  const Folder folder;
  folder.Write("identity.json", kAllowAll);
  folder.Write("a.ptest.yaml", Suite("same", "allow"));
  folder.Write("b.ptest.yaml", Suite("same", "allow"));
  const auto result = folder.Run({"test", "."});
  CHECK(result.code == 0);
  CHECK(Has(result.err, "warning: `a.ptest.yaml` and `b.ptest.yaml` have one name, `same`"));
  CHECK(Has(result.out, "2 cases in 2 suites: 2 passed"));
  CHECK(folder.Run({"-q", "test", "."}).err.empty());
}

TEST_CASE("a misspelt action or key is a warning at its place, and changes no result") {
  const Folder folder;
  folder.Write("identity.json", kAllowAll);
  folder.Write("a.ptest.yaml",
               "version: 1\npolicies: {identity: [identity.json], resource: []}\ncases:\n"
               "  - name: a\n    expect: allow\n    request:\n"
               "      principal: \"arn:aws:iam::111122223333:user/a\"\n"
               "      action: \"s3:DeleteObjekt\"\n"
               "      resource: \"arn:aws:s3:::b/k\"\n      resource_account: own\n"
               "      context: {\"aws:PrincipalOrgsID\": o-a1b2c3d4e5}\n");
  const auto result = folder.Run({"test", "a.ptest.yaml"});
  CHECK(result.code == 0);
  CHECK(result.err ==
        "a.ptest.yaml:8:15: warning: `s3` has no action `DeleteObjekt`\n"
        "  help: did you mean `s3:DeleteObject`?\n"
        "a.ptest.yaml:11:17: warning: there is no condition key `aws:PrincipalOrgsID`: no request "
        "carries it\n"
        "  help: did you mean `aws:PrincipalOrgID`?\n");
  CHECK(folder.Run({"-q", "test", "."}).err.empty());
  CHECK(Has(folder.Run({"test", ".", "-f", "github"}).out,
            "::warning file=a.ptest.yaml,line=8,endLine=8,col=15::`s3` has no action "
            "`DeleteObjekt`%0Ahelp: did you mean `s3:DeleteObject`?\n"));
}

TEST_CASE("a policy that is not there is said with the place that names it") {
  const Folder folder;
  folder.Write("a.ptest.yaml", Suite("x", "allow"));
  const auto result = folder.Run({"test", "."});
  CHECK(result.code == 2);
  CHECK(Has(result.err, "a.ptest.yaml:3:23: error: `identity.json`: no such file\n"));
}

TEST_CASE("a row of many cells keeps no text for those that pass") {
  const Folder folder;
  folder.Write("identity.json", kAllowAll);
  std::string users;
  for (int i = 0; i < 1000; ++i) {
    users +=
        (i == 0 ? "" : ", ") + ("\"arn:aws:iam::111122223333:user/u" + std::to_string(i)) + "\"";
  }
  folder.Write("a.ptest.yaml",
               "version: 1\nsuite: many\npolicies: {identity: [identity.json], resource: []}\n"
               "matrix:\n  - name: \"{principal} {action}\"\n    principal: [" +
                   users +
                   "]\n    action: [\"s3:ListAllMyBuckets\", \"ec2:DescribeVpcs\"]\n"
                   "    expect: allow\n");
  const auto result = folder.Run({"test", "."});
  CHECK(result.code == 0);
  CHECK(result.out == "2000 cases in 1 suite: 2000 passed\n");
}

TEST_CASE("--fail-fast stops at the first failure") {
  const Folder folder;
  folder.Write("identity.json", kAllowAll);
  folder.Write("a.ptest.yaml", Suite("a", "deny"));
  folder.Write("b.ptest.yaml", Suite("b", "deny"));
  CHECK(Has(folder.Run({"test", "."}).out, "2 failed"));
  CHECK(Has(folder.Run({"test", "--fail-fast", "."}).out, "1 failed"));
}
