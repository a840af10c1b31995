#include <array>
#include <span>

#include "tests/bench/workloads/compose.h"
#include "tests/bench/workloads/request_lines.h"
#include "tests/bench/workloads/service_calls.h"
#include "tests/bench/workloads/workloads.h"

namespace postern::bench {
namespace {

constexpr std::size_t kEndpointStatements = 84;
constexpr std::size_t kBucketStatements = 83;
constexpr std::size_t kIdentityPolicies = 10;
constexpr std::size_t kIdentityBytes = 5700;  // a managed policy may have 6,144 characters

// @0 is the statement's number.
constexpr std::array<std::string_view, 5> kEndpointStatementForms = {
    R"({"Sid":"Team@0","Effect":"Allow","Principal":"*","Action":["s3:GetObject","s3:PutObject","s3:ListBucket"],"Resource":["arn:aws:s3:::acme-team-@0-*","arn:aws:s3:::acme-team-@0-*/*"],"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5","aws:ResourceOrgID":"o-a1b2c3d4e5"}}})",
    R"({"Sid":"Packages@0","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":["arn:aws:s3:::al2023-repos-*-@0*/*","arn:aws:s3:::mirror.@0.*/*"]})",
    R"({"Sid":"Services@0","Effect":"Allow","Principal":"*","Action":["logs:*","ec2:Describe*","kms:Decrypt","sqs:*","dynamodb:*Item","ssm:Get*"],"Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"},"StringNotLike":{"aws:UserAgent":"*scanner-@0*"}}})",
    R"({"Sid":"Sealed@0","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::acme-sealed-@0/*","Condition":{"ForAnyValue:StringNotLike":{"aws:PrincipalOrgPaths":"o-a1b2c3d4e5/r-ab12/ou-ab12-000000@0/*"}}})",
    R"({"Sid":"Lake@0","Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::acme-lake*","Condition":{"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::111122223333:role/crew-@0-*","arn:aws:iam::111122223333:user/m*"]}}})",
};
constexpr std::array<std::string_view, 2> kFirstBucketStatements = {
    R"({"Sid":"ThroughTheEndpoint","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-lake","arn:aws:s3:::acme-lake/*"],"Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-0c5d6e7f8a9b0c1d2"}}})",
    R"({"Sid":"Encrypted","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-lake","arn:aws:s3:::acme-lake/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}})",
};
constexpr std::array<std::string_view, 3> kBucketStatementForms = {
    R"({"Sid":"Share@0","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:user/guest-@0","arn:aws:iam::111122223333:user/maria"]},"Action":["s3:GetObject","s3:GetObjectTagging"],"Resource":"arn:aws:s3:::acme-lake/share-@0/*"})",
    R"({"Sid":"Users@0","Effect":"Allow","Principal":"*","Action":"s3:*Object","Resource":"arn:aws:s3:::acme-lake/site-@0/${aws:username}/*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"},"IpAddress":{"aws:VpcSourceIp":"10.0.@0.0/24"}}})",
    R"({"Sid":"Kept@0","Effect":"Deny","Principal":"*","Action":["s3:DeleteObject","s3:PutObject*"],"Resource":"arn:aws:s3:::acme-lake/*/kept-@0/*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/keeper-@0"}}})",
};
// Forms in turn, numbered from 10 so that all are equally long.
std::vector<std::string> InTurn(std::span<const std::string_view> forms, std::size_t count) {
  std::vector<std::string> statements;
  for (std::size_t i = 0; i < count; ++i) {
    statements.push_back(Fill(forms[i % forms.size()], {std::to_string(i + 10)}));
  }
  return statements;
}

std::string BucketPolicy() {
  std::vector<std::string> statements(kFirstBucketStatements.begin(), kFirstBucketStatements.end());
  for (std::string& statement :
       InTurn(kBucketStatementForms, kBucketStatements - statements.size())) {
    statements.push_back(std::move(statement));
  }
  return PolicyOf(statements);
}

// Up to its size limit. One of the policies opens S3.
std::string IdentityPolicy(std::size_t index, Random& random) {
  std::vector<std::string> statements;
  if (index == 2) {
    statements.emplace_back(R"({"Sid":"Lake","Effect":"Allow","Action":"s3:*","Resource":["*"]})");
  }
  std::size_t bytes = 0;
  while (bytes < kIdentityBytes - 300) {
    statements.push_back(ServiceStatement(statements.size(), random.Between(1, 15), "", random));
    bytes += statements.back().size() + 1;
  }
  return PolicyOf(statements);
}

}  // namespace

Workload LargeWorkload(std::size_t requests) {
  Random random(2);
  std::string identity;
  for (std::size_t i = 0; i < kIdentityPolicies; ++i) {
    identity += (i == 0 ? "" : ",") + IdentityPolicy(i, random);
  }
  Workload workload{"W2",
                    Fill(R"({"endpoint":@0,"identity":[@1],"resource":@2})",
                         {PolicyOf(InTurn(kEndpointStatementForms, kEndpointStatements)), identity,
                          BucketPolicy()}),
                    {},
                    {}};
  for (std::size_t id = 0; id < requests; ++id) {
    const Call call =
        random.Percent(60) ? S3Call(random) : ServiceCall(random.Pick(Services()), random);
    workload.lines.push_back(RequestLine(id, call, random));
  }
  return workload;
}

}  // namespace postern::bench
