#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/organizations/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"OR104", "scp-denies-services", kWarning, kStable,
     "a Deny by network in a service control policy without a way for calls of services",
     "A service that acts on the caller's behalf uses the caller's identity, for which the policy "
     "counts, and its own network. aws:ViaAWSService tells such calls.",
     "IAM User Guide, Forward access sessions; aws-samples/data-perimeter-policy-examples:"
     "service_control_policies",
     CheckScpDeniesServices},
    {"OR105", "scp-vpce-unsupported-service", kError, kStable,
     "a Deny on a key that the service never sends",
     "aws:VpceOrgID and its like are sent by some services only. Without the key a negated "
     "condition is true: the requests are denied, through your own endpoints as well.",
     "IAM User Guide, AWS global condition context keys: aws:VpceOrgID; semantics S6.1",
     CheckEndpointKeyUnsupported},
    {"OR108", "rcp-principal", kError, kStable,
     "a resource control policy for some principals only",
     "Organizations takes Principal `*` and nothing else.",
     "AWS Organizations User Guide, RCP syntax; semantics S1.9", CheckRcpPrincipal},
    {"OR109", "rcp-allow", kError, kStable, "an Allow in a resource control policy",
     "Organizations takes statements that deny. What is not denied, the policy RCPFullAWSAccess "
     "allows, which is always there.",
     "AWS Organizations User Guide, RCP syntax; semantics S1.9", CheckRcpAllow},
    {"OR110", "rcp-notaction", kError, kStable, "NotAction in a resource control policy",
     "Organizations takes Action only.", "AWS Organizations User Guide, RCP syntax; semantics S1.9",
     CheckRcpNotAction},
    {"OR111", "rcp-action", kError, kStable, "an action that a resource control policy cannot deny",
     "Such policies reach some services, and `*` alone is not taken.",
     "AWS Organizations User Guide, RCP syntax; List of AWS services that support RCPs; semantics "
     "S7.4",
     CheckRcpAction},
    {"OR112", "rcp-version", kError, kStable,
     "a resource control policy that is not in version 2012-10-17",
     "Organizations refuses it without Version, and with the older one.",
     "AWS Organizations User Guide, RCP syntax; semantics S1.5", nullptr},
    {"OR113", "rcp-blocks-services", kError, kStable,
     "a Deny in a resource control policy that does not spare AWS services",
     "Resource control policies hold for services that call by themselves, too. They carry neither "
     "an organization nor your network, and a negated condition on such a key is true of them.",
     "AWS Organizations User Guide, Resource control policies; "
     "aws-samples/data-perimeter-policy-examples:resource_control_policies",
     CheckRcpBlocksServices},
    {"OR114", "rcp-confused-deputy-absent-key", kWarning, kStable,
     "a Deny on aws:SourceOrgID without asking whether there is a source",
     "The key is in calls that a service makes for somebody's resource. In all the others a "
     "negated "
     "condition on it is true, with IfExists or not.",
     "aws-samples/data-perimeter-policy-examples:resource_control_policies; semantics S4.4",
     CheckSourceOrgAbsent},
};

}  // namespace

std::span<const Rule> OrganizationRules() { return kRules; }

}  // namespace postern::policy
