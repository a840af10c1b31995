#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/logic/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"LO901", "duplicate-statement", kSuggestion, kStable,
     "a statement that says the same as an earlier one",
     "Order, case and ARN operators that mean the same do not count. The second one changes no "
     "decision, and takes its share of the size limit.",
     "IAM User Guide, IAM Access Analyzer policy check reference: redundant statement",
     CheckDuplicateStatement},
    {"LO902", "subsumed-statement", kSuggestion, kStable,
     "a statement of which another one already says all",
     "Whatever it allows or denies, a wider statement of the same effect does too, under the same "
     "conditions or under fewer. It changes no decision; often the wider one is the mistake.",
     "IAM User Guide, Policy evaluation logic; semantics S7.1", CheckSubsumedStatement},
    {"LO903", "condition-bypassed", kSecurity, kStable,
     "an Allow whose condition another Allow makes pointless",
     "Statements that allow are joined by OR. If another one allows the same actions on the same "
     "resources without a condition, the condition protects nothing.",
     "IAM User Guide, Policy evaluation logic; semantics S7.1", CheckConditionBypassed},
    {"LO904", "allow-shadowed-by-deny", kWarning, kStable,
     "an Allow of which a Deny of the same policy denies all",
     "A Deny wins over every Allow. Where it covers the whole statement, conditions included, the "
     "Allow can never take effect.",
     "IAM User Guide, Policy evaluation logic; semantics S7.3", CheckAllowShadowedByDeny},
    {"LO905", "no-allow", kError, kStable, "a policy in which no statement allows anything",
     "An endpoint policy, a permissions boundary and a session policy allow only what a "
     "statement of theirs allows. One that only denies blocks every request; the default "
     "policy of the endpoint does not stand behind it. For a session policy it is a warning: "
     "managed policies may be passed along.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; IAM User"
     " Guide, Policy evaluation logic; terraform-aws-modules/terraform-aws-vpc#1197",
     CheckNoAllow},
    {"LO906", "dead-deny", kSuggestion, kStable,
     "a Deny in an endpoint policy of what nothing in it allows",
     "An endpoint has one policy, and that allows only what a statement of it allows. Denying "
     "something else changes no decision.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; semantics "
     "S7.10",
     CheckDeadDeny},
    {"LO907", "dead-statement", kWarning, kStable, "a statement for callers that do not exist",
     "A service that calls by itself belongs to no organization of yours: aws:PrincipalOrgID, "
     "aws:PrincipalOrgPaths and aws:username are in no request of its. A statement that asks for "
     "a service and for one of them never applies.",
     "IAM User Guide, AWS global condition context keys; semantics S6.1", CheckDeadStatement},
    {"LO909", "deny-all", kWarning, kStable, "a Deny of everything beside other statements",
     "It takes effect whatever else the policy says, also for whoever would repair it. Alone in "
     "a policy of users, groups or roles it is taken as meant.",
     "IAM User Guide, Policy evaluation logic", CheckDenyAll},
    {"LO911", "resource-vs-account-condition", kWarning, kStable,
     "a condition that contradicts an ARN of its statement",
     "The account or Region in Resource and the value of aws:ResourceAccount or "
     "aws:RequestedRegion must agree for a statement to apply; so must aws:PrincipalArn and "
     "aws:PrincipalAccount.",
     "IAM User Guide, AWS global condition context keys; semantics S6.1",
     CheckContradictingAccount},
    {"LO912", "same-org-different-values", kWarning, kStable,
     "two long ids that differ in one or two characters",
     "Ids of organizations, VPCs and endpoints are made at random. Two of them in one policy that "
     "are almost the same are one id, once misspelt.",
     "Amazon EC2 User Guide, Resource IDs; AWS Organizations API reference, Organization",
     CheckNearIds},
    {"LO913", "and-or-confusion", kWarning, kStable,
     "a statement that asks for two ways in at once",
     "aws:SourceIp is in requests that come by the internet, aws:SourceVpce and its like in those "
     "that come through an endpoint, and no request has both. Conditions of one statement are "
     "joined by AND, so it never applies.",
     "IAM User Guide, AWS global condition context keys: aws:SourceIp; semantics S6.1",
     CheckMixedRoutes},
};

}  // namespace

std::span<const Rule> LogicRules() { return kRules; }

}  // namespace postern::policy
