#include "authz/suites/stability.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "authz/suites/suite.h"
#include "policy/catalogue.h"
#include "tests/authz/testing.h"

namespace postern::authz {
namespace {

using testing::Ask;
using testing::Given;

constexpr std::string_view kGet = "s3:GetObject";
constexpr std::string_view kObject = "arn:aws:s3:::b/k";

struct Assessed {
  Decision decision;
  Stability stability;
};

Assessed AssessOne(const PolicySet& policies, const Request& request) {
  const auto compiled = Compile(policies, policy::Catalogue::Embedded());
  Case question;
  question.request = request;
  BoundRequest scratch;
  const CallsDecision decided = DecideCase(*compiled, question, scratch);
  REQUIRE_FALSE(decided.error);
  return {decided.decision, Assess(*compiled, question, decided.decision, scratch)};
}

// "A9 A14": those of S10 that the decision lists.
std::string Listed(const Decision& decision) {
  std::string names;
  for (std::size_t i = 0; i < kAssumptionCount; ++i) {
    const auto assumption = static_cast<Assumption>(i);
    if (!HasAlternative(assumption) || !decision.assumed.Has(assumption)) continue;
    names += (names.empty() ? "" : " ") + std::string(AssumptionName(assumption));
  }
  return names;
}

// "allow", or "allow; A9 (otherwise implicit-deny)", or "allow, A9 listed".
std::string Words(const Assessed& assessed) {
  std::string words(VerdictName(assessed.decision.verdict));
  const std::string otherwise = OtherwiseText(assessed.stability);
  const std::string listed = Listed(assessed.decision);
  if (!otherwise.empty()) return words + "; " + otherwise;
  return listed.empty() ? words : words + ", " + listed + " listed";
}

std::string ByIdentity(std::string_view statements, Request request) {
  PolicySet policies;
  policies.identity = Given(statements, policy::PolicyKind::kIdentity);
  request.layers = {Layer::kIdentity};
  return Words(AssessOne(policies, request));
}

std::string ByEndpoint(std::string_view statements, policy::EndpointType type, Request request) {
  PolicySet policies;
  testing::SetEndpoint(policies, statements, type);
  request.layers = {Layer::kEndpoint};
  return Words(AssessOne(policies, request));
}

// An identity policy that allows exactly if the condition holds. Without `values` the key is
// missing.
std::string ByCondition(std::string_view condition, std::string_view key,
                        const std::vector<std::string_view>* values) {
  Request request = Ask(kGet, kObject);
  if (values != nullptr) {
    request.OpenContext(key);
    for (std::string_view value : *values) request.AddValue(value);
  }
  return ByIdentity(
      R"({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": )" +
          std::string(condition) + "}",
      request);
}

}  // namespace

TEST_CASE("a condition lists an assumption only if its result hangs on it") {
  constexpr std::string_view kTag = "aws:RequestTag/k";
  constexpr std::string_view kTags = "aws:TagKeys";
  constexpr std::string_view kIp = "aws:SourceIp";
  const std::vector<std::string_view> none = {};
  const std::vector<std::string_view> empty = {""};
  const std::vector<std::string_view> a = {"a"};
  const std::vector<std::string_view> ab = {"a", "b"};
  const std::vector<std::string_view> with_empty = {"", "a"};
  const std::vector<std::string_view> mapped = {"::ffff:10.0.0.1"};
  const std::vector<std::string_view> v4 = {"10.0.0.1"};
  const std::vector<std::string_view> v6 = {"2001:db8::10.0.0.1"};
  const std::vector<std::string_view> arn = {"arn:aws:s3:::b"};
  struct Row {
    const char* condition;
    std::string_view key;
    const std::vector<std::string_view>* values;
    const char* words;
  };
  const Row rows[] = {
      // A11
      {R"({"Null": {"aws:RequestTag/k": "true"}})", kTag, &empty,
       "allow; A11 (otherwise implicit-deny)"},
      {R"({"Null": {"aws:RequestTag/k": "false"}})", kTag, &empty,
       "implicit-deny; A11 (otherwise allow)"},
      {R"({"Null": {"aws:RequestTag/k": ["true", "false"]}})", kTag, &empty, "allow"},
      {R"({"Null": {"aws:RequestTag/k": "true"}})", kTag, nullptr, "allow"},
      // A12
      {R"({"ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": "a"}})", kTags, nullptr,
       "implicit-deny; A12 (otherwise allow)"},
      {R"({"ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": "a"}})", kTags, &none,
       "implicit-deny; A12 (otherwise allow)"},
      {R"({"ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": "a"}})", kTags, &empty,
       "implicit-deny"},
      {R"({"ForAnyValue:StringEquals": {"aws:TagKeys": "a"}})", kTags, nullptr, "implicit-deny"},
      // A13
      {R"({"StringEquals": {"aws:RequestTag/k": []}})", kTag, &a,
       "implicit-deny; A13 (otherwise allow)"},
      {R"({"StringNotEquals": {"aws:RequestTag/k": []}})", kTag, &a, "allow"},
      {R"({"StringEqualsIfExists": {"aws:RequestTag/k": []}})", kTag, nullptr, "allow"},
      {R"({"ForAnyValue:StringEquals": {"aws:TagKeys": []}})", kTags, &a,
       "implicit-deny; A13 (otherwise allow)"},
      {R"({"ForAllValues:StringEquals": {"aws:TagKeys": []}})", kTags, nullptr, "allow"},
      // A14: in the policy, in a list of the policy, in the request
      {R"({"NumericNotEquals": {"aws:RequestTag/k": "x"}})", kTag, nullptr,
       "implicit-deny; A14 (otherwise allow)"},
      {R"({"NumericNotEquals": {"aws:RequestTag/k": ["x", "1"]}})", kTag, &a,
       "implicit-deny; A14 (otherwise allow)"},
      {R"({"NumericNotEquals": {"aws:RequestTag/k": "1"}})", kTag, &a,
       "implicit-deny; A14 (otherwise allow)"},
      {R"({"NumericEquals": {"aws:RequestTag/k": "x"}})", kTag, nullptr, "implicit-deny"},
      {R"({"NumericEquals": {"aws:RequestTag/k": "1"}})", kTag, &a, "implicit-deny"},
      // A15: mapped on the one side, on the other, on both; a dot makes no mapped address
      {R"({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})", kIp, &mapped,
       "implicit-deny; A15 (otherwise allow)"},
      {R"({"IpAddress": {"aws:SourceIp": "::ffff:10.0.0.0/104"}})", kIp, &v4,
       "implicit-deny; A15 (otherwise allow)"},
      {R"({"IpAddress": {"aws:SourceIp": "::ffff:10.0.0.0/104"}})", kIp, &mapped, "allow"},
      {R"({"IpAddress": {"aws:SourceIp": "::/0"}})", kIp, &mapped,
       "allow; A15 (otherwise implicit-deny)"},
      {R"({"IpAddress": {"aws:SourceIp": "11.0.0.0/8"}})", kIp, &mapped, "implicit-deny"},
      {R"({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})", kIp, &v6, "implicit-deny"},
      // A16; under a negated operator `*` matches everything or is a type error: false either way
      {R"({"ArnLike": {"aws:RequestTag/k": "*"}})", kTag, &arn,
       "implicit-deny; A16 (otherwise allow)"},
      {R"({"ArnLike": {"aws:RequestTag/k": ["*", "arn:aws:s3:::b"]}})", kTag, &arn, "allow"},
      {R"({"ArnLike": {"aws:RequestTag/k": "*"}})", kTag, nullptr, "implicit-deny"},
      {R"({"ArnNotLike": {"aws:RequestTag/k": "*"}})", kTag, nullptr,
       "implicit-deny; A14 (otherwise allow), A16 (otherwise allow)"},
      {R"({"ArnNotLike": {"aws:RequestTag/k": "*"}})", kTag, &arn,
       "implicit-deny; A14 (otherwise allow)"},
      // A17
      {R"({"StringNotEquals": {"aws:TagKeys": "x"}})", kTags, &ab,
       "implicit-deny; A17 (otherwise allow)"},
      {R"({"StringNotEquals": {"aws:TagKeys": "b"}})", kTags, &ab, "implicit-deny"},
      {R"({"StringNotEquals": {"aws:TagKeys": ""}})", kTags, &empty, "implicit-deny"},
      {R"({"StringEquals": {"aws:TagKeys": "a"}})", kTags, &a, "implicit-deny"},
      {R"({"StringNotEquals": {"aws:TagKeys": "a"}})", kTags, nullptr, "allow"},
      // A25
      {R"({"ForAllValues:StringEquals": {"aws:TagKeys": "a"}})", kTags, &with_empty,
       "implicit-deny; A25 (otherwise allow)"},
      {R"({"ForAnyValue:StringEquals": {"aws:TagKeys": ""}})", kTags, &with_empty,
       "allow; A25 (otherwise implicit-deny)"},
      {R"({"ForAnyValue:StringEquals": {"aws:TagKeys": "a"}})", kTags, &with_empty, "allow"},
      {R"({"ForAllValues:StringEquals": {"aws:TagKeys": "a"}})", kTags, &empty, "allow"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.condition);
    const std::string values =
        row.values == nullptr ? "missing" : std::to_string(row.values->size());
    CAPTURE(values);
    CHECK(ByCondition(row.condition, row.key, row.values) == row.words);
  }
}

TEST_CASE("variables: A10, A18 and A19 count where the value in place makes the difference") {
  const auto with_tag = [](std::string_view statement, std::string_view tag,
                           std::string_view resource = kObject) {
    Request request = Ask(kGet, resource);
    request.AddContext("aws:PrincipalTag/t", tag);
    request.AddContext("aws:MultiFactorAuthPresent", "true");
    return ByIdentity(
        R"({"Effect": "Allow", "Action": "s3:GetObject", )" + std::string(statement) + "}",
        request);
  };
  const auto bool_of = [&](std::string_view values, std::string_view tag) {
    return with_tag(R"("Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": )" +
                        std::string(values) + "}}",
                    tag);
  };
  CHECK(bool_of(R"("${aws:PrincipalTag/t}")", "true") == "allow; A10 (otherwise implicit-deny)");
  CHECK(bool_of(R"("${aws:PrincipalTag/t}")", "false") == "implicit-deny");
  CHECK(bool_of(R"(["true", "${aws:PrincipalTag/t}"])", "true") == "allow");
  // Literal it would be a type error, which decides before the missing key does.
  CHECK(
      with_tag(
          R"("Resource": "*", "Condition": {"BoolIfExists": {"aws:SecureTransport2": "${aws:PrincipalTag/t}"}})",
          "true") == "allow; A10 (otherwise implicit-deny)");

  constexpr std::string_view kFolder = R"("Resource": "arn:aws:s3:::b/${aws:PrincipalTag/t}")";
  CHECK(with_tag(kFolder, "*") == "implicit-deny; A18 (otherwise allow)");
  CHECK(with_tag(kFolder, "?") == "implicit-deny; A18 (otherwise allow)");
  CHECK(with_tag(kFolder, "*", "arn:aws:s3:::c/k") == "implicit-deny");
  CHECK(with_tag(kFolder, "x*") == "implicit-deny");
  CHECK(with_tag(kFolder, "k") == "allow");
  const auto condition = [&](std::string_view op, std::string_view tag) {
    return with_tag(R"("Resource": "*", "Condition": {")" + std::string(op) +
                        R"(": {"aws:MultiFactorAuthPresent": "${aws:PrincipalTag/t}"}})",
                    tag);
  };
  CHECK(condition("StringLike", "t*") == "implicit-deny; A18 (otherwise allow)");
  CHECK(condition("StringNotLike", "t*") == "allow; A18 (otherwise implicit-deny)");
  CHECK(condition("StringEquals", "t*") == "implicit-deny");
  CHECK(
      with_tag(
          R"("Resource": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": "${aws:PrincipalTag/t}"}})",
          "arn:aws:iam::*:user/alice") == "implicit-deny; A18 (otherwise allow)");

  constexpr std::string_view kDefault =
      R"("Resource": "arn:aws:s3:::b/${aws:PrincipalTag/t, 'k'}")";
  CHECK(with_tag(kDefault, "") == "allow; A19 (otherwise implicit-deny)");
  CHECK(with_tag(kDefault, "", "arn:aws:s3:::b/") == "implicit-deny; A19 (otherwise allow)");
  CHECK(with_tag(kDefault, "", "arn:aws:s3:::b/other") == "implicit-deny");
}

TEST_CASE("A1: case counts in the fields before the resource, in the policy and in the request") {
  const auto by = [](std::string_view element, std::string_view pattern,
                     std::string_view resource) {
    return ByIdentity(R"({"Effect": "Allow", "Action": "*", ")" + std::string(element) + R"(": ")" +
                          std::string(pattern) + "\"}",
                      Ask(kGet, resource));
  };
  const std::string hangs = "implicit-deny; A1 (otherwise allow)";
  CHECK(by("Resource", "arn:aws:S3:::b/*", kObject) == hangs);
  CHECK(by("Resource", "arn:aws:S?:::b/*", kObject) == hangs);
  CHECK(by("Resource", "arn:AWS:s3:*:*:b/*", kObject) == hangs);
  CHECK(by("Resource", "arn:aws:s3:::b/*", "arn:aws:S3:::b/k") == hangs);
  CHECK(by("NotResource", "arn:aws:S3:::b/*", kObject) == "allow; A1 (otherwise implicit-deny)");
  CHECK(by("Resource", "arn:aws:S3:::B/*", kObject) == "implicit-deny");
  CHECK(by("Resource", "arn:aws:S3:::c/*", kObject) == "implicit-deny");
  CHECK(by("Resource", "arn:aws:s3:::B/*", kObject) == "implicit-deny");
  CHECK(by("Resource", "arn:aws:S3:::b/*", "arn:aws:S3:::b/k") == "allow");
}

TEST_CASE("A2: case counts in the names of users and roles, not in those of sessions") {
  const auto by = [](std::string_view principal, std::string_view requester) {
    return ByEndpoint(R"({"Effect": "Allow", "Principal": {"AWS": ")" + std::string(principal) +
                          R"("}, "Action": "*", "Resource": "*"})",
                      policy::EndpointType::kInterface, Ask(kGet, kObject, requester));
  };
  const std::string hangs = "implicit-deny; A2 (otherwise allow)";
  CHECK(by("arn:aws:iam::111122223333:user/Alice", testing::kAlice) == hangs);
  CHECK(by("arn:aws:iam::111122223333:role/APP", testing::kSession) == hangs);
  CHECK(by("arn:aws:iam::111122223333:role/Team/app", "arn:aws:iam::111122223333:role/team/app") ==
        hangs);
  CHECK(by("arn:aws:sts::111122223333:assumed-role/App/i-0abc", testing::kSession) == hangs);
  CHECK(by("arn:aws:sts::111122223333:assumed-role/app/I-0abc", testing::kSession) ==
        "implicit-deny");
  CHECK(by("arn:aws:iam::444455556666:user/Alice", testing::kAlice) == "implicit-deny");
  CHECK(by("arn:aws:iam::111122223333:user/bob", testing::kAlice) == "implicit-deny");
}

TEST_CASE("A6: on a gateway endpoint what matches and what does not may be the other way round") {
  const auto by = [](std::string_view principal, std::string_view requester) {
    return ByEndpoint(R"({"Effect": "Allow", "Principal": {"AWS": )" + std::string(principal) +
                          R"(}, "Action": "*", "Resource": "*"})",
                      policy::EndpointType::kGateway, Ask(kGet, kObject, requester));
  };
  constexpr std::string_view kRoot = "arn:aws:iam::111122223333:root";
  CHECK(by(R"("arn:aws:iam::111122223333:role/app")", testing::kSession) ==
        "implicit-deny; A6 (otherwise allow)");
  CHECK(by(R"("111122223333")", testing::kAlice) == "implicit-deny; A6 (otherwise allow)");
  CHECK(by(R"("111122223333")", kRoot) == "allow; A6 (otherwise implicit-deny)");
  CHECK(by(R"("arn:aws:iam::111122223333:user/alice")", testing::kAlice) ==
        "allow; A6 (otherwise implicit-deny)");
  // One of the two matches either way.
  CHECK(by(R"(["111122223333", "arn:aws:iam::111122223333:user/alice"])", testing::kAlice) ==
        "allow");
  CHECK(by(R"("*")", testing::kAlice) == "allow");
  CHECK(by(R"("arn:aws:iam::111122223333:role/other")", testing::kSession) == "implicit-deny");
}

TEST_CASE("A7: a pattern `*:Name` counts where a statement that holds hangs on it") {
  const Request get = Ask(kGet, kObject);
  CHECK(ByIdentity(R"({"Effect": "Allow", "Action": "*:Get*", "Resource": "*"})", get) ==
        "allow; A7 (otherwise implicit-deny)");
  CHECK(ByIdentity(R"({"Effect": "Allow", "NotAction": "*:Get*", "Resource": "*"})", get) ==
        "implicit-deny; A7 (otherwise allow)");
  CHECK(ByIdentity(R"({"Effect": "Allow", "Action": ["*:Get*", "s3:GetObject"], "Resource": "*"})",
                   get) == "allow");
  CHECK(ByIdentity(R"({"Effect": "Allow", "Action": "*:Put*", "Resource": "*"})", get) ==
        "implicit-deny");
  CHECK(ByIdentity(R"({"Effect": "Allow", "Action": "*:Get*", "Resource": "arn:aws:s3:::c/*"})",
                   get) == "implicit-deny");
}

TEST_CASE("A8: one entry that can match nothing may take the whole statement with it") {
  const auto by = [](std::string_view entries, std::string_view resource = kObject) {
    return ByIdentity(
        R"({"Effect": "Allow", "Action": "*", "NotResource": )" + std::string(entries) + "}",
        Ask(kGet, resource));
  };
  const std::string hangs = "allow; A8 (otherwise implicit-deny)";
  CHECK(by(R"("arn:aws:s3:::${aws:PrincipalTag/t}/*")") == hangs);
  CHECK(by(R"(["arn:aws:s3:::c/*", "arn:aws:s3:::${aws:PrincipalTag/t}/*"])") == hangs);
  CHECK(by(R"("arn:aws:sqs:::${aws:PrincipalTag/t}")") == hangs);
  CHECK(by(R"("no-arn")") == hangs);
  CHECK(by(R"("arn:aws:s3:::${aws:PrincipalTag/t, 'c'}/*")") == "allow");
  CHECK(by(R"(["arn:aws:s3:::b/*", "arn:aws:s3:::${aws:PrincipalTag/t}/*"])") == "implicit-deny");
  CHECK(by(R"("arn:aws:s3:::c/*")") == "allow");
}

TEST_CASE("A9 counts only where an ARN pattern stands for all buckets") {
  const Request list = Ask("s3:ListAllMyBuckets", "*");
  CHECK(ByIdentity(R"({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::*"})", list) ==
        "allow; A9 (otherwise implicit-deny)");
  CHECK(ByIdentity(R"({"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::*"})",
                   list) == "implicit-deny; A9 (otherwise allow)");
  CHECK(ByIdentity(R"({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b"})", list) ==
        "implicit-deny");
  CHECK(ByIdentity(R"({"Effect": "Allow", "Action": "*", "Resource": ["arn:aws:s3:::*", "*"]})",
                   list) == "allow");
}

TEST_CASE("A20: a forwarded call may carry the network keys of the caller's own call") {
  PolicySet policies;
  policies.identity = Given(
      R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}})",
      policy::PolicyKind::kIdentity);
  Request request = Ask(kGet, kObject);
  request.layers = {Layer::kIdentity};
  request.forwarded_by = "athena.amazonaws.com";
  CHECK(Words(AssessOne(policies, request)) == "implicit-deny; A20 (otherwise unknown)");
  request.route = Route::kInternet;
  CHECK(Words(AssessOne(policies, request)) == "implicit-deny, A20 listed");
  request.route = Route::kOtherEndpoint;
  request.other_endpoint = "vpce-1";
  CHECK(Words(AssessOne(policies, request)) == "implicit-deny; A20 (otherwise allow)");
  request.route = Route::kAsGiven;
  policies.endpoint.emplace();
  policies.endpoint->id = "vpce-1";
  CHECK(Words(AssessOne(policies, request)) == "implicit-deny; A20 (otherwise allow)");
  policies.endpoint->id = "vpce-2";
  CHECK(Words(AssessOne(policies, request)) == "implicit-deny, A20 listed");
  policies.identity = Given(R"({"Effect": "Allow", "Action": "*", "Resource": "*"})",
                            policy::PolicyKind::kIdentity);
  CHECK(Words(AssessOne(policies, request)) == "allow");
}

TEST_CASE("A22: a service principal may carry some ARN, nobody knows which") {
  const auto by = [](std::string_view condition, bool supplied_as_absent) {
    PolicySet policies;
    policies.resource = Given(
        R"({"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "*", "Resource": "*", "Condition": )" +
            std::string(condition) + "}",
        policy::PolicyKind::kResource);
    Request request = Ask("s3:PutObject", kObject);
    request.principal.Clear();
    request.principal.kind = RequesterKind::kService;
    request.principal.service = "cloudtrail.amazonaws.com";
    request.resource_account_state = ResourceAccountState::kGiven;
    request.resource_account = "111122223333";
    if (supplied_as_absent) request.OpenContext("aws:PrincipalArn");
    return Words(AssessOne(policies, request));
  };
  constexpr std::string_view kNull = R"({"Null": {"aws:PrincipalArn": "true"}})";
  CHECK(by(kNull, false) == "allow; A22 (otherwise unknown)");
  CHECK(by(kNull, true) == "allow");
  CHECK(by(R"({"Null": {"aws:PrincipalAccount": "true"}})", false) ==
        "allow; A22 (otherwise unknown)");
  CHECK(by("{}", false) == "allow");
}

TEST_CASE("defaults and layers that are not given leave a verdict stable") {
  PolicySet policies;
  const Assessed assessed = AssessOne(policies, Ask(kGet, kObject));
  CHECK(assessed.decision.assumed.Has(Assumption::kIdentityNotGiven));
  CHECK(assessed.stability.stable());
  CHECK(OtherwiseText(assessed.stability).empty());
}

TEST_CASE("of several calls the whole is assessed") {
  PolicySet policies;
  policies.identity = Given(
      R"({"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListAllMyBuckets"], "Resource": "arn:aws:s3:::*"})",
      policy::PolicyKind::kIdentity);
  const auto compiled = Compile(policies, policy::Catalogue::Embedded());
  Case question;
  question.request = Ask(kGet, kObject);
  question.request.layers = {Layer::kIdentity};
  question.calls = {{std::string(kGet), std::string(kObject)}, {"s3:ListAllMyBuckets", "*"}};
  BoundRequest scratch;
  CallsDecision decided = DecideCase(*compiled, question, scratch);
  CHECK(decided.decision.verdict == Verdict::kAllow);
  CHECK(OtherwiseText(Assess(*compiled, question, decided.decision, scratch)) ==
        "A9 (otherwise implicit-deny)");
  // Another call refuses whatever becomes of this one.
  question.calls.push_back({"s3:PutObject", std::string(kObject)});
  decided = DecideCase(*compiled, question, scratch);
  CHECK(decided.decision.assumed.Has(Assumption::kA9));
  CHECK(Assess(*compiled, question, decided.decision, scratch).stable());
}

}  // namespace postern::authz
