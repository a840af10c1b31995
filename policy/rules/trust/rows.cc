#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/trust/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"TR101", "trust-resource", kError, kStable, "Resource in a role trust policy",
     "A trust policy is attached to a role and about that role alone. IAM refuses one with "
     "Resource or NotResource.",
     "IAM User Guide, How to use trust policies with IAM roles; semantics S1.9",
     CheckTrustResource},
    {"TR103", "trust-principal-star", kSecurity, kStable, "a role that everybody may assume",
     "With Principal `*` and no condition that tells callers apart, whoever has an AWS account can "
     "assume the role.",
     "IAM User Guide, IAM JSON policy elements: Principal", CheckTrustPrincipalStar},
    {"TR104", "trust-action", kError, kStable,
     "an action in a role trust policy that does not assume a role",
     "A trust policy says who may assume the role, and with which tags and source identity. What "
     "the role may do is the matter of its identity policies; IAM refuses it here.",
     "IAM User Guide, IAM Access Analyzer policy check reference: unsupported action in policy; "
     "semantics S1.9",
     CheckTrustAction},
    {"TR105", "trust-principal-action-mismatch", kError, kStable,
     "an action by which the named caller cannot assume the role",
     "Users, roles and services call AssumeRole, callers that a SAML provider vouches for "
     "AssumeRoleWithSAML, and those of an OpenID Connect provider AssumeRoleWithWebIdentity.",
     "IAM User Guide, IAM Access Analyzer policy check reference: mismatched action for principal",
     CheckTrustPrincipalActionMismatch},
    {"TR106", "trust-federated-format", kError, kStable,
     "a federated principal that is no identity provider",
     "A Federated principal is the ARN of a SAML or OpenID Connect provider, or the name of a "
     "provider that IAM knows. A URL with its scheme, another ARN and a wildcard match nobody.",
     "IAM User Guide, IAM JSON policy elements: Principal; semantics S2.1",
     CheckTrustFederatedFormat},
    {"TR107", "oidc-no-condition", kSecurity, kStable,
     "a role for every token of an OpenID Connect provider",
     "Public providers give a token to everybody. Only a condition on a claim, such as the subject "
     "or the audience, tells yours from theirs.",
     "IAM User Guide, Create a role for OpenID Connect federation", CheckOidcNoCondition},
    {"TR108", "github-sub", kSecurity, kStable,
     "a role for workflows of repositories of any owner on GitHub",
     "GitHub is one provider for all its users. The subject of a token begins with "
     "`repo:OWNER/NAME`; without a condition that fixes the owner every workflow can assume the "
     "role.",
     "IAM User Guide, Create a role for OpenID Connect federation; GitHub Docs, Configuring OpenID "
     "Connect in Amazon Web Services",
     CheckGithubSubject},
    {"TR109", "oidc-key-shape", kError, kStable, "a condition key made of the ARN of a provider",
     "The keys for claims are named `HOST/PATH:claim`. One that begins with the provider's ARN is "
     "in no request, so that the condition never holds.",
     "IAM User Guide, IAM and AWS STS condition context keys; aws/karpenter-provider-aws#1666",
     CheckOidcKeyShape},
    {"TR110", "oidc-wildcard-stringequals", kError, kStable,
     "a wildcard in a claim under StringEquals",
     "StringEquals takes `*` and `?` as they are. No token has such a claim, so that nobody can "
     "assume the role.",
     "IAM User Guide, IAM JSON policy elements: Condition operators; crossplane/crossplane#5578",
     CheckOidcWildcardStringEquals},
    {"TR112", "rolesanywhere-actions", kError, kStable,
     "a role for IAM Roles Anywhere without all the actions it needs",
     "Roles Anywhere assumes the role, tags the session and sets its source identity, always all "
     "three.",
     "IAM Roles Anywhere User Guide, Trust model", CheckRolesAnywhereActions},
    {"TR113", "external-account-no-externalid", kSecurity, kStable,
     "a role for an account of somebody else without an external id",
     "Another of that company's customers can have it assume your role for them. An external id "
     "that the company keeps with your account prevents it. Asked only where your own accounts "
     "are known.",
     "IAM User Guide, The confused deputy problem", CheckExternalAccountNoExternalId},
    {"TR114", "flow-logs-trust", kSuggestion, kStable,
     "a role for flow logs that does not ask whose",
     "The service delivers for every account. aws:SourceAccount and aws:SourceArn limit the role "
     "to "
     "your own flow logs.",
     "Amazon VPC User Guide, IAM role for publishing flow logs to CloudWatch Logs",
     CheckFlowLogsTrust},
    {"TR115", "trust-network-keys", kWarning, kStable,
     "a service that is to come through an endpoint of yours",
     "Services assume roles from their own network. Their calls carry neither the endpoint nor the "
     "VPC, so that the condition is never true.",
     "IAM User Guide, AWS global condition context keys: aws:SourceVpce; semantics S6.1",
     CheckTrustNetworkKeys},
};

}  // namespace

std::span<const Rule> TrustRules() { return kRules; }

}  // namespace postern::policy
