#include "policy/rules/rows.h"

#include "authz/rules/endpoint/checks.h"
#include "authz/rules/groups.h"

namespace postern::authz {
namespace {

using policy::Rule;
using namespace policy::rows;

constexpr Rule kRules[] = {
    {"EP301", "list-buckets-unreachable", kWarning, kStable,
     "`aws s3 ls` fails: nothing allows s3:ListAllMyBuckets",
     "Listing the buckets of an account is an action of its own, s3:ListAllMyBuckets, which is "
     "about "
     "no bucket in particular. A statement that names bucket ARNs never matches it, whatever "
     "actions "
     "it lists: only Resource `*` (or `arn:aws:s3:::*`, assumption A9) does. The error that "
     "follows "
     "is \"AccessDenied when calling the ListBuckets operation\".",
     "IAM service authorization reference, Actions defined by Amazon S3: ListAllMyBuckets has no "
     "resource type; semantics S3.5, S7.14",
     CheckListBucketsUnreachable},
    {"EP302", "list-tables-unreachable", kSuggestion, kStable,
     "`aws dynamodb list-tables` fails: nothing allows dynamodb:ListTables",
     "Listing tables is about no table in particular: statements that name table ARNs never "
     "match it, only Resource `*` does. Programs that know their tables do without.",
     "Service Authorization Reference, Actions defined by Amazon DynamoDB: ListTables has no "
     "resource type; semantics S3.5",
     CheckListTablesUnreachable},
    {"EP303", "account-action-with-arn", kError, kStable,
     "an action without resource types, allowed on ARNs",
     "Some actions are about the whole account: a statement that lists ARNs never matches "
     "them, whatever the ARNs are. The call is refused although its action is listed.",
     "Service Authorization Reference, the tables of actions; semantics S3.5",
     CheckAccountActionWithArn},
    {"EP306", "copy-needs-both-buckets", kSuggestion, kStable,
     "copies that an endpoint policy refuses: it lets nothing be read",
     "CopyObject is one request and two permissions: s3:PutObject where the copy goes and "
     "s3:GetObject where it comes from, both judged by the policy of the endpoint that the request "
     "comes through. Said where `s3-copy` is among the uses.",
     "Amazon S3 API Reference, CopyObject: Permissions; semantics S7.14",
     CheckCopyNeedsBothBuckets},
    {"EP403", "no-identity-perimeter", kSecurity, kPreview,
     "credentials of foreign accounts work through the endpoint",
     "Somebody inside the network can bring the credentials of an account of their own and "
     "use them through the endpoint. A concrete request shows it.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; "
     "aws-samples/data-perimeter-policy-examples:vpc_endpoint_policies/README.md; semantics "
     "S2.9.4",
     CheckIdentityPerimeter},
    {"EP404", "no-resource-perimeter", kSecurity, kStable,
     "resources of foreign accounts are read through the endpoint",
     "Nothing limits whose resources are reached, so what comes into the network may come "
     "from anybody. A concrete request shows it.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; "
     "aws-samples/data-perimeter-policy-examples:vpc_endpoint_policies/README.md; semantics "
     "S7.10.2",
     CheckResourcePerimeter},
    {"EP405", "exfiltration-write", kSecurity, kStable,
     "resources of foreign accounts are written through the endpoint",
     "Nothing limits whose resources are written to: data can be carried out to an account of "
     "anybody without touching the internet. A concrete request shows it.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; "
     "aws-samples/data-perimeter-policy-examples:vpc_endpoint_policies/README.md; semantics "
     "S7.10.2",
     CheckExfiltrationWrite},
    {"EP406", "perimeter-bypassed", kSecurity, kStable,
     "one statement undoes the organization limit of another",
     "Statements that allow add up: what one keeps out by a condition another lets in. A "
     "concrete request shows it.",
     "IAM User Guide, Policy evaluation logic; semantics S7.10.1", CheckPerimeterBypassed},
    {"EP412", "resource-org-unsupported", kError, kPreview,
     "a condition on the resource's owner for an action that tells none",
     "Requests for a few actions carry neither aws:ResourceAccount nor aws:ResourceOrgID. An "
     "Allow that wants the key never lets them through.",
     "IAM User Guide, AWS global condition context keys: aws:ResourceAccount, "
     "aws:ResourceOrgID; semantics S6.1",
     CheckResourceOrgUnsupported},
    {"EP413", "no-service-principal-path", kWarning, kPreview,
     "a perimeter that shuts out AWS services",
     "A service that works inside your VPC, or presigns a URL that is used there, calls as a "
     "service principal, which is in no organization. AWS's sample policies have a statement "
     "for it.",
     "aws-samples/data-perimeter-policy-examples:vpc_endpoint_policies/README.md; IAM User "
     "Guide, AWS global condition context keys: aws:PrincipalIsAWSService",
     CheckServicePrincipalPath},
    {"EP414", "tag-exemption-without-org", kSecurity, kStable,
     "an exemption by a tag that anybody can set",
     "Whoever owns an account can put any tag on its roles. A tag of the principal says "
     "something only together with the organization.",
     "aws-samples/data-perimeter-policy-examples:vpc_endpoint_policies/README.md",
     CheckTagExemption},
    {"EP419", "sts-foreign-role", kSecurity, kStable,
     "roles of foreign accounts can be assumed through the endpoint",
     "Credentials of a role in another organization, fetched from inside the network, are a "
     "way out: what is then done with them is done as somebody else.",
     "aws-samples/data-perimeter-policy-examples:vpc_endpoint_policies/README.md; semantics "
     "S7.10.2",
     CheckForeignRoleThroughSts},
    {"EP601", "aws-bucket-missing", kSuggestion, kPreview,
     "buckets of AWS that the endpoint policy keeps from agents and package managers",
     "Package repositories, agents, container images and CloudFormation's signals are in "
     "buckets that AWS owns, and are fetched without credentials of yours. A policy that "
     "names your buckets only, or your organization, refuses them. What --uses or postern.yaml "
     "names is said as a warning, each by itself, and the rest is left out; then the rule needs "
     "no --preview.",
     "aws-samples/data-perimeter-policy-examples:service_owned_resources.md",
     CheckAwsBucketMissing},
    {"EP602", "aws-bucket-behind-org", kError, kStable,
     "a bucket of AWS, allowed for one's own organization only",
     "What is fetched from these buckets is fetched unsigned, or by a URL that AWS presigned: "
     "the request carries no organization of yours. The statement lists the bucket and "
     "refuses its downloads.",
     "aws-samples/data-perimeter-policy-examples:service_owned_resources.md; "
     "aws-cloudformation/cloudformation-coverage-roadmap#752; "
     "awsdocs/amazon-vpc-user-guide#94",
     CheckAwsBucketBehindOrg},
    {"EP603", "aws-bucket-resource-org", kError, kStable,
     "a bucket of AWS in a statement for one's own organization's resources",
     "These buckets belong to accounts of AWS. With aws:ResourceOrgID of your organization "
     "the statement never matches them.",
     "aws-samples/data-perimeter-policy-examples:service_owned_resources.md",
     CheckAwsBucketResourceOrg},
    {"EP607", "aws-owned-non-s3", kWarning, kStable,
     "a perimeter that shuts out what AWS owns and everybody uses",
     "Documents and public parameters of Systems Manager, Amazon's images, managed policies "
     "and transforms belong to AWS. A limit to your organization's resources refuses them, "
     "and patching, say, stops.",
     "aws-samples/data-perimeter-policy-examples:service_owned_resources.md; "
     "aws-samples/data-perimeter-policy-examples#20",
     CheckAwsOwnedResources},
    {"EP608", "third-party-buckets", kSuggestion, kStable,
     "pulls from Docker Hub that an endpoint policy refuses",
     "Registries of others keep their layers in S3, too: with an endpoint for S3 in the VPC the "
     "download goes through it, and its policy knows nothing of a bucket of theirs. The pull ends "
     "with HTTP 403. Said where `docker-hub` is among the uses.",
     "rancher/os#2032; moby/moby#34185; docker/hub-feedback#1318", CheckThirdPartyBuckets},
    {"EP701", "sts-federation-anonymous", kWarning, kPreview,
     "federated sign-in that a perimeter shuts out",
     "AssumeRoleWithWebIdentity and AssumeRoleWithSAML are not signed, so they carry no key "
     "of a principal. Where these keys are the only way in, pods with IAM roles and users of "
     "SAML are refused.",
     "IAM User Guide, AWS global condition context keys: aws:PrincipalOrgID; semantics S6.3, "
     "S7.9.4",
     CheckFederationThroughSts},
    {"EP702", "execute-api-anonymous", kSuggestion, kStable,
     "callers of an API that a perimeter shuts out",
     "To an endpoint policy a caller who does not sign is anonymous, also one with a bearer "
     "token. A limit on the principal refuses them all, which is right only for APIs with IAM "
     "authorization.",
     "API Gateway Developer Guide, Use VPC endpoint policies for private APIs in API Gateway",
     CheckAnonymousApiCalls},
    {"EP705", "ecr-auth-token", kError, kStable, "images without the token to pull them",
     "Each pull begins with ecr:GetAuthorizationToken, which is about no repository: only "
     "Resource `*` matches it.",
     "Amazon ECR User Guide, Amazon ECR interface VPC endpoints; Service Authorization "
     "Reference, Actions defined by Amazon ECR; semantics S3.5",
     CheckEcrAuthToken},
};

}  // namespace

std::span<const Rule> EndpointEngineRules() { return kRules; }

}  // namespace postern::authz
