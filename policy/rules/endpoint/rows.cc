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
};

}  // namespace

std::span<const Rule> EndpointRules() { return kRules; }

}  // namespace postern::policy
