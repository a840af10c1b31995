#include <doctest/doctest.h>

#include <algorithm>

#include "tests/cmd/run_program.h"

using postern::test::Folder;
using postern::test::kAllowAll;
using postern::test::kEndpointObjects;

namespace {

bool Has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

constexpr const char* kAlice = "arn:aws:iam::111122223333:user/alice";

std::vector<std::string> Ask(const std::string& action, const std::string& resource,
                             std::vector<std::string> more = {}) {
  std::vector<std::string> args{"eval",    "--endpoint",  "endpoint.json", "--endpoint-type",
                                "gateway", "--identity",  "identity.json", "--resource-policy",
                                "none",    "--principal", kAlice,          "--action",
                                action,    "--resource",  resource,        "--resource-account",
                                "own"};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

struct Policies {
  Folder folder;
  Policies() {
    folder.Write("endpoint.json", kEndpointObjects);
    folder.Write("identity.json", kAllowAll);
  }
};

std::string Line(const std::string& id, const std::string& action, const std::string& resource) {
  return "{\"id\":\"" + id + "\",\"request\":{\"principal\":\"" + kAlice + "\",\"action\":\"" +
         action + "\",\"resource\":\"" + resource + "\",\"resource_account\":\"own\"}}\n";
}

constexpr std::string_view kPoliciesFile =
    R"({"endpoint":{"policy":"endpoint.json","type":"gateway"},"identity":["identity.json"],"resource":[]})";

}  // namespace

TEST_CASE("a misspelt action or key is a warning with the flag it came from, to explain as well") {
  const Policies p;
  for (const char* command : {"eval", "explain"}) {
    CAPTURE(command);
    auto args = Ask("s3:GetObjekt", "arn:aws:s3:::b/k", {"--context", "aws:SourceVpcc=vpc-1"});
    args[0] = command;
    const auto result = p.folder.Run(args);
    CHECK(result.code == 1);
    CHECK(result.err ==
          "postern: warning: --action: `s3` has no action `GetObjekt`\n"
          "  help: did you mean `s3:GetObject`?\n"
          "postern: warning: --context: there is no condition key `aws:SourceVpcc`: no request "
          "carries it\n"
          "  help: did you mean `aws:SourceVpc`?\n");
  }
}

TEST_CASE("one request is 0 when allowed, 1 when denied, 3 when undetermined, 2 when malformed") {
  const Policies p;
  const auto allowed = p.folder.Run(Ask("s3:GetObject", "arn:aws:s3:::b/k"));
  CHECK(allowed.code == 0);
  CHECK(
      allowed.out ==
      "allow by identity\n  identity: statement 1 `All` (`/Statement/0`) at identity.json:1:38\n");
  const auto denied = p.folder.Run(Ask("s3:ListAllMyBuckets", "*"));
  CHECK(denied.code == 1);
  CHECK(denied.out == "implicit-deny by endpoint\n");
  CHECK(p.folder
            .Run({"eval", "--identity", "unknown", "--resource-policy", "none", "--principal",
                  kAlice, "--action", "s3:ListAllMyBuckets"})
            .code == 3);
  const auto wrong = p.folder.Run(Ask("s3:ListBuckets", "*"));
  CHECK(wrong.code == 2);
  CHECK(Has(wrong.err, "--action: "));
  CHECK(Has(wrong.err, "s3:ListAllMyBuckets"));
}

TEST_CASE("a problem of a flag names the flag, and that of a case file its line") {
  const Policies p;
  CHECK(Has(p.folder.Run(Ask("s3:GetObject", "arn:aws:s3:::b/k", {"--scp", "none.json"})).err,
            "--scp: `none.json`: no such file"));
  CHECK(Has(p.folder.Run(Ask("s3:GetObject", "arn:aws:s3:::b/k", {"--context", "nocolon=1"})).err,
            "--context: "));
  p.folder.Write("case.json", "{\n \"policies\": {},\n \"requests\": {}\n}");
  const auto result = p.folder.Run({"eval", "case.json"});
  CHECK(result.code == 2);
  CHECK(Has(result.err, "case.json:3:2: error: "));
  p.folder.Write("broken.json", "{\"policies\": ");
  CHECK(p.folder.Run({"eval", "broken.json"}).code == 2);
}

TEST_CASE("an expectation in the case decides the exit code") {
  const Policies p;
  const std::string case_text = "{\"policies\":" + std::string(kPoliciesFile) +
                                ",\"request\":{\"principal\":\"" + kAlice +
                                "\",\"action\":\"s3:ListAllMyBuckets\"},\"expect\":";
  p.folder.Write("met.json", case_text + "\"implicit-deny\"}");
  p.folder.Write("unmet.json", case_text + "\"allow\"}");
  CHECK(p.folder.Run({"eval", "met.json"}).code == 0);
  CHECK(p.folder.Run({"eval", "unmet.json"}).code == 1);
}

TEST_CASE("a stream answers in order, and goes on after a line that cannot be used") {
  const Policies p;
  p.folder.Write("policies.json", kPoliciesFile);
  const std::string input =
      Line("a", "s3:GetObject", "arn:aws:s3:::b/k") + "\n" + Line("b", "s3:ListAllMyBuckets", "*") +
      "not json\n" + std::string((1 << 20) + 5, 'x') + "\n" +
      "{\"id\":\"c\",\"policies\":{},\"request\":{}}\n" +
      "{\"id\":\"d\",\"request\":{\"principal\":\"*\",\"action\":\"nothing\"}}\n" +
      Line("e", "s3:GetObject", "arn:aws:s3:::b/k");
  const auto result = p.folder.Run({"eval", "--stream", "--policies", "policies.json"}, input);
  CHECK(result.code == 2);
  CHECK(std::count(result.out.begin(), result.out.end(), '\n') == 7);
  CHECK(result.out.starts_with(
      "{\"id\":\"a\",\"verdict\":\"allow\",\"decided_by\":[\"identity\"],\"statements\":[{"
      "\"layer\":"
      "\"identity\",\"policy\":0,\"sid\":\"All\",\"index\":0}]}\n"
      "{\"id\":\"b\",\"verdict\":\"implicit-deny\",\"decided_by\":[\"endpoint\"]}\n"
      "{\"id\":null,\"error\":{\"code\":\"malformed-json\""));
  CHECK(Has(result.out,
            "{\"id\":null,\"error\":{\"code\":\"line-too-long\",\"message\":\"line 5 is"));
  CHECK(Has(result.out, "{\"id\":\"c\",\"error\":{\"code\":\"unknown-member\""));
  CHECK(Has(result.out, "{\"id\":\"d\",\"error\":"));
  CHECK(Has(result.out, "{\"id\":\"e\",\"verdict\":\"allow\""));
}

TEST_CASE("a stream of good lines is exit code 0 whatever the verdicts") {
  const Policies p;
  const std::string line = "{\"id\":1,\"policies\":" + std::string(kPoliciesFile) +
                           ",\"request\":{\"principal\":\"" + kAlice +
                           "\",\"action\":\"s3:ListAllMyBuckets\"}}\n";
  const auto result = p.folder.Run({"eval", "--stream"}, line + line);
  CHECK(result.code == 0);
  const std::string answer =
      "{\"id\":\"1\",\"verdict\":\"implicit-deny\",\"decided_by\":[\"endpoint\"]}\n";
  CHECK(result.out == answer + answer);
}

TEST_CASE("the number of jobs changes nothing in a stream's output") {
  const Policies p;
  p.folder.Write("policies.json", kPoliciesFile);
  std::string input;
  for (int i = 0; i < 5000; ++i) {
    input += i % 7 == 0 ? "broken\n"
                        : Line(std::to_string(i), i % 2 == 0 ? "s3:GetObject" : "s3:PutObject",
                               "arn:aws:s3:::b/" + std::to_string(i));
  }
  p.folder.Write("lines.ndjson", input);
  const std::vector<std::string> args{"eval", "--stream", "lines.ndjson", "--policies",
                                      "policies.json"};
  const auto alone = p.folder.Run(args);
  CHECK(std::count(alone.out.begin(), alone.out.end(), '\n') == 5000);
  for (const char* jobs : {"2", "5"}) {
    auto with_jobs = args;
    with_jobs.insert(with_jobs.end(), {"--jobs", jobs});
    const auto result = p.folder.Run(with_jobs);
    CHECK(result.out == alone.out);
    CHECK(result.code == 2);
  }
}

// S7.14.4
TEST_CASE("what an operation may need as well is assumed, in every form of output") {
  const Policies p;
  const std::vector<std::string> args{
      "eval",        "--identity", "identity.json", "--resource-policy",    "none",
      "--principal", kAlice,       "--api",         "lambda.CreateFunction"};
  const auto text = p.folder.Run(args);
  CHECK(text.code == 0);
  CHECK(Has(text.out,
            "assumed: permission:iam:PassRole: the operation may need it as well, and it is not "
            "judged\n"));
  CHECK_FALSE(Has(text.out, "api:same-name"));
  auto with_json = args;
  with_json.insert(with_json.end(), {"-f", "json"});
  CHECK(Has(p.folder.Run(with_json).out, "\"permission:iam:PassRole\","));
  p.folder.Write("policies.json", kPoliciesFile);
  const auto lines =
      p.folder.Run({"eval", "--stream", "-", "--policies", "policies.json"},
                   R"({"id":"1","request":{"principal":"*","api":"sns.CreateTopic"}})"
                   "\n"
                   R"({"id":"2","request":{"principal":"*","api":"sns.Publish"}})"
                   "\n");
  CHECK(Has(lines.out, "\"assumed\":[\"permission:iam:PassRole\"]}\n{\"id\":\"2\""));
  CHECK_FALSE(Has(lines.out.substr(lines.out.find('\n')), "assumed"));
}

TEST_CASE("an operation of which the case does not say what it makes is undetermined, and why") {
  const Folder folder;
  folder.Write("identity.json", R"({"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"*"}]})");
  const auto result =
      folder.Run({"eval", "--identity", "identity.json", "--resource-policy", "none", "--principal",
                  kAlice, "--api", "dynamodb.TransactWriteItems", "--resource",
                  "arn:aws:dynamodb:eu-west-1:111122223333:table/t"});
  CHECK(result.code == 3);
  CHECK(result.out ==
        "unknown\n  call 1 of 4: dynamodb:ConditionCheckItem on "
        "arn:aws:dynamodb:eu-west-1:111122223333:table/t\nmissing: operation: what it is sent with "
        "says which of these calls it makes; `calls` can name them\n");
}

TEST_CASE("explain shows the failed legs, actual against wanted") {
  const Policies p;
  auto args = Ask("s3:PutObject", "arn:aws:s3:::b/k");
  args.front() = "explain";
  const auto result = p.folder.Run(args);
  CHECK(result.code == 1);
  CHECK(Has(result.out, "implicit-deny by endpoint"));
  CHECK(Has(result.out,
            "action: does not hold (not-matched)\n        wanted Action: \"s3:GetObject\"\n"
            "        got    `s3:PutObject`\n"));
}

TEST_CASE("explain takes a layer that is not given as unknown") {
  const Policies p;
  const auto result =
      p.folder.Run({"explain", "--identity", "identity.json", "--principal", kAlice, "--action",
                    "s3:GetObject", "--resource", "arn:aws:s3:::b/k", "--resource-account", "own"});
  CHECK(result.code == 3);
  CHECK(Has(result.out, "missing: layer:resource"));
}

TEST_CASE("a message alone is understood, and the verdict is unknown") {
  const std::string text =
      "An error occurred (AccessDenied) when calling the ListBuckets operation: User: "
      "arn:aws:sts::111122223333:assumed-role/app/i-0abc is not authorized to perform: "
      "s3:ListAllMyBuckets because no VPC endpoint policy allows the s3:ListAllMyBuckets action";
  const auto result = postern::test::RunProgram({"explain", "-f", "json", "--message", "-"}, text);
  CHECK(result.code == 3);
  CHECK(Has(result.out, "\"authorization_failure\": true"));
  CHECK(Has(result.out, "\"action\": \"s3:ListAllMyBuckets\""));
  CHECK(Has(result.out, "\"resource\": null"));
  CHECK(Has(result.out, "\"layer\": \"endpoint\""));
  CHECK(Has(result.out, "\"denial\": \"implicit\""));
  CHECK(Has(result.out, "\"verdict\": \"unknown\""));
  const Policies p;
  const auto with_policies = p.folder.Run({"explain", "-f", "json", "--message", text, "--endpoint",
                                           "endpoint.json", "--identity", "identity.json"});
  CHECK(with_policies.code == 1);
  CHECK(Has(with_policies.out, "\"verdict\": \"implicit-deny\""));
  CHECK(Has(with_policies.out, "\"disagreement\": null"));
  p.folder.Write(
      "open-endpoint.json",
      R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]})");
  const auto disagrees =
      p.folder.Run({"explain", "--message", text, "--endpoint", "open-endpoint.json", "--identity",
                    "identity.json", "--resource-policy", "none"});
  CHECK(disagrees.code == 0);
  CHECK(Has(disagrees.out,
            "but: the message says implicit deny by endpoint, these policies give allow"));
}

constexpr std::string_view kOwnOrganization =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*",
"Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}]})";

std::vector<std::string> AskInOrganization(std::vector<std::string> more) {
  more.insert(more.end(),
              {"--endpoint", "organization.json", "--endpoint-type", "gateway", "--identity",
               "identity.json", "--resource-policy", "none", "--resource-account", "own"});
  return more;
}

TEST_CASE("what a message does not tell is unknown and not absent") {
  const Policies p;
  p.folder.Write("organization.json", kOwnOrganization);
  const std::string text =
      "User: arn:aws:sts::111122223333:assumed-role/app/i-0abc is not authorized to perform: "
      "s3:GetObject on resource: \"arn:aws:s3:::b/k\" because no VPC endpoint policy allows the "
      "s3:GetObject action";
  const auto open = p.folder.Run(AskInOrganization({"explain", "--message", text}));
  CHECK(open.code == 3);
  CHECK(Has(open.out, "cause: the answer depends on `aws:PrincipalOrgID`, not known here\n"));
  const auto told =
      p.folder.Run(AskInOrganization({"explain", "--message", text, "--org-id", "o-other00000"}));
  CHECK(told.code == 1);
  CHECK(Has(told.out, "`aws:PrincipalOrgID` is `o-other00000`, and `StringEquals` asks for "));
}

TEST_CASE("the organization of the caller can be told, and is that of the own account's bucket") {
  const Policies p;
  p.folder.Write("organization.json", kOwnOrganization);
  const std::vector<std::string> ask = {"--principal",  std::string(kAlice), "--action",
                                        "s3:GetObject", "--resource",        "arn:aws:s3:::b/k"};
  const auto run = [&](std::vector<std::string> args) {
    args.insert(args.end(), ask.begin(), ask.end());
    return p.folder.Run(AskInOrganization(std::move(args)));
  };
  const auto silent = run({"eval"});
  CHECK(silent.code == 1);
  CHECK(Has(silent.out, "absent: aws:PrincipalOrgID: not given, and nothing else tells it\n"));
  const auto told = run({"eval", "--org-id", "o-a1b2c3d4e5"});
  CHECK(told.code == 0);
  CHECK_FALSE(Has(told.out, "absent"));
  CHECK(Has(run({"explain", "--org-id", "o-a1b2c3d4e5"}).out,
            "aws:ResourceOrgID = `o-a1b2c3d4e5` (supplied)"));
  CHECK(Has(run({"eval", "--org-id", "o-A"}).err, "--org-id: `o-A` is not the id of"));
}

TEST_CASE("a layer that a message blames is held against it though the verdict is unknown") {
  const Policies p;
  p.folder.Write(
      "other-bucket.json",
      R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:s3:::c/*"}]})");
  const std::string text =
      "User: arn:aws:sts::111122223333:assumed-role/app/i-0abc is not authorized to perform: "
      "s3:GetObject on resource: \"arn:aws:s3:::b/k\" with an explicit deny in a VPC endpoint "
      "policy";
  const auto result =
      p.folder.Run({"explain", "--endpoint", "other-bucket.json", "--message", text});
  CHECK(result.code == 3);
  CHECK(
      Has(result.out, "unknown\nthe request is refused by endpoint; in which way is not known\n"));
  CHECK(Has(result.out,
            "but: the message says explicit deny by endpoint, that layer as it is given says "
            "implicit-deny\n"));
}

TEST_CASE("a text that is no denial is said to be none") {
  const auto result =
      postern::test::RunProgram({"explain", "-f", "json", "--message", "connection timed out"});
  CHECK(result.code == 3);
  CHECK(Has(result.out, "\"authorization_failure\": false"));
}

TEST_CASE("a message about an access point leaves open what is behind it") {
  const std::string text =
      "User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject on "
      "resource: \"arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k\" with an explicit "
      "deny in a resource-based policy";
  const auto result = postern::test::RunProgram({"explain", "-f", "json", "--message", "-"}, text);
  CHECK(result.code == 3);
  CHECK(Has(result.out, "\"bucket_resource\": null"));
  CHECK(Has(result.out, "\"layer:access-point\""));
}
