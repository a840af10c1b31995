#include "authz/access_point.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/authz/testing.h"

namespace postern::authz {

using policy::PolicyKind;
using testing::Given;
using testing::Words;

namespace {

constexpr std::string_view kAccessPoint = "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap";
constexpr std::string_view kThrough =
    "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/1.csv";
constexpr std::string_view kObject = "arn:aws:s3:::app-data/1.csv";

PolicySet Everything() {
  PolicySet policies;
  policies.identity =
      Given(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})", PolicyKind::kIdentity);
  policies.resource.knowledge = Knowledge::kNone;
  policies.access_point.emplace();
  policies.access_point->arn = kAccessPoint;
  return policies;
}

Request AskThrough(std::string_view resource = kThrough, std::string_view behind = kObject) {
  Request request = testing::Ask("s3:GetObject", resource);
  request.bucket_resource = behind;
  return request;
}

}  // namespace

TEST_CASE("an access point's ARN is told from others of S3") {
  CHECK(IsAccessPoint(kAccessPoint));
  CHECK(IsAccessPoint(kThrough));
  CHECK(IsAccessPoint("arn:aws:s3::111122223333:accesspoint/m4n5o6.mrap"));
  CHECK_FALSE(IsAccessPoint("arn:aws:s3:::accesspoint/1.csv"));
  CHECK_FALSE(IsAccessPoint("arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/ap"));
  CHECK_FALSE(IsAccessPoint("arn:aws:s3:eu-west-1:111122223333:job/1"));
}

TEST_CASE("its parts are its own ARN and the object's key") {
  const auto split = [](std::string_view text) {
    return SplitAccessPoint(text, policy::SplitArn(text));
  };
  CHECK(split(kAccessPoint).own == kAccessPoint);
  CHECK_FALSE(split(kAccessPoint).is_object);
  CHECK(split(kThrough).own == kAccessPoint);
  CHECK(split(kThrough).key == "1.csv");
  CHECK(split(std::string(kAccessPoint) + "/object/a/object/b").is_object);
}

TEST_CASE("a request through an access point names both, and both are one object") {
  struct Row {
    std::string_view what, resource, behind, answer;
  };
  for (const Row& row : {
           Row{"both", kThrough, kObject, "allow identity"},
           Row{"nothing behind it", kThrough, "", "error missing-member"},
           Row{"no access point", kObject, kObject, "error contradiction"},
           Row{"no S3 ARN behind it", kThrough, "arn:aws:sqs:::q", "error bad-resource"},
           Row{"another access point", kThrough, kThrough, "error bad-resource"},
           Row{"everything", kThrough, "*", "error bad-resource"},
           Row{"another key", kThrough, "arn:aws:s3:::app-data/2.csv", "error contradiction"},
           Row{"the bucket for an object", kThrough, "arn:aws:s3:::app-data",
               "error contradiction"},
           Row{"an object for the bucket", kAccessPoint, kObject, "error contradiction"},
           Row{"not the access point of the policies",
               "arn:aws:s3:eu-west-1:111122223333:accesspoint/other/object/1.csv", kObject,
               "error contradiction"},
       }) {
    CAPTURE(row.what);
    CHECK(Words(Everything(), AskThrough(row.resource, row.behind)) == row.answer);
  }
}

TEST_CASE("a call that manages access points needs nothing behind them") {
  Request request = testing::Ask("s3:GetAccessPointPolicy", kAccessPoint);
  CHECK(Words(Everything(), request) == "allow identity");
  request.action = "s3:TagResource";
  CHECK(Words(Everything(), request) == "allow identity");
  request.action = "s3:ListBucket";
  CHECK(Words(Everything(), request) == "error missing-member");
}

TEST_CASE("what lies behind the access point may be unknown") {
  Request request = AskThrough(kThrough, "");
  request.bucket_resource_unknown = true;
  CHECK(Words(Everything(), request) == "allow identity");
  PolicySet policies = Everything();
  policies.resource = Given(
      R"({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::app-data/*"})",
      PolicyKind::kBucket);
  const auto answer = testing::DecideAndExplain(policies, request);
  CHECK(Words(answer) == "unknown");
  CHECK(answer.decision.missing.HasResource());
}

TEST_CASE("a supplied key must not contradict the access point") {
  Request request = AskThrough();
  request.AddContext("s3:DataAccessPointArn", kAccessPoint);
  CHECK(Words(Everything(), request) == "allow identity");
  request.Clear();
  request = AskThrough();
  request.AddContext("s3:DataAccessPointAccount", "444455556666");
  CHECK(Words(Everything(), request) == "error contradiction");
}

TEST_CASE("the bucket's account may be another than the access point's") {
  PolicySet policies = Everything();
  Request request = AskThrough();
  request.resource_account_state = ResourceAccountState::kGiven;
  request.resource_account = "444455556666";
  CHECK(Words(policies, request) == "implicit-deny resource");
  policies.resource = Given(
      R"({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
          "Condition": {"StringEquals": {"aws:ResourceAccount": "444455556666",
                                         "s3:DataAccessPointAccount": "111122223333"}}})",
      PolicyKind::kBucket);
  CHECK(Words(policies, request) == "allow identity resource");
  // Where the case does not say, it is the access point's.
  request.resource_account_state = ResourceAccountState::kDerive;
  CHECK(Words(policies, request) == "allow identity");
}

TEST_CASE(
    "an access point that is not given is taken as open where that is asked for, else unknown") {
  PolicySet policies = Everything();
  policies.access_point.reset();
  const auto answer = testing::DecideAndExplain(policies, AskThrough());
  CHECK(Words(answer) == "allow identity");
  CHECK(answer.decision.assumed.Has(Assumption::kAccessPointNotGiven));
  const auto explained =
      testing::DecideAndExplain(policies, AskThrough(), {.not_given_is_unknown = true});
  CHECK(Words(explained) == "unknown");
  CHECK(explained.decision.missing.HasLayer(Layer::kAccessPoint));
}

TEST_CASE("a VPC that the access point's description does not give is unknown") {
  PolicySet policies = Everything();
  policies.access_point->vpc_origin = true;
  CHECK(Words(policies, AskThrough()) == "explicit-deny access-point");
  Request request = AskThrough();
  request.AddContext("aws:SourceVpc", "vpc-0bbbbbbbbbbbbbbbb1");
  const auto answer = testing::DecideAndExplain(policies, request);
  CHECK(Words(answer) == "unknown");
  CHECK(answer.decision.missing.HasLayer(Layer::kAccessPoint));
}

TEST_CASE("a question about some layers only asks their side") {
  PolicySet policies = Everything();
  policies.identity = {Knowledge::kNone, {}};
  Request request = AskThrough();
  request.layers = {Layer::kAccessPoint};
  CHECK(Words(policies, request) == "implicit-deny access-point");
  request.layers = {Layer::kIdentity};
  CHECK(Words(policies, request) == "implicit-deny identity");
  request.layers = {Layer::kEndpoint};
  CHECK(Words(policies, request) == "allow");
}

TEST_CASE("whichever account an unknown caller is of, both sides are asked") {
  PolicySet policies = Everything();
  policies.access_point->document = testing::Document(
      testing::Policy(R"({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"})"),
      PolicyKind::kAccessPoint);
  Request request = AskThrough();
  request.principal.Clear();
  request.resource_account_state = ResourceAccountState::kDerive;
  CHECK(Words(policies, request) == "explicit-deny access-point");
  const auto answer = testing::DecideAndExplain(Everything(), request);
  CHECK(Words(answer) == "unknown");
  CHECK(answer.decision.missing.HasPrincipal());
}

}  // namespace postern::authz
