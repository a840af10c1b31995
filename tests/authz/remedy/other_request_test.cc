#include "authz/remedy/other_request.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/authz/testing.h"

namespace postern::authz {
namespace {

using policy::PolicyKind;
using testing::Ask;
using testing::Given;

using Sentences = std::vector<std::string>;

// A bucket whose policy denies what alice may do otherwise.
PolicySet Bucket(std::string_view condition) {
  PolicySet policies;
  policies.identity =
      Given(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})", PolicyKind::kIdentity);
  policies.resource = Given(R"({"Effect": "Deny", "Principal": "*", "Action": "s3:*",
      "Resource": "arn:aws:s3:::app/*", "Condition": )" +
                                std::string(condition) + "}",
                            PolicyKind::kBucket);
  return policies;
}

Sentences WaysFor(const PolicySet& policies, const Request& request) {
  const auto& catalogue = policy::Catalogue::Embedded();
  const auto compiled = Compile(policies, catalogue);
  BoundRequest bound;
  REQUIRE_FALSE(Bind(*compiled, request, bound).has_value());
  return OtherRequests(policies, catalogue, {}, request, Explain(compiled, bound));
}

Request GetObject() { return Ask("s3:GetObject", "arn:aws:s3:::app/key"); }

TEST_CASE("a bucket that is locked to an endpoint is reached through it") {
  const PolicySet policies =
      Bucket(R"({"StringNotEquals": {"aws:SourceVpce": "vpce-0aaaaaaaaaaaaaaa1"}})");
  CHECK(WaysFor(policies, GetObject()) ==
        Sentences{"sent through the endpoint `vpce-0aaaaaaaaaaaaaaa1`, it passes with the policies "
                  "as they are; that endpoint's own policy is not known here"});
}

TEST_CASE("the endpoint whose policy is given is judged with it") {
  PolicySet policies =
      Bucket(R"({"StringNotEquals": {"aws:SourceVpce": "vpce-0aaaaaaaaaaaaaaa1"}})");
  testing::SetEndpoint(policies,
                       R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})");
  policies.endpoint->id = "vpce-0aaaaaaaaaaaaaaa1";
  Request request = GetObject();
  request.route = Route::kInternet;
  CHECK(WaysFor(policies, request) ==
        Sentences{"sent through the endpoint `vpce-0aaaaaaaaaaaaaaa1`, it passes with the policies "
                  "as they are"});
  testing::SetEndpoint(
      policies, R"({"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"})");
  policies.endpoint->id = "vpce-0aaaaaaaaaaaaaaa1";
  CHECK(WaysFor(policies, request).empty());
}

TEST_CASE("a request without TLS is sent over TLS, and one without a header with it") {
  Request request = GetObject();
  request.AddContext("aws:SecureTransport", "false");
  CHECK(WaysFor(Bucket(R"({"Bool": {"aws:SecureTransport": "false"}})"), request) ==
        Sentences{"sent over TLS, it passes with the policies as they are"});
  CHECK(WaysFor(Bucket(R"({"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}})"),
                Ask("s3:PutObject", "arn:aws:s3:::app/key")) ==
        Sentences{"with the header x-amz-server-side-encryption: `aws:kms`, it passes with the "
                  "policies as they are"});
}

TEST_CASE("where a statement that allows asks for two things, both are said") {
  PolicySet policies;
  policies.identity = Given(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {
          "StringEquals": {"aws:RequestedRegion": "eu-west-1"},
          "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}})",
                            PolicyKind::kIdentity);
  Request request = GetObject();
  request.AddContext("aws:RequestedRegion", "us-east-1");
  request.AddContext("aws:SourceIp", "198.51.100.1");
  CHECK(WaysFor(policies, request) ==
        Sentences{
            "asked of the Region `eu-west-1` and sent from `203.0.113.0/24`, it passes with the "
            "policies as they are"});
}

TEST_CASE("what no other request helps is not said to be helped") {
  CHECK(
      WaysFor(Bucket(R"({"StringEquals": {"aws:PrincipalAccount": "111122223333"}})"), GetObject())
          .empty());
  CHECK(WaysFor(Bucket(R"({"StringNotLike": {"aws:SourceVpce": "vpce-*"}})"), GetObject()).empty());
}

}  // namespace
}  // namespace postern::authz
