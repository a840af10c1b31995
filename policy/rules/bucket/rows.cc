#include "policy/rules/rows.h"

#include "policy/rules/bucket/checks.h"
#include "policy/rules/groups.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"BP101", "vpce-deny-lockout", kSecurity, kStable,
     "a Deny by network that also keeps out whoever would repair it",
     "A Deny that covers s3:PutBucketPolicy and s3:DeleteBucketPolicy holds for administrators and "
     "for the console as well. Outside the endpoint only the root user of the account can still "
     "delete the policy.",
     "Amazon S3 User Guide, Controlling access from VPC endpoints with bucket policies",
     CheckEndpointDenyLockout},
    {"BP102", "vpce-deny-blocks-services", kWarning, kStable,
     "a Deny by network that does not spare AWS services",
     "Services that deliver to a bucket or read from it call from their own network, without the "
     "endpoint. A negated condition on a key that they do not carry is true, so that they are "
     "denied.",
     "IAM User Guide, AWS global condition context keys: aws:PrincipalIsAWSService; "
     "cloud-custodian/cloud-custodian#2916",
     CheckEndpointDenyBlocksServices},
    {"BP103", "vpce-deny-blocks-fas", kWarning, kStable,
     "a Deny by network that does not spare calls on the caller's behalf",
     "Athena, Redshift, Glue and others read a bucket with your identity and from their own "
     "network. aws:ViaAWSService is true of such calls.",
     "IAM User Guide, Forward access sessions; AWS global condition context keys: "
     "aws:ViaAWSService",
     CheckEndpointDenyBlocksFas},
    {"BP104", "vpce-deny-inverted", kError, kStable,
     "a Deny of the endpoint that is meant to be let in",
     "To deny whatever does not come through an endpoint takes StringNotEquals. With StringEquals "
     "the endpoint itself is denied, and the rest of the world is not.",
     "Amazon S3 User Guide, Controlling access from VPC endpoints with bucket policies; "
     "awsdocs/amazon-sns-developer-guide#25",
     CheckEndpointDenyInverted},
    {"BP105", "vpce-as-identity", kSecurity, kStable,
     "an Allow for everyone who comes through an endpoint",
     "An endpoint tells where a request comes from and not whose it is. Unsigned requests and "
     "those with credentials of other accounts come through it as well.",
     "Amazon S3 User Guide, Controlling access from VPC endpoints with bucket policies; AWS "
     "whitepaper Building a Data Perimeter on AWS",
     CheckEndpointAsIdentity},
    {"BP106", "sourceip-and-vpce-deny", kError, kStable,
     "a Deny by address in a policy that speaks of endpoints",
     "Requests through an endpoint carry no aws:SourceIp, and NotIpAddress is true without it, "
     "with "
     "IfExists or not: they are denied, whatever else allows them.",
     "IAM User Guide, AWS global condition context keys: aws:SourceIp; semantics S4.4",
     CheckSourceIpAndEndpoint},
    {"BP108", "deny-half-bucket", kSecurity, kStable,
     "a Deny that covers a bucket without its objects, or the other way round",
     "The bucket and its objects are two resources. A limit on one of them leaves the actions on "
     "the other as they are.",
     "Amazon S3 User Guide, Policies and permissions in Amazon S3: resources", CheckDenyHalfBucket},
    {"BP109", "foreign-bucket-arn", kError, kStable, "a resource that is not of the bucket",
     "S3 takes a bucket policy only if every resource in it is the bucket or an object in it.",
     "Amazon S3 User Guide, Bucket policies for Amazon S3; IAM Access Analyzer policy check "
     "reference: unsupported resource ARN in policy",
     CheckForeignBucketArn},
    {"BP110", "account-level-action", kError, kStable,
     "an action in a bucket policy that is about no bucket",
     "Actions such as s3:ListAllMyBuckets are asked on the account. A bucket policy is not looked "
     "at for them.",
     "IAM service authorization reference, Actions defined by Amazon S3; semantics S3.5",
     CheckAccountLevelAction},
    {"BP111", "org-deny-blocks-services", kWarning, kStable,
     "a Deny by organization that does not spare AWS services",
     "A service that calls by itself is in no organization. A negated condition on "
     "aws:PrincipalOrgID is true of it, so that deliveries are denied.",
     "IAM User Guide, AWS global condition context keys: aws:PrincipalOrgID; "
     "awsdocs/iam-user-guide#180",
     CheckOrgDenyBlocksServices},
    {"BP114", "vpce-unknown", kWarning, kStable, "an endpoint that is none of yours",
     "Asked only where your own endpoints are known. An id of an endpoint that was deleted, or of "
     "another account, lets nobody of yours in.",
     "Amazon S3 User Guide, Controlling access from VPC endpoints with bucket policies",
     CheckUnknownEndpoint},
    {"BP116", "no-tls", kSuggestion, kPreview, "a bucket policy that takes requests without TLS",
     "S3 answers plain HTTP. A Deny on aws:SecureTransport `false` ends that.",
     "Amazon S3 User Guide, Security best practices for Amazon S3", CheckNoTls},
};

}  // namespace

std::span<const Rule> BucketRules() { return kRules; }

}  // namespace postern::policy
