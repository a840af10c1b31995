#include "tests/bench/workloads/compose.h"
#include "tests/bench/workloads/request_lines.h"
#include "tests/bench/workloads/workloads.h"

namespace postern::bench {
namespace {

constexpr std::string_view kPolicies = R"({"endpoint":{"Version":"2012-10-17","Statement":[
{"Sid":"WithinTheOrganization","Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5","aws:ResourceOrgID":"o-a1b2c3d4e5"}}},
{"Sid":"PackagesAndLayers","Effect":"Allow","Principal":"*","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::al2023-repos-*/*","arn:aws:s3:::prod-*-starport-layer-bucket/*","arn:aws:s3:::amazonlinux-2-repos-*/*"]},
{"Sid":"PoliciesStayAsTheyAre","Effect":"Deny","Principal":"*","Action":["s3:PutBucketPolicy","s3:DeleteBucket*"],"Resource":"*"}]},
"identity":[{"Version":"2012-10-17","Statement":[
{"Sid":"ReadAndWrite","Effect":"Allow","Action":["s3:GetObject*","s3:PutObject","s3:AbortMultipartUpload"],"Resource":"arn:aws:s3:::acme-lake/*"},
{"Sid":"ListOwnFolders","Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::acme-lake","Condition":{"StringLike":{"s3:prefix":["users/maria/*","reports/*"]}}},
{"Sid":"FindBuckets","Effect":"Allow","Action":["s3:ListAllMyBuckets","s3:GetBucketLocation"],"Resource":"*"},
{"Sid":"EmptyScratch","Effect":"Allow","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::acme-lake/scratch/*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}},
{"Sid":"LedgerIsEncrypted","Effect":"Deny","Action":"s3:PutObject","Resource":"arn:aws:s3:::acme-lake/ledger/*","Condition":{"StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}}}]}],
"resource":{"Version":"2012-10-17","Statement":[
{"Sid":"ThroughTheEndpoint","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-lake","arn:aws:s3:::acme-lake/*"],"Condition":{"StringNotEquals":{"aws:SourceVpce":"vpce-0c5d6e7f8a9b0c1d2"}}},
{"Sid":"SharedWithAll","Effect":"Allow","Principal":"*","Action":["s3:GetObject","s3:ListBucketVersions"],"Resource":["arn:aws:s3:::acme-lake","arn:aws:s3:::acme-lake/shared/*"],"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}},
{"Sid":"Encrypted","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::acme-lake","arn:aws:s3:::acme-lake/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}})";

}  // namespace

Workload SmallWorkload(std::size_t requests) {
  Workload workload{"W1", std::string(kPolicies), {}, {}};
  Random random(1);
  for (std::size_t id = 0; id < requests; ++id) {
    workload.lines.push_back(RequestLine(id, S3Call(random), random));
  }
  return workload;
}

}  // namespace postern::bench
