#include "authz/engine.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/authz/testing.h"

namespace postern::authz {

using policy::PolicyKind;
using testing::Ask;
using testing::Given;
using testing::kAlice;
using testing::kSession;
using testing::SetEndpoint;
using testing::Words;

namespace {

constexpr std::string_view kBucket = "arn:aws:s3:::app-data";
constexpr std::string_view kObject = "arn:aws:s3:::app-data/1.csv";
constexpr std::string_view kAllowS3 = R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})";
constexpr std::string_view kOneBucket =
    R"({"Effect": "Allow", "Principal": "*", "Action": "s3:*",
        "Resource": ["arn:aws:s3:::app-data", "arn:aws:s3:::app-data/*"]})";

PolicySet WithIdentity(std::string_view statements) {
  PolicySet policies;
  policies.identity = Given(statements, PolicyKind::kIdentity);
  policies.resource.knowledge = Knowledge::kNone;
  return policies;
}

}  // namespace

TEST_CASE(
    "the story postern began with: the role may list buckets, the endpoint's policy may not") {
  PolicySet policies = WithIdentity(kAllowS3);
  CHECK(Words(policies, Ask("s3:ListAllMyBuckets", "*")) == "allow identity");
  SetEndpoint(policies, kOneBucket, policy::EndpointType::kGateway);
  CHECK(Words(policies, Ask("s3:ListAllMyBuckets", "*")) == "implicit-deny endpoint");
  CHECK(Words(policies, Ask("s3:GetObject", kObject)) == "allow identity");
  CHECK(Words(policies, Ask("s3:GetObject", "arn:aws:s3:::elsewhere/1")) ==
        "implicit-deny endpoint");
  Request past = Ask("s3:ListAllMyBuckets", "*");
  past.route = Route::kInternet;
  CHECK(Words(policies, past) == "allow identity");
}

TEST_CASE("whether an endpoint's service takes a policy is said where it is not sure") {
  struct Row {
    std::string_view service;
    std::string_view verdict;
    bool takes_none;
    bool taken;
  };
  const std::vector<Row> rows = {
      {"s3", "implicit-deny endpoint", false, false},
      {"acm", "allow identity", true, false},
      {"ssmmessages", "implicit-deny endpoint", false, true},
      {"no-such-service", "implicit-deny endpoint", false, true},
      {"", "implicit-deny endpoint", false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.service);
    PolicySet policies = WithIdentity(kAllowS3);
    SetEndpoint(policies, kOneBucket);
    policies.endpoint->service = row.service;
    const auto answer = testing::DecideAndExplain(policies, Ask("s3:ListAllMyBuckets", "*"));
    CHECK(Words(answer) == row.verdict);
    CHECK(answer.decision.assumed.Has(Assumption::kEndpointTakesNoPolicy) == row.takes_none);
    CHECK(answer.decision.assumed.Has(Assumption::kEndpointPolicyTaken) == row.taken);
  }
}

TEST_CASE("an endpoint policy grants nothing by itself") {
  PolicySet policies;
  policies.identity.knowledge = Knowledge::kNone;
  policies.resource.knowledge = Knowledge::kNone;
  SetEndpoint(policies, R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})");
  CHECK(Words(policies, Ask("s3:GetObject", kObject)) == "implicit-deny identity");
}

TEST_CASE("both endpoint and identity are named when both would have to change") {
  PolicySet policies;
  policies.identity.knowledge = Knowledge::kNone;
  policies.resource.knowledge = Knowledge::kNone;
  SetEndpoint(policies, kOneBucket);
  CHECK(Words(policies, Ask("s3:ListAllMyBuckets", "*")) == "implicit-deny endpoint identity");
}

TEST_CASE("S3.5: account-level list calls match arn:aws:s3:::* and say that this is assumed") {
  PolicySet policies =
      WithIdentity(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::*"})");
  const auto answer = testing::DecideAndExplain(policies, Ask("s3:ListAllMyBuckets", "*"));
  CHECK(Words(answer) == "allow identity");
  CHECK(answer.decision.assumed.Has(Assumption::kA9));
  // Other actions without a resource type match only a literal `*`.
  PolicySet ec2 =
      WithIdentity(R"({"Effect": "Allow", "Action": "ec2:*", "Resource": "arn:aws:ec2:*:*:*"})");
  CHECK(Words(ec2, Ask("ec2:DescribeInstances", "*")) == "implicit-deny identity");
}

TEST_CASE("gateway and interface endpoints read an account principal differently (S2.9)") {
  PolicySet policies = WithIdentity(kAllowS3);
  constexpr std::string_view kAccount =
      R"({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "*", "Resource": "*"})";
  SetEndpoint(policies, kAccount, policy::EndpointType::kGateway);
  CHECK(Words(policies, Ask("s3:GetObject", kObject)) == "implicit-deny endpoint");
  CHECK(Words(policies, Ask("s3:GetObject", kObject, "arn:aws:iam::111122223333:root")) == "allow");
  SetEndpoint(policies, kAccount, policy::EndpointType::kInterface);
  CHECK(Words(policies, Ask("s3:GetObject", kObject)) == "allow identity");
}

TEST_CASE("a role's ARN names its sessions, whatever path it has, and says so") {
  PolicySet policies;
  policies.identity.knowledge = Knowledge::kNone;
  policies.resource = Given(
      R"({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/deep/app"},
          "Action": "s3:GetObject", "Resource": "arn:aws:s3:::app-data/*"})",
      PolicyKind::kBucket);
  const auto answer = testing::DecideAndExplain(policies, Ask("s3:GetObject", kObject, kSession));
  CHECK(Words(answer) == "allow resource");
  CHECK(answer.decision.assumed.Has(Assumption::kRolePathUnknown));
  Request other_path = Ask("s3:GetObject", kObject, kSession);
  other_path.principal.path = "/other/";
  CHECK(Words(policies, other_path) == "implicit-deny identity");
}

TEST_CASE("an anonymous request passes only where `*` lets it") {
  PolicySet policies;
  policies.resource = Given(
      R"({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::app-data/*"})",
      PolicyKind::kBucket);
  Request anonymous = Ask("s3:GetObject", kObject, "*");
  anonymous.resource_account_state = ResourceAccountState::kGiven;
  anonymous.resource_account = "111122223333";
  CHECK(Words(policies, anonymous) == "allow resource");
  SetEndpoint(policies,
              R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
                  "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}})");
  CHECK(Words(policies, anonymous) == "implicit-deny endpoint");
}

TEST_CASE("a Deny with NotPrincipal spares only who is listed with account, role and session") {
  const auto deny = [](std::string_view principals) {
    return R"({"Effect": "Deny", "NotPrincipal": {"AWS": )" + std::string(principals) +
           R"(}, "Action": "s3:*", "Resource": "*"})";
  };
  const auto verdict = [&](std::string_view principals, bool boundary = false) {
    PolicySet policies = WithIdentity(kAllowS3);
    policies.resource = Given(deny(principals), PolicyKind::kBucket);
    if (boundary) policies.boundary = Given(kAllowS3, PolicyKind::kBoundary);
    return Words(policies, Ask("s3:GetObject", kObject, kSession));
  };
  constexpr std::string_view kAll =
      R"(["111122223333", "arn:aws:iam::111122223333:role/app",
          "arn:aws:sts::111122223333:assumed-role/app/i-0abc"])";
  CHECK(verdict(R"("arn:aws:sts::111122223333:assumed-role/app/i-0abc")") ==
        "explicit-deny resource");
  CHECK(verdict(kAll) == "allow identity");
  CHECK(verdict(kAll, /*boundary=*/true) == "explicit-deny resource");
  CHECK(verdict(R"("*")") == "allow identity");
}

TEST_CASE("the root user of the bucket's account may always repair its policy (S7.9.3)") {
  PolicySet policies;
  policies.resource =
      Given(R"({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"})",
            PolicyKind::kBucket);
  constexpr std::string_view kRoot = "arn:aws:iam::111122223333:root";
  CHECK(Words(policies, Ask("s3:PutBucketPolicy", kBucket, kRoot)) == "allow");
  CHECK(Words(policies, Ask("s3:GetObject", kObject, kRoot)) == "explicit-deny resource");
  CHECK(Words(policies, Ask("s3:PutBucketPolicy", kBucket)) == "explicit-deny resource");
}

TEST_CASE("whose account the bucket is in decides, and is asked for when it is not known") {
  PolicySet policies = WithIdentity(kAllowS3);
  Request request = Ask("s3:GetObject", kObject);
  request.resource_account_state = ResourceAccountState::kDerive;
  const auto answer = testing::DecideAndExplain(policies, request);
  CHECK(Words(answer) == "unknown");
  CHECK(answer.decision.missing.HasResourceAccount());
  request.AddContext("aws:ResourceAccount", "111122223333");
  CHECK(Words(policies, request) == "allow identity");
  Request foreign = Ask("s3:GetObject", kObject);
  foreign.resource_account_state = ResourceAccountState::kGiven;
  foreign.resource_account = "444455556666";
  CHECK(Words(policies, foreign) == "implicit-deny resource");
}

TEST_CASE("a layer that is not given is none for eval and unknown for explain") {
  PolicySet policies;
  SetEndpoint(policies, kOneBucket);
  CHECK(Words(policies, Ask("s3:GetObject", kObject)) == "implicit-deny identity");
  CHECK(Words(policies, Ask("s3:GetObject", kObject), {.not_given_is_unknown = true}) == "unknown");
  // The endpoint stops it whatever the layers say that were not given, but a Deny might come first.
  const auto answer = testing::DecideAndExplain(policies, Ask("s3:ListAllMyBuckets", "*"),
                                                {.not_given_is_unknown = true});
  CHECK(answer.decision.missing.HasLayer(Layer::kIdentity));
}

TEST_CASE("a request that contradicts itself is an input error, never a verdict") {
  PolicySet policies = WithIdentity(kAllowS3);
  SetEndpoint(policies, kOneBucket);
  policies.endpoint->id = "vpce-0a1b2c3d4e5f60718";
  const auto error = [&](std::string_view key, std::string_view value) {
    Request request = Ask("s3:GetObject", kObject);
    request.AddContext(key, value);
    return Words(policies, request);
  };
  CHECK(error("aws:SourceIp", "203.0.113.7") == "error contradiction");
  CHECK(error("aws:PrincipalAccount", "444455556666") == "error contradiction");
  CHECK(error("aws:username", "bob") == "error contradiction");
  CHECK(error("aws:SourceVpce", "vpce-0ffffffffffffffff") == "error contradiction");
  CHECK(error("aws:sourcevpce", "vpce-0a1b2c3d4e5f60718") == "allow identity");
  CHECK(Words(policies, Ask("s3:Get*", kObject)) == "error bad-action");
  CHECK(Words(policies, Ask("GetObject", kObject)) == "error bad-action");
  CHECK(Words(policies, Ask("s3:GetObject", "app-data/1.csv")) == "error bad-resource");
  CHECK(Words(policies, Ask("s3:GetObject", kObject, "alice")) == "error bad-principal");
  Request several = Ask("s3:GetObject", kObject);
  several.OpenContext("aws:SourceVpc");
  several.AddValue("vpc-1");
  several.AddValue("vpc-2");
  CHECK(Words(policies, several) == "error several-values");
}

TEST_CASE("a gateway endpoint is not used for another Region (S7.10.4)") {
  PolicySet policies = WithIdentity(kAllowS3);
  SetEndpoint(policies, kOneBucket, policy::EndpointType::kGateway);
  policies.endpoint->region = "eu-west-1";
  Request request = Ask("s3:GetObject", "arn:aws:s3:::elsewhere/1");
  CHECK(Words(policies, request) == "implicit-deny endpoint");
  request.AddContext("aws:RequestedRegion", "us-east-1");
  const auto answer = testing::DecideAndExplain(policies, request);
  CHECK(Words(answer) == "allow identity");
  CHECK(answer.decision.assumed.Has(Assumption::kEndpointNotUsed));
}

TEST_CASE(
    "keys of an endpoint without an endpoint in the case: the default policy, and it says so") {
  PolicySet policies = WithIdentity(kAllowS3);
  Request request = Ask("s3:GetObject", kObject);
  request.AddContext("aws:SourceVpce", "vpce-0a1b2c3d4e5f60718");
  const auto answer = testing::DecideAndExplain(policies, request);
  CHECK(Words(answer) == "allow identity");
  CHECK(answer.decision.assumed.Has(Assumption::kEndpointNotGiven));
}

TEST_CASE("sts:GetCallerIdentity needs no permission, but passes the endpoint policy (S7.3)") {
  PolicySet policies = WithIdentity(R"({"Effect": "Deny", "Action": "*", "Resource": "*"})");
  CHECK(Words(policies, Ask("sts:GetCallerIdentity", "*")) == "allow");
  SetEndpoint(policies, R"({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"})");
  CHECK(Words(policies, Ask("sts:GetCallerIdentity", "*")) == "explicit-deny endpoint");
}

TEST_CASE("every level of SCPs must allow, and some requesters have none") {
  PolicySet policies = WithIdentity(kAllowS3);
  const auto all = testing::Document(
      testing::Policy(R"({"Effect": "Allow", "Action": "*", "Resource": "*"})"), PolicyKind::kScp);
  const auto ec2 = testing::Document(
      testing::Policy(R"({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"})"),
      PolicyKind::kScp);
  policies.scps = {Knowledge::kGiven, {{all}, {ec2}, {all}}};
  CHECK(Words(policies, Ask("s3:GetObject", kObject)) == "implicit-deny scp");
  policies.organization.management_account = "111122223333";
  CHECK(Words(policies, Ask("s3:GetObject", kObject)) == "allow identity");
}

TEST_CASE("a question limited to the endpoint layer is answered by the endpoint alone") {
  PolicySet policies;
  policies.identity.knowledge = Knowledge::kNone;
  SetEndpoint(policies, kOneBucket);
  Request request = Ask("s3:GetObject", kObject);
  request.layers = {Layer::kEndpoint};
  CHECK(Words(policies, request) == "allow");
  request.resource = "arn:aws:s3:::elsewhere/1";
  CHECK(Words(policies, request) == "implicit-deny endpoint");
}

TEST_CASE("NotAction and NotResource hold for everything that is not listed") {
  PolicySet policies = WithIdentity(
      R"({"Effect": "Allow", "Action": "*", "Resource": "*"},
         {"Effect": "Deny", "NotAction": ["s3:Get*", "*:List*"], "Resource": "*"},
         {"Effect": "Deny", "Action": "s3:*", "NotResource": ["arn:aws:s3:::app-data/*", "arn:aws:s3:::app-data"]})");
  CHECK(Words(policies, Ask("S3:gETobject", kObject)) == "allow identity");
  CHECK(Words(policies, Ask("s3:PutObject", kObject)) == "explicit-deny identity");
  CHECK(Words(policies, Ask("s3:GetObject", "arn:aws:s3:::hr/1")) == "explicit-deny identity");
  CHECK(Words(policies, Ask("s3:ListBucket", kBucket)) == "allow identity");
}

}  // namespace postern::authz
