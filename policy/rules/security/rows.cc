#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/security/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"SE101", "admin-star", kSecurity, kStable, "every action on every resource",
     "Whoever has the policy is an administrator. AWS's own AdministratorAccess is written so and "
     "is reported too.",
     "IAM User Guide, Security best practices in IAM: least privilege; bridgecrewio/checkov: "
     "CKV_AWS_62",
     CheckAdminStar},
    {"SE102", "service-star", kSecurity, kPreview, "every action of a service on every resource",
     "It allows actions that the service does not have yet, those that change permissions and "
     "those "
     "that delete among them.",
     "IAM User Guide, Security best practices in IAM: least privilege", CheckServiceStar},
    {"SE103", "star-resource-restrictable", kWarning, kPreview,
     "Resource `*` for reading actions that take resources",
     "Actions that have resource types can be limited to some. Speaks of actions that list, read "
     "and tag; SE109 and SE110 of the others.",
     "IAM service authorization reference; duo-labs/parliament: RESOURCE_STAR", CheckStarResource},
    {"SE104", "passrole-open", kSecurity, kPreview, "any role may be passed to any service",
     "A service uses the role that it was given. Whoever can pass every role has, through some "
     "service, the permissions of the strongest one.",
     "IAM User Guide, Grant a user permissions to pass a role to an AWS service",
     CheckPassRoleOpen},
    {"SE105", "create-slr-open", kWarning, kPreview,
     "service-linked roles of any service may be created",
     "iam:AWSServiceName tells for which service a role is made.",
     "IAM User Guide, Create a service-linked role; IAM Access Analyzer policy check reference: "
     "create SLR with star in resource",
     CheckCreateLinkedRoleOpen},
    {"SE106", "privilege-escalation", kSecurity, kPreview,
     "actions by which somebody can give themselves more",
     "To write a policy, or to pass a role to something that runs one's own code, is to have every "
     "permission of the account, one step later.",
     "duo-labs/parliament: PRIVILEGE_ESCALATION; IAM User Guide, Permissions boundaries for IAM "
     "entities",
     CheckPrivilegeEscalation},
    {"SE107", "credentials-exposure", kSecurity, kPreview,
     "actions that give out credentials, on every resource",
     "Their answer is a credential of somebody else.",
     "bridgecrewio/checkov: CKV_AWS_107; IAM service authorization reference",
     CheckCredentialsExposure},
    {"SE108", "data-exfiltration", kSecurity, kPreview, "actions that read data, on every resource",
     "Objects, secrets and parameters of every team of the account are within reach.",
     "bridgecrewio/checkov: CKV_AWS_108; IAM service authorization reference",
     CheckDataExfiltration},
    {"SE109", "permissions-management", kSecurity, kPreview,
     "actions that change permissions, on every resource",
     "The access level is that of AWS's service authorization reference.",
     "bridgecrewio/checkov: CKV_AWS_109; IAM service authorization reference",
     CheckPermissionsManagement},
    {"SE110", "write-unconstrained", kWarning, kPreview, "actions that write, on every resource",
     "The access level is that of AWS's service authorization reference.",
     "bridgecrewio/checkov: CKV_AWS_111; IAM service authorization reference",
     CheckWriteUnconstrained},
    {"SE111", "assume-any-role", kSecurity, kStable, "sts:AssumeRole on every role",
     "What keeps somebody out of a role is then its trust policy alone, and many of those trust "
     "the "
     "whole account.",
     "IAM User Guide, Grant a user permissions to switch roles", CheckAssumeAnyRole},
    {"SE112", "service-principal-open", kSecurity, kStable,
     "a service that may use the resource for any of its customers",
     "The service acts for whoever names the resource in a trail, a rule or a notification of "
     "theirs. aws:SourceArn and its like say for whom.",
     "IAM User Guide, The confused deputy problem: cross-service confused deputy prevention",
     CheckServicePrincipalOpen},
    {"SE113", "policy-write-without-data", kSecurity, kPreview,
     "somebody who may write the bucket policy, and not read the bucket",
     "The limit is none: who can write the policy can lift it.",
     "duo-labs/parliament: RESOURCE_POLICY_PRIVILEGE_ESCALATION", CheckPolicyWriteWithoutData},
};

}  // namespace

std::span<const Rule> SecurityRules() { return kRules; }

}  // namespace postern::policy
