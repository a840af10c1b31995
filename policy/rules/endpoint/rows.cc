#include "policy/rules/rows.h"

#include "policy/rules/endpoint/checks.h"
#include "policy/rules/groups.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"EP101", "endpoint-principal-required", kError, kStable,
     "a statement of an endpoint policy without Principal",
     "An endpoint policy looks like an identity policy and is checked like a resource policy: each "
     "statement needs a Principal. The usual form is `*`, narrowed by aws:PrincipalOrgID.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies", nullptr},
    {"EP102", "endpoint-notprincipal", kError, kStable, "NotPrincipal in an endpoint policy",
     "With Allow it is refused. With Deny it hits every session whose role and account are not "
     "listed "
     "as well, which is a warning: hardly anyone means that.",
     "IAM User Guide, IAM JSON policy elements: NotPrincipal; semantics S2.6",
     CheckEndpointNotPrincipal},
    {"EP103", "gateway-principal-not-star", kError, kStable,
     "a Principal other than `*` in the policy of a gateway endpoint",
     "Gateway endpoints, for S3 and DynamoDB, take Principal `*` only; a role that is named there "
     "does "
     "not match its sessions. Who may use the endpoint is said with aws:PrincipalArn in a "
     "condition.",
     "AWS PrivateLink guide, Gateway endpoints; semantics S2.9.2", CheckGatewayPrincipal},
    {"EP104", "gateway-account-means-root", kError, kStable,
     "an account as Principal in the policy of a gateway endpoint",
     "In most policies an account stands for everyone in it. On a gateway endpoint it is the root "
     "user "
     "of the account alone: the users and roles are refused.",
     "AWS PrivateLink guide, Gateway endpoints; awsdocs/amazon-vpc-user-guide#24; semantics S2.9.2",
     CheckGatewayAccountIsRoot},
    {"EP105", "service-principal-in-endpoint", kWarning, kPreview,
     "a service as Principal in an endpoint policy",
     "AWS services that act on your behalf do so inside AWS, past your endpoint. What they "
     "send through your VPC, presigned URLs for example, is told by aws:PrincipalIsAWSService.",
     "IAM User Guide, AWS global condition context keys: aws:PrincipalIsAWSService; "
     "aws-samples/data-perimeter-policy-examples:vpc_endpoint_policies/README.md",
     CheckServicePrincipal},
    {"EP106", "no-policy-support", kError, kStable, "a policy for an endpoint that takes none",
     "Endpoints of some services, and of services that AWS customers offer, allow everything, "
     "and EC2 refuses any other policy for them. Infrastructure tools then stop half-way.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; "
     "pulumi/pulumi-aws-native#1711; hashicorp/terraform-provider-aws#42291",
     CheckNoPolicySupport},
    {"EP107", "system-id-wildcard", kError, kStable,
     "a wildcard or a number in place of an id that AWS made up",
     "Account ids, organization ids and the ids of VPCs and endpoints say nothing in part: whoever "
     "makes enough accounts gets one that begins alike. EC2 takes no wildcards and no numeric "
     "operators on their keys.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; semantics "
     "S1.11.1",
     CheckSystemIdWildcard},
    {"EP108", "six-characters", kError, kStable, "a wildcard with too little text beside it",
     "With string operators EC2 wants at least six characters in a row before or behind each "
     "wildcard "
     "of an endpoint policy.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; semantics "
     "S1.11.2",
     CheckSixCharacters},
    {"EP109", "account-part-mix", kError, kStable, "an account id with wildcards in it",
     "The account of an ARN in an endpoint policy is an account id or a wildcard by itself. Part "
     "of an "
     "id says nothing about whose account it is.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; semantics "
     "S1.11.3",
     CheckAccountPartMix},
    {"EP201", "action-not-served", kWarning, kStable,
     "an action of a service whose requests the endpoint does not carry",
     "Only requests to its own service come through an endpoint. An action of another one is "
     "neither allowed nor denied by its policy.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; "
     "semantics S1.11.4",
     CheckActionNotServed},
    {"EP202", "resource-not-served", kWarning, kStable,
     "a resource of a service whose requests the endpoint does not carry",
     "A request through the endpoint is about resources of its service. An ARN of another one "
     "matches none of them.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; "
     "semantics S1.11.4",
     CheckResourceNotServed},
    {"EP203", "statement-dead-on-service", kWarning, kStable,
     "a statement without one action that the endpoint carries",
     "The statement was written for another service's endpoint: here it allows and denies "
     "nothing.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; "
     "semantics S1.11.4",
     CheckStatementNotServed},
    {"EP204", "region-mismatch", kWarning, kStable, "a Region that is not the endpoint's",
     "An endpoint serves one Region; requests to another do not use it. What a policy says of "
     "resources there, or with aws:RequestedRegion, applies to nothing.",
     "AWS PrivateLink guide, Gateway endpoints; semantics S7.10.4", CheckRegionMismatch},
    {"EP205", "wrong-sibling-endpoint", kWarning, kStable,
     "an action that another endpoint of the same family carries",
     "Several services have more than one endpoint: DynamoDB and its streams, Systems Manager "
     "and its message channels, the control plane and the runtime of SageMaker. An action in "
     "the policy of the wrong one does nothing.",
     "AWS PrivateLink guide, AWS services that integrate with AWS PrivateLink",
     CheckWrongSiblingEndpoint},
    {"EP305", "access-point-needs-both", kError, kStable,
     "an access point without the bucket behind it",
     "A request through an access point is judged on the access point and on its bucket. An "
     "endpoint policy that lists the access point alone refuses it.",
     "Amazon S3 User Guide, Creating access points restricted to a virtual private cloud; "
     "semantics S7.10.6",
     CheckAccessPointWithoutBucket},
    {"EP401", "full-access-policy", kSecurity, kStable,
     "the policy that an endpoint has by default",
     "It lets credentials of any account, an intruder's too, reach any resource of any "
     "account: data can leave without touching the internet.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; "
     "aws-samples/data-perimeter-policy-examples:vpc_endpoint_policies/README.md; semantics "
     "S7.10.1",
     CheckFullAccess},
    {"EP402", "full-access-service", kSecurity, kStable,
     "all actions of the service for everybody on everything",
     "An endpoint carries one service only, so all of its actions on every resource are what "
     "the default policy allows too.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; "
     "semantics S7.10.1",
     CheckFullAccessToService},
    {"EP407", "perimeter-ifexists", kSecurity, kStable,
     "an organization condition with IfExists in an Allow",
     "Accounts outside any organization and unsigned requests lack the organization keys. "
     "With IfExists a condition that a request has no key for holds, and just those pass.",
     "IAM User Guide, IAM JSON policy elements: Condition operators, ...IfExists; IAM User "
     "Guide, AWS global condition context keys; semantics S4.4",
     CheckPerimeterIfExists},
    {"EP408", "perimeter-negated-allow", kSecurity, kStable,
     "an Allow for all organizations but one",
     "A negated operator holds for every other value and for a request without the key. As an "
     "Allow it opens the endpoint to whoever is not listed.",
     "IAM User Guide, IAM JSON policy elements: Condition operators; semantics S4.4",
     CheckPerimeterNegatedAllow},
    {"EP409", "perimeter-deny-style", kSuggestion, kStable,
     "a perimeter made of a Deny for other organizations",
     "A Deny with StringNotEquals on aws:PrincipalOrgID also hits callers without the key: "
     "service principals, and unsigned downloads such as those of packages. An Allow with "
     "StringEquals can be joined by others, a Deny cannot be undone.",
     "IAM User Guide, AWS global condition context keys: aws:PrincipalOrgID; "
     "aws-samples/data-perimeter-policy-examples:vpc_endpoint_policies/README.md",
     CheckPerimeterByDeny},
    {"EP410", "org-id-not-yours", kSecurity, kStable,
     "the id of another organization in a perimeter",
     "One wrong character in an organization's id shuts the own people out and may let others "
     "in.",
     "IAM User Guide, AWS global condition context keys: aws:PrincipalOrgID, aws:ResourceOrgID",
     CheckOrganizationNotYours},
    {"EP411", "org-ids-disagree", kWarning, kStable,
     "callers and resources of different organizations in one statement",
     "In the usual perimeter both keys hold the same organization. Where they have no value "
     "in common, nobody reaches the own organization's resources by this statement: mostly a "
     "slip in one of the two.",
     "IAM User Guide, AWS global condition context keys: aws:PrincipalOrgID, aws:ResourceOrgID",
     CheckOrganizationsDisagree},
    {"EP415", "third-party-one-sided", kWarning, kStable,
     "a partner's account on one side of a statement only",
     "A partner's identities should reach the agreed resources, and a partner's resources be "
     "reached by the own identities. With one side open, the other stands for everybody.",
     "aws-samples/data-perimeter-policy-examples:vpc_endpoint_policies/README.md",
     CheckThirdPartyOneSided},
    {"EP420", "principal-arn-of-session", kWarning, kStable,
     "aws:PrincipalArn compared with the ARN of a session",
     "For a role session the key holds the ARN of the role, so a comparison with an "
     "assumed-role ARN is never true.",
     "IAM User Guide, AWS global condition context keys: aws:PrincipalArn; semantics S2.9.3, "
     "S6.3",
     CheckPrincipalArnOfSession},
    {"EP501", "sourceip-never-present", kError, kStable, "aws:SourceIp in an endpoint policy",
     "Requests through an endpoint carry no aws:SourceIp. A condition on it is never true, or,"
     " negated, always: `Deny` with NotIpAddress then locks everybody out. The address inside "
     "the VPC is aws:VpcSourceIp.",
     "IAM User Guide, AWS global condition context keys: aws:SourceIp; semantics S6.1",
     CheckSourceIpNeverPresent},
    {"EP502", "own-vpce", kWarning, kStable, "aws:SourceVpce in an endpoint's own policy",
     "Each request that the policy looks at comes through its endpoint, so the key is "
     "constant: the condition is true of all of them or of none. With a value that is no "
     "endpoint id, a VPC id for example, it is known which; a Deny that hits every request is "
     "an error. The key belongs in the policies of buckets and roles.",
     "IAM User Guide, AWS global condition context keys: aws:SourceVpce; "
     "terraform-aws-modules/terraform-aws-vpc#680",
     CheckOwnEndpointId},
    {"EP503", "own-vpc", kWarning, kPreview, "aws:SourceVpc in an endpoint's own policy",
     "Each request that the policy looks at carries the VPC of its endpoint, also where the "
     "client is in a peered network. The condition is true of all of them or of none; as a "
     "Deny it shuts everybody out or nobody. The key belongs in the policies of buckets and "
     "roles.",
     "IAM User Guide, AWS global condition context keys: aws:SourceVpc; semantics S7.10.4",
     CheckOwnVpc},
    {"EP504", "own-vpce-org", kWarning, kStable,
     "the owner of the endpoint in the endpoint's own policy",
     "aws:VpceAccount and aws:VpceOrgID say whose the endpoint is, not who calls. In its own "
     "policy they are constant.",
     "IAM User Guide, AWS global condition context keys: aws:VpceAccount, aws:VpceOrgID; "
     "semantics S6.1",
     CheckOwnEndpointOwner},
    {"EP505", "vpcsourceip-outside-vpc", kWarning, kStable, "an address that is not in the VPC",
     "aws:VpcSourceIp is the address of the client as the endpoint sees it. An address "
     "outside the ranges that are given for the VPC comes from a network joined to it, or "
     "never.",
     "IAM User Guide, AWS global condition context keys: aws:VpcSourceIp", CheckSourceOutsideVpc},
    {"EP506", "called-via-in-endpoint", kSuggestion, kPreview,
     "an Allow for calls that a service forwards",
     "Calls that an AWS service makes with the caller's credentials start in the service's "
     "network and pass no endpoint of the caller. Here the condition is never true.",
     "IAM User Guide, Forward access sessions; IAM User Guide, AWS global condition context "
     "keys: aws:CalledVia, aws:ViaAWSService; semantics S6.4.6",
     CheckCalledVia},
    {"EP507", "ec2-instance-origin", kSuggestion, kPreview,
     "a perimeter that stolen instance credentials pass",
     "Credentials of an instance role belong to the organization wherever they are used. "
     "aws:Ec2InstanceSourceVpc says which VPC they were issued in.",
     "IAM User Guide, AWS global condition context keys: aws:Ec2InstanceSourceVpc; "
     "aws-samples/data-perimeter-policy-examples:vpc_endpoint_policies/README.md",
     CheckInstanceOrigin},
    {"EP604", "aws-bucket-wrong-region", kError, kStable,
     "a bucket of AWS in another Region than the endpoint",
     "Agents and package managers fetch from the bucket of their own Region. The one of "
     "another is not asked for through this endpoint.",
     "aws-samples/data-perimeter-policy-examples:service_owned_resources.md", CheckAwsBucketRegion},
    {"EP605", "aws-bucket-pattern-too-wide", kSecurity, kStable,
     "a wildcard in the name of a bucket of AWS, for every identity",
     "Names of buckets are global: whoever registers one that begins like AWS's has an exit "
     "out of the VPC, since statements for such downloads ask for no identity.",
     "Amazon S3 User Guide, General purpose bucket naming rules; "
     "aws-samples/data-perimeter-policy-examples:service_owned_resources.md",
     CheckAwsBucketPatternTooWide},
    {"EP606", "aws-bucket-write", kSecurity, kStable,
     "more than reading on a bucket of AWS, for every identity",
     "AWS's buckets are there to download from. A statement for them has to admit unsigned "
     "requests, and should not admit writing with them.",
     "aws-samples/data-perimeter-policy-examples:service_owned_resources.md", CheckAwsBucketWrite},
    {"EP609", "aws-bucket-misspelt", kWarning, kStable,
     "a bucket whose name is a letter or two beside that of a bucket of AWS",
     "Downloads from the bucket that was meant are refused. And names of buckets are global: "
     "whoever registers the misspelt one is reached through the endpoint instead.",
     "aws-samples/data-perimeter-policy-examples:service_owned_resources.md; Amazon S3 User Guide, "
     "General purpose bucket naming rules",
     CheckAwsBucketMisspelt},
    {"EP703", "execute-api-shape", kError, kStable, "an ARN of an API that no request can have",
     "A request to an API is about arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH. "
     "The API's id alone, or with a stage, matches none without a wildcard behind it.",
     "API Gateway Developer Guide, Control access for invoking an API", CheckExecuteApiShape},
    {"EP706", "ddb-streams-on-gateway", kError, kStable,
     "actions of DynamoDB Streams on the gateway endpoint",
     "The gateway endpoint carries requests to tables. Streams have a host of their own, "
     "which is reached through an interface endpoint.",
     "Amazon DynamoDB Developer Guide, AWS PrivateLink for DynamoDB", CheckStreamsOnGateway},
    {"EP707", "kms-viaservice", kWarning, kPreview, "kms:ViaService in an endpoint policy",
     "The key says which service asked KMS on the caller's behalf. Such a request starts in "
     "the service's network and passes no endpoint of the caller.",
     "AWS KMS Developer Guide, kms:ViaService; semantics S6.4.6", CheckViaServiceOfKms},
    {"EP708", "ssm-messages-prefix", kError, kStable,
     "nothing but actions of Systems Manager on the endpoint of its messages",
     "Session Manager and the agent talk through ssmmessages and ec2messages, with actions of "
     "these prefixes. A policy that allows actions of ssm alone refuses them all.",
     "AWS Systems Manager User Guide, Improve security by using VPC endpoints; Service "
     "Authorization Reference, Amazon Message Gateway Service",
     CheckSsmActionsOnMessages},
};

}  // namespace

std::span<const Rule> EndpointRules() { return kRules; }

}  // namespace postern::policy
