#include "authz/public_access.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/authz/testing.h"

namespace postern::authz {

using policy::PolicyKind;

namespace {

bool StatementIsPublic(std::string_view members, PolicyKind kind = PolicyKind::kBucket) {
  const auto document =
      testing::Document(testing::Policy(R"({"Action": "s3:GetObject", "Resource": "*", )" +
                                        std::string(members) + "}"),
                        kind);
  return IsPublic(document->statements().front(), kind);
}

// An Allow for everybody under one condition.
bool IsPublicIf(std::string_view condition, PolicyKind kind = PolicyKind::kBucket) {
  return StatementIsPublic(
      R"("Effect": "Allow", "Principal": "*", "Condition": {)" + std::string(condition) + "}",
      kind);
}

}  // namespace

TEST_CASE("S7.11: who is named decides whether a statement is public") {
  struct Row {
    std::string_view principal;
    bool is_public;
  };
  for (const Row& row : {
           Row{R"("Effect": "Allow", "Principal": "*")", true},
           Row{R"("Effect": "Allow", "Principal": {"AWS": "*"})", true},
           Row{R"("Effect": "Allow", "Principal": {"AWS": ["111122223333", "*"]})", true},
           Row{R"("Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::*:role/app"})", true},
           Row{R"("Effect": "Allow", "Principal": {"Federated": "graph.facebook.com"})", true},
           Row{R"("Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"})", true},
           Row{R"("Effect": "Allow", "Principal": {"AWS": "111122223333"})", false},
           Row{R"("Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:role/app"})",
               false},
           Row{R"("Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"})", false},
           Row{R"("Effect": "Deny", "Principal": "*")", false},
       }) {
    CAPTURE(row.principal);
    CHECK(StatementIsPublic(row.principal) == row.is_public);
  }
}

TEST_CASE("S7.11: a fixed value of a key that names somebody makes a statement not public") {
  struct Row {
    std::string_view condition;
    bool is_public;
  };
  for (const Row& row : {
           Row{R"("StringEquals": {"aws:SourceVpc": "vpc-91237329"})", false},
           Row{R"("StringEquals": {"AWS:sourcevpc": "vpc-91237329"})", false},
           Row{R"("StringEquals": {"aws:SourceVpc": ["vpc-91237329", "vpc-1a2b3c4d"]})", false},
           Row{R"("StringLike": {"aws:SourceVpc": "vpc-*"})", true},
           Row{R"("StringLike": {"aws:SourceVpc": ["vpc-91237329", "vpc-*"]})", true},
           Row{R"("StringEquals": {"aws:SourceVpc": "${aws:Ec2InstanceSourceVpc}"})", true},
           Row{R"("StringEquals": {"aws:SourceVpc": []})", true},
           Row{R"("StringEqualsIfExists": {"aws:SourceVpc": "vpc-91237329"})", true},
           Row{R"("ForAllValues:StringEquals": {"aws:SourceVpc": "vpc-91237329"})", true},
           Row{R"("ForAnyValue:StringEquals": {"aws:PrincipalOrgPaths": "o-a/r-b/"})", false},
           Row{R"("StringNotEquals": {"aws:SourceVpc": "vpc-91237329"})", true},
           Row{R"("Null": {"aws:SourceVpc": "false"})", true},
           Row{R"("StringEquals": {"s3:x-amz-acl": "private"})", true},
           Row{R"("StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"})", false},
           Row{R"("ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"})", false},
           Row{R"("ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/app"})", true},
           Row{R"("StringLike": {"aws:PrincipalArn": "arn:*:iam::111122223333:role/app"})", true},
           Row{R"("StringLike": {"aws:PrincipalArn": "*"})", true},
           Row{R"("ArnLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:topic"})", true},
           Row{R"("IpAddress": {"aws:SourceIp": "203.0.113.0/24"})", false},
           Row{R"("IpAddress": {"aws:SourceIp": "10.0.0.0/8"})", false},
           Row{R"("IpAddress": {"aws:SourceIp": "8.0.0.0/7"})", true},
           Row{R"("IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/1"]})", true},
           Row{R"("IpAddress": {"aws:SourceIp": "2001:db8::/32"})", false},
           Row{R"("IpAddress": {"aws:SourceIp": "2001:d00::/24"})", true},
           Row{R"("NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"})", true},
           Row{R"("StringEquals": {"aws:userid": "AIDAEXAMPLE4EXAMPLE4"})", false},
           Row{R"("StringLike": {"aws:userid": "AROAEXAMPLE4EXAMPLE4:*"})", true},
           Row{R"("StringEquals": {"aws:userid": "AROAEXAMPLE4EXAMPLE4:session"})", true},
           Row{R"("StringEquals": {"s3:DataAccessPointAccount": "111122223333"})", false},
           Row{R"("IpAddress": {"aws:SourceIp": "0.0.0.0/0"},
                  "StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"})",
               false},
       }) {
    CAPTURE(row.condition);
    CHECK(IsPublicIf(row.condition) == row.is_public);
  }
}

TEST_CASE("S7.11: the access points of one account narrow a bucket policy, not an access point's") {
  constexpr std::string_view kOneAccount =
      R"("ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-west-2:111122223333:accesspoint/*"})";
  CHECK_FALSE(IsPublicIf(kOneAccount));
  CHECK(IsPublicIf(kOneAccount, PolicyKind::kAccessPoint));
  CHECK(IsPublicIf(
      R"("ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:us-west-2:*:accesspoint/ap"})"));
  CHECK(IsPublicIf(
      R"("ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:*:111122223333:accesspoint/ap"})"));
}

}  // namespace postern::authz
