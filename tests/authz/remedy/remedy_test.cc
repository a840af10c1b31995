#include "authz/remedy/remedy.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "authz/remedy/cause.h"
#include "tests/authz/testing.h"
#include "tests/files.h"

namespace postern::authz {
namespace {

using policy::PolicyKind;
using testing::Ask;
using testing::Document;
using testing::ExplanationOf;
using testing::Given;
using testing::kSession;

std::vector<Remedy> RemediesOf(const PolicySet& policies, const Request& request,
                               CompileOptions options = {}) {
  return SmallestChanges(policies, policy::Catalogue::Embedded(), options, request,
                         ExplanationOf(policies, request, options));
}

// The file of the policy with the change made.
std::string Changed(const policy::PolicyDocument& document, const Change& change) {
  std::string text(document.source().text());
  return text.replace(change.at.begin, change.at.end - change.at.begin, change.text);
}

// The policies with all changes of the remedy made in their files.
PolicySet With(PolicySet policies, const Remedy& remedy) {
  for (const Change& change : remedy.changes) {
    const auto apply = [&change](DocumentPtr& document) {
      document = Document(Changed(*document, change), document->kind());
    };
    switch (change.layer) {
      case Layer::kEndpoint:
        apply(policies.endpoint->document);
        break;
      case Layer::kIdentity:
        apply(policies.identity.policies[change.policy]);
        break;
      case Layer::kResource:
        apply(policies.resource.policies[change.policy]);
        break;
      case Layer::kBoundary:
        apply(policies.boundary.policies[change.policy]);
        break;
      case Layer::kScp: {
        std::size_t index = change.policy;
        for (auto& level : policies.scps.levels) {
          if (index < level.size()) {
            apply(level[index]);
            break;
          }
          index -= level.size();
        }
        break;
      }
      default:
        FAIL("a layer that this test does not know");
    }
  }
  return policies;
}

// Makes the changes of every remedy and decides again.
void CheckThatAllAllow(const PolicySet& policies, const Request& request,
                       const std::vector<Remedy>& remedies) {
  for (const Remedy& remedy : remedies) {
    CAPTURE(remedy.changes.front().title);
    CHECK(remedy.if_allowed_by.empty());
    CHECK(ExplanationOf(With(policies, remedy), request).decision.verdict == Verdict::kAllow);
    for (const Change& change : remedy.changes) {
      CHECK_FALSE(change.title.empty());
      CHECK(change.policy_name == "test.json");
    }
  }
}

constexpr std::string_view kOneBucket = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OnlyAppData",
      "Effect": "Allow",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": ["arn:aws:s3:::app-data", "arn:aws:s3:::app-data/*"]
    }
  ]
}
)";

PolicySet BehindEndpoint(std::string_view endpoint_policy) {
  PolicySet policies;
  policies.endpoint.emplace();
  policies.endpoint->policy = Knowledge::kGiven;
  policies.endpoint->type = policy::EndpointType::kGateway;
  policies.endpoint->document = Document(std::string(endpoint_policy), PolicyKind::kEndpoint);
  policies.resource = {Knowledge::kNone, {}};
  return policies;
}

TEST_CASE("aws s3 ls behind an endpoint that names one bucket: one statement more") {
  PolicySet policies = BehindEndpoint(kOneBucket);
  policies.identity =
      Given(R"({"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"})",
            PolicyKind::kIdentity);
  const Request request = Ask("s3:ListAllMyBuckets", "*", kSession);
  const auto remedies = RemediesOf(policies, request);
  REQUIRE(remedies.size() == 1);
  REQUIRE(remedies[0].changes.size() == 1);
  const Change& change = remedies[0].changes[0];
  CHECK(change.layer == Layer::kEndpoint);
  CHECK(change.title ==
        "add a statement to the endpoint policy that allows `s3:ListAllMyBuckets` on `*`");
  CHECK(change.opens == "the same for every principal of account `111122223333`");
  CHECK(Changed(*policies.endpoint->document, change) == R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OnlyAppData",
      "Effect": "Allow",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": ["arn:aws:s3:::app-data", "arn:aws:s3:::app-data/*"]
    },
    {
      "Sid": "AllowListAllMyBuckets",
      "Effect": "Allow",
      "Principal": "*",
      "Action": "s3:ListAllMyBuckets",
      "Resource": "*",
      "Condition": {
        "StringEquals": {
          "aws:PrincipalAccount": "111122223333"
        }
      }
    }
  ]
}
)");
  CheckThatAllAllow(policies, request, remedies);
}

TEST_CASE("without the identity policies the change is offered, and they are named as open") {
  const PolicySet policies = [] {
    PolicySet set = BehindEndpoint(kOneBucket);
    set.identity = {Knowledge::kNotGiven, {}};
    return set;
  }();
  const Request request = Ask("s3:ListAllMyBuckets", "*", kSession);
  for (const bool unknown : {true, false}) {
    CAPTURE(unknown);
    const auto remedies = RemediesOf(policies, request, {.not_given_is_unknown = unknown});
    REQUIRE(remedies.size() == 1);
    REQUIRE(remedies[0].changes.size() == 1);
    CHECK(remedies[0].changes[0].layer == Layer::kEndpoint);
    CHECK(remedies[0].if_allowed_by == std::vector{Layer::kIdentity});
    PolicySet fixed = With(policies, remedies[0]);
    fixed.identity =
        Given(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})", PolicyKind::kIdentity);
    CHECK(ExplanationOf(fixed, request).decision.verdict == Verdict::kAllow);
  }
}

TEST_CASE("every lacking layer changes in one remedy") {
  PolicySet policies = BehindEndpoint(kOneBucket);
  policies.identity =
      Given(R"({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"})", PolicyKind::kIdentity);
  policies.boundary =
      Given(R"({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"})", PolicyKind::kBoundary);
  const auto scp = [](std::string_view action) {
    return Document(testing::Policy(R"({"Effect": "Allow", "Action": ")" + std::string(action) +
                                    R"(", "Resource": "*"})"),
                    PolicyKind::kScp);
  };
  policies.scps = {Knowledge::kGiven, {{scp("*")}, {scp("ec2:*"), scp("iam:*")}, {scp("ec2:*")}}};
  const Request request = Ask("s3:GetObject", "arn:aws:s3:::other/key", kSession);
  const auto remedies = RemediesOf(policies, request);
  REQUIRE_FALSE(remedies.empty());
  CHECK(remedies.size() <= 5);
  CHECK(remedies[0].changes.size() == 5);
  CheckThatAllAllow(policies, request, remedies);
}

TEST_CASE("a value more in a statement comes first where it opens nothing else") {
  PolicySet policies;
  policies.resource = {Knowledge::kNone, {}};
  policies.identity = Given(R"({"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::app/*"})",
                            PolicyKind::kIdentity);
  const Request request = Ask("s3:GetObject", "arn:aws:s3:::app-logs/key", kSession);
  const auto remedies = RemediesOf(policies, request);
  REQUIRE(remedies.size() == 2);
  CHECK(remedies[0].changes[0].title ==
        "add `arn:aws:s3:::app-logs/key` to the resources of statement 1 `Read` of the identity "
        "policy");
  CHECK(remedies[0].changes[0].text == R"(["arn:aws:s3:::app/*", "arn:aws:s3:::app-logs/key"])");
  CHECK(remedies[0].changes[0].opens.empty());
  CHECK(remedies[1].changes[0].title.starts_with("add a statement to the identity policy"));
  CheckThatAllAllow(policies, request, remedies);
}

TEST_CASE("a value more in a statement says what else it opens") {
  PolicySet policies;
  policies.resource = {Knowledge::kNone, {}};
  policies.identity = Given(
      "{\"Effect\": \"Allow\", \"Action\": [\n        \"s3:GetObject\",\n        "
      "\"s3:PutObject\"\n      ],\n \"Resource\": \"arn:aws:s3:::app/*\"}",
      PolicyKind::kIdentity);
  const Request request = Ask("s3:DeleteObject", "arn:aws:s3:::app/key", kSession);
  const auto remedies = RemediesOf(policies, request);
  REQUIRE(remedies.size() == 2);
  CHECK(remedies[0].changes[0].opens.empty());
  CHECK(remedies[1].changes[0].text == ",\n        \"s3:DeleteObject\"");
  CHECK(remedies[1].changes[0].opens == "`s3:DeleteObject` on `arn:aws:s3:::app/*`");
  CheckThatAllAllow(policies, request, remedies);
}

TEST_CASE("nothing opens every action or every resource") {
  PolicySet policies;
  policies.resource = {Knowledge::kNone, {}};
  policies.identity = Given(
      R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::app/*"},
         {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"})",
      PolicyKind::kIdentity);
  const std::pair<std::string_view, std::string_view> kAsked[] = {
      {"ec2:DescribeInstances", "*"},
      {"dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:111122223333:table/t"},
      {"sts:AssumeRole", "arn:aws:iam::111122223333:role/other"},
  };
  for (const auto& asked : kAsked) {
    const std::string_view action = asked.first;
    const std::string_view resource = asked.second;
    CAPTURE(action);
    const Request request = Ask(action, resource, kSession);
    for (const Remedy& remedy : RemediesOf(policies, request)) {
      const PolicySet fixed = With(policies, remedy);
      // Neither another action on the resource nor the action on another resource.
      CHECK(ExplanationOf(fixed, Ask("iam:CreateUser", resource, kSession)).decision.verdict !=
            Verdict::kAllow);
      if (resource != "*") {
        CHECK(ExplanationOf(fixed, Ask(action, std::string(resource) + "2", kSession))
                  .decision.verdict != Verdict::kAllow);
      }
    }
  }
  // A statement with all actions is not given another resource.
  policies.identity = Given(R"({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::app"})",
                            PolicyKind::kIdentity);
  CHECK(RemediesOf(policies, Ask("s3:GetObject", "arn:aws:s3:::b/key", kSession)).size() == 1);
  // Which object is not said: nothing narrow can be proposed.
  policies.identity =
      Given(R"({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"})", PolicyKind::kIdentity);
  CHECK(RemediesOf(policies, Ask("s3:GetObject", "*", kSession)).empty());
}

TEST_CASE("a Deny that spares some endpoints can spare one more") {
  PolicySet policies;
  policies.endpoint.emplace();
  policies.endpoint->id = "vpce-0bbbbbbbbbbbbbbb2";
  policies.endpoint->type = policy::EndpointType::kGateway;
  policies.identity =
      Given(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})", PolicyKind::kIdentity);
  policies.resource = Given(
      R"({"Sid": "OnlyVpce", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
          "Resource": "arn:aws:s3:::app/*",
          "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0aaaaaaaaaaaaaaa1"}}})",
      PolicyKind::kBucket);
  const Request request = Ask("s3:GetObject", "arn:aws:s3:::app/key", kSession);
  const auto remedies = RemediesOf(policies, request);
  REQUIRE(remedies.size() == 1);
  const Change& change = remedies[0].changes[0];
  CHECK(change.layer == Layer::kResource);
  CHECK(change.text == R"(["vpce-0aaaaaaaaaaaaaaa1", "vpce-0bbbbbbbbbbbbbbb2"])");
  CHECK(
      change.title ==
      "add `vpce-0bbbbbbbbbbbbbbb2` to the `aws:SourceVpce` values that statement 1 `OnlyVpce` of "
      "the bucket policy spares");
  CHECK(change.opens.find("through the endpoint `vpce-0bbbbbbbbbbbbbbb2`") != std::string::npos);
  CheckThatAllAllow(policies, request, remedies);

  // Without an endpoint it can spare the caller.
  policies.endpoint.reset();
  const auto by_caller = RemediesOf(policies, request);
  REQUIRE(by_caller.size() == 1);
  CHECK(by_caller[0].changes[0].title ==
        "make statement 1 `OnlyVpce` of the bucket policy spare "
        "`arn:aws:iam::111122223333:role/app`");
  CheckThatAllAllow(policies, request, by_caller);
}

// What the remedies for alice's GetObject say, of an identity policy that allows it and denies
// more.
std::vector<std::string> WaysPast(std::string_view deny) {
  PolicySet policies;
  policies.identity =
      Given(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, )" + std::string(deny),
            PolicyKind::kIdentity);
  policies.resource = {Knowledge::kNone, {}};
  const Request request = Ask("s3:GetObject", "arn:aws:s3:::app/key");
  const auto remedies = RemediesOf(policies, request);
  CheckThatAllAllow(policies, request, remedies);
  std::vector<std::string> words;
  for (const Remedy& remedy : remedies) {
    const Change& change = remedy.changes.front();
    words.push_back(change.title + (change.opens.empty() ? "" : "; opens " + change.opens));
  }
  return words;
}

TEST_CASE("a Deny of the caller's own denies less, by what it lists") {
  using Words = std::vector<std::string>;
  CHECK(WaysPast(R"({"Effect": "Deny", "Action": ["s3:getobject", "s3:PutObject"],
                     "Resource": "arn:aws:s3:::app/key"})") ==
        Words{"take `s3:GetObject` out of the actions of statement 2 of the identity policy"});
  CHECK(WaysPast(R"({"Effect": "Deny", "Action": "s3:*",
                     "Resource": ["arn:aws:s3:::app/key", "arn:aws:s3:::app/other"]})") ==
        Words{"take `arn:aws:s3:::app/key` out of the resources of statement 2 of the identity "
              "policy; opens `s3:*` on `arn:aws:s3:::app/key`"});
  CHECK(WaysPast(R"({"Effect": "Deny", "Action": "s3:GetObject",
                     "Resource": "arn:aws:s3:::app/key"})") ==
        Words{"remove statement 2 of the identity policy"});
  CHECK(WaysPast(R"({"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::app/a"})") ==
        Words{"add `arn:aws:s3:::app/key` to the resources spared by statement 2 of the identity "
              "policy; opens `s3:*` on `arn:aws:s3:::app/key`"});
  CHECK(WaysPast(R"({"Effect": "Deny", "NotAction": "s3:PutObject",
                     "Resource": "arn:aws:s3:::app/key"})") ==
        Words{"add `s3:GetObject` to the actions spared by statement 2 of the identity policy"});
}

TEST_CASE("a Deny of patterns, or of how a request is made, is left alone") {
  CHECK(WaysPast(R"({"Effect": "Deny", "Action": "s3:*", "Resource": "*"})").empty());
  CHECK(WaysPast(R"({"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::app/key",
                     "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}})")
            .empty());
}

TEST_CASE("a Deny of others' policies can be made to spare the caller, unless it asks for TLS") {
  PolicySet policies;
  policies.identity =
      Given(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})", PolicyKind::kIdentity);
  policies.resource = {Knowledge::kNone, {}};
  const Request request = Ask("s3:GetObject", "arn:aws:s3:::app/key");
  const auto scp = [&policies](std::string_view condition) {
    policies.scps.knowledge = Knowledge::kGiven;
    policies.scps.levels = {
        {Document(testing::Policy(R"({"Effect": "Allow", "Action": "*", "Resource": "*"},
                  {"Effect": "Deny", "Action": "s3:*", "Resource": "*")" +
                                  std::string(condition) + "}"),
                  PolicyKind::kScp)}};
  };
  scp("");
  auto remedies = RemediesOf(policies, request);
  REQUIRE(remedies.size() == 1);
  CHECK(remedies[0].changes[0].opens ==
        "everything else that the statement denies, for requests of the principal "
        "`arn:aws:iam::111122223333:user/alice`");
  CheckThatAllAllow(policies, request, remedies);
  scp(R"(, "Condition": {"ArnNotEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:t"}})");
  remedies = RemediesOf(policies, request);
  REQUIRE(remedies.size() == 1);
  CheckThatAllAllow(policies, request, remedies);
  scp(R"(, "Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}})");
  Request plain = request;
  plain.AddContext("aws:SecureTransport", "false");
  CHECK(RemediesOf(policies, plain).empty());
}

TEST_CASE("what a Deny has hidden is mended with it") {
  PolicySet policies = BehindEndpoint(R"({"Version": "2012-10-17", "Statement": [
    {"Effect": "Deny", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject"],
     "Resource": "arn:aws:s3:::app/key"},
    {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]})");
  policies.identity = Given(R"({"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"})",
                            PolicyKind::kIdentity);
  const Request request = Ask("s3:GetObject", "arn:aws:s3:::app/key");
  const auto remedies = RemediesOf(policies, request);
  REQUIRE_FALSE(remedies.empty());
  CHECK(remedies[0].changes.size() == 2);
  CheckThatAllAllow(policies, request, remedies);
}

TEST_CASE(
    "within an account the bucket policy can allow what no identity policy is there to allow") {
  PolicySet policies;
  policies.identity = {Knowledge::kGiven, {}};
  policies.resource = Given(R"({"Effect": "Allow", "Principal": {"AWS": "111122223333"},
                                "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::app"})",
                            PolicyKind::kBucket);
  const Request request = Ask("s3:GetObject", "arn:aws:s3:::app/key");
  const auto remedies = RemediesOf(policies, request);
  REQUIRE_FALSE(remedies.empty());
  CHECK(remedies[0].changes[0].layer == Layer::kResource);
  CheckThatAllAllow(policies, request, remedies);
}

TEST_CASE("a bucket policy is opened to the caller by name, never to everybody") {
  PolicySet policies;
  policies.identity =
      Given(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})", PolicyKind::kIdentity);
  policies.resource = Given(R"({"Effect": "Allow", "Principal": {"AWS": "999900001111"},
                                "Action": "s3:GetObject", "Resource": "arn:aws:s3:::app/*"})",
                            PolicyKind::kBucket);
  Request request = Ask("s3:GetObject", "arn:aws:s3:::app/key", kSession);
  request.resource_account_state = ResourceAccountState::kGiven;
  request.resource_account = "999900001111";
  const auto remedies = RemediesOf(policies, request);
  REQUIRE(remedies.size() == 1);
  CHECK(remedies[0].changes[0].text.find(R"("AWS": "arn:aws:iam::111122223333:role/app")") !=
        std::string::npos);
  CHECK(remedies[0].changes[0].opens == "the same for every session of the role `app`");
  CheckThatAllAllow(policies, request, remedies);

  Request anonymous = Ask("s3:GetObject", "arn:aws:s3:::app/key", "*");
  anonymous.resource_account_state = ResourceAccountState::kGiven;
  anonymous.resource_account = "999900001111";
  CHECK(RemediesOf(policies, anonymous).empty());
}

struct LayoutCase {
  std::string_view name;
  std::string_view before;
  std::string_view after;
};

TEST_CASE("a new statement is laid out as the others are") {
  constexpr LayoutCase kCases[] = {
      {"one line", R"({"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]})",
       R"({"Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}, )"
       R"({"Sid": "AllowGetItem", "Effect": "Allow", "Action": "dynamodb:GetItem", )"
       R"("Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/t"}]})"},
      {"a statement that is not in a list",
       R"({"Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}})",
       R"({"Statement": [{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}, )"
       R"({"Sid": "AllowGetItem", "Effect": "Allow", "Action": "dynamodb:GetItem", )"
       R"("Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/t"}]})"},
      {"tabs and CRLF",
       "{\r\n\t\"Statement\": [\r\n\t\t{\r\n\t\t\t\"Effect\": \"Allow\",\r\n\t\t\t\"Action\": "
       "\"ec2:*\",\r\n\t\t\t\"Resource\": \"*\"\r\n\t\t}\r\n\t]\r\n}\r\n",
       "{\r\n\t\"Statement\": [\r\n\t\t{\r\n\t\t\t\"Effect\": \"Allow\",\r\n\t\t\t\"Action\": "
       "\"ec2:*\",\r\n\t\t\t\"Resource\": \"*\"\r\n\t\t},\r\n\t\t{\r\n\t\t\t\"Sid\": "
       "\"AllowGetItem\",\r\n\t\t\t\"Effect\": \"Allow\",\r\n\t\t\t\"Action\": "
       "\"dynamodb:GetItem\",\r\n\t\t\t\"Resource\": "
       "\"arn:aws:dynamodb:eu-west-1:111122223333:table/t\"\r\n\t\t}\r\n\t]\r\n}\r\n"},
      {"one statement on several lines, its Sid taken",
       "{\n    \"Statement\": {\n        \"Sid\": \"AllowGetItem\",\n        \"Effect\": "
       "\"Allow\",\n"
       "        \"Action\": \"ec2:*\",\n        \"Resource\": \"*\"\n    }\n}\n",
       "{\n    \"Statement\": [\n        {\n            \"Sid\": \"AllowGetItem\",\n            "
       "\"Effect\": \"Allow\",\n            \"Action\": \"ec2:*\",\n            \"Resource\": "
       "\"*\"\n"
       "        },\n        {\n            \"Sid\": \"AllowGetItem2\",\n            \"Effect\": "
       "\"Allow\",\n            \"Action\": \"dynamodb:GetItem\",\n            \"Resource\": "
       "\"arn:aws:dynamodb:eu-west-1:111122223333:table/t\"\n        }\n    ]\n}\n"},
      {"a statement a line",
       "{\"Statement\": [\n  {\"Effect\": \"Allow\", \"Action\": \"ec2:*\", \"Resource\": "
       "\"*\"}\n]}",
       "{\"Statement\": [\n  {\"Effect\": \"Allow\", \"Action\": \"ec2:*\", \"Resource\": \"*\"},\n"
       "  {\"Sid\": \"AllowGetItem\", \"Effect\": \"Allow\", \"Action\": \"dynamodb:GetItem\", "
       "\"Resource\": \"arn:aws:dynamodb:eu-west-1:111122223333:table/t\"}\n]}"},
  };
  for (const LayoutCase& c : kCases) {
    CAPTURE(c.name);
    PolicySet policies;
    policies.identity = {Knowledge::kGiven,
                         {Document(std::string(c.before), PolicyKind::kIdentity)}};
    const Request request =
        Ask("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:111122223333:table/t", kSession);
    const auto remedies = RemediesOf(policies, request);
    REQUIRE(remedies.size() == 1);
    CHECK(Changed(*policies.identity.policies[0], remedies[0].changes[0]) == c.after);
    CheckThatAllAllow(policies, request, remedies);
  }
}

TEST_CASE("wildcards in the resource's own name are escaped, and 2008 policies left alone") {
  const Request request = Ask("s3:GetObject", "arn:aws:s3:::app/a*b?$c", kSession);
  for (const bool is_2012 : {true, false}) {
    CAPTURE(is_2012);
    PolicySet policies;
    policies.resource = {Knowledge::kNone, {}};
    const std::string version = is_2012 ? R"("Version": "2012-10-17", )" : "";
    policies.identity = {
        Knowledge::kGiven,
        {Document("{" + version +
                      R"("Statement": [{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}]})",
                  PolicyKind::kIdentity)}};
    const auto remedies = RemediesOf(policies, request);
    CHECK(remedies.size() == (is_2012 ? 1 : 0));
    CheckThatAllAllow(policies, request, remedies);
    if (!is_2012) continue;
    CHECK(ExplanationOf(With(policies, remedies[0]),
                        Ask("s3:GetObject", "arn:aws:s3:::app/aXXbXXc", kSession))
              .decision.verdict == Verdict::kImplicitDeny);
  }
}

TEST_CASE("nothing is proposed where nothing can be edited or nothing is wrong") {
  PolicySet policies;
  policies.identity = {Knowledge::kNone, {}};
  policies.resource = {Knowledge::kNone, {}};
  const Request request = Ask("s3:GetObject", "arn:aws:s3:::app/key");
  CHECK(RemediesOf(policies, request).empty());
  policies.identity =
      Given(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})", PolicyKind::kIdentity);
  CHECK(RemediesOf(policies, request).empty());
}

TEST_CASE("the endpoint policy of the corpus story is mended") {
  const auto folder =
      postern::testing::SourceDir() / "corpus/seeds/list-buckets-through-the-endpoint";
  PolicySet policies = BehindEndpoint(postern::testing::ReadAll(folder / "s3-endpoint.json"));
  policies.identity = {
      Knowledge::kGiven,
      {Document(postern::testing::ReadAll(folder / "app-role.json"), PolicyKind::kIdentity)}};
  const Request request = Ask("s3:ListAllMyBuckets", "*", kSession);
  const auto remedies = RemediesOf(policies, request);
  REQUIRE_FALSE(remedies.empty());
  CHECK(remedies[0].changes.size() == 1);
  CHECK(remedies[0].changes[0].layer == Layer::kEndpoint);
  CheckThatAllAllow(policies, request, remedies);
  CHECK(ExplanationOf(With(policies, remedies[0]), Ask("s3:ListBucket", "arn:aws:s3:::elsewhere"))
            .decision.verdict == Verdict::kImplicitDeny);
}

TEST_CASE("through an access point the endpoint policy is given both resources") {
  PolicySet policies = BehindEndpoint(kOneBucket);
  policies.identity =
      Given(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})", PolicyKind::kIdentity);
  policies.access_point.emplace();
  Request request =
      Ask("s3:GetObject", "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k", kSession);
  const auto titles = [&](std::string_view behind) {
    request.bucket_resource = behind;
    std::vector<std::string> all;
    const auto remedies = RemediesOf(policies, request);
    CheckThatAllAllow(policies, request, remedies);
    for (const Remedy& remedy : remedies) all.push_back(remedy.changes.front().title);
    return all;
  };
  const std::string adds = "add a statement to the endpoint policy that allows `s3:GetObject` on ";
  const std::string access_point = "`arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k`";
  CHECK(titles("arn:aws:s3:::elsewhere/k") ==
        std::vector{adds + access_point + " and `arn:aws:s3:::elsewhere/k`"});
  const auto one = titles("arn:aws:s3:::app-data/k");
  REQUIRE(one.size() == 2);
  CHECK(one[0] == adds + access_point);
  request.bucket_resource = {};
  request.bucket_resource_unknown = true;
  CHECK(RemediesOf(policies, request).empty());
}

}  // namespace
}  // namespace postern::authz
