#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/principals/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"PR401", "missing-principal", kError, kStable, "a statement without Principal",
     "A policy that is attached to a resource says for whom each statement is. Without Principal "
     "AWS "
     "refuses it.",
     "IAM User Guide, IAM JSON policy elements: Principal", nullptr},
    {"PR402", "principal-not-allowed", kError, kStable, "Principal where none belongs",
     "A policy of a user, a group or a role is for whoever it is attached to; so are boundaries, "
     "session policies and service control policies. AWS refuses Principal there.",
     "IAM User Guide, IAM JSON policy elements: Principal; semantics S1.9", nullptr},
    {"PR403", "principal-key", kError, kStable, "an unknown type of principal",
     "There are four types: AWS, Service, Federated and CanonicalUser, spelled so.",
     "IAM User Guide, IAM JSON policy elements: Principal", nullptr},
    {"PR404", "principal-bare-string", kError, kStable, "a principal without its type",
     "Only `*` may stand by itself. Everything else is written with its type: `{\"AWS\": "
     "\"...\"}`.",
     "IAM User Guide, IAM JSON policy elements: Principal; semantics S1.7", nullptr},
    {"PR405", "principal-partial-wildcard", kError, kStable, "a wildcard inside a principal",
     "Principals are compared, not matched: `*` stands alone or is text. AWS refuses the policy "
     "or takes the star for a character that no name has. Patterns belong in a condition on "
     "aws:PrincipalArn.",
     "IAM User Guide, IAM JSON policy elements: Principal; semantics S2.2", CheckPrincipalWildcard},
    {"PR406", "principal-not-a-principal", kError, kStable,
     "something under AWS that cannot make a request",
     "Accounts, users, roles and their sessions are principals. Groups, policies, instance "
     "profiles and resources are not, and AWS refuses them.",
     "IAM User Guide, IAM JSON policy elements: Principal; semantics S2.1", CheckNotAPrincipal},
    {"PR407", "principal-account-id", kError, kStable,
     "the account of a principal is not an account id",
     "Account ids have 12 digits. One that was written as a number loses its leading zeros; "
     "dashes and blanks are for people.",
     "IAM User Guide, IAM JSON policy elements: Principal; Access Analyzer policy check "
     "reference: Invalid ARN account",
     CheckPrincipalAccountId},
    {"PR408", "service-principal-format", kError, kStable,
     "a service principal that is not written as one",
     "They are names such as `lambda.amazonaws.com`, in lower case, and not the prefix of the "
     "actions. AWS publishes no list of them, so only the form is looked at.",
     "IAM User Guide, IAM JSON policy elements: Principal; Access Analyzer policy check "
     "reference: Invalid service principal format",
     CheckServicePrincipalFormat},
    {"PR409", "principal-in-wrong-key", kError, kStable, "a principal under the wrong type",
     "Services stand under Service, providers under Federated, accounts, users and roles under "
     "AWS. AWS refuses one under the type of another.",
     "IAM User Guide, IAM JSON policy elements: Principal; semantics S2.1",
     CheckPrincipalInWrongKey},
    {"PR410", "federated-not-allowed", kWarning, kPreview,
     "a federated principal outside a trust policy",
     "Who signs in through a provider assumes a role, and the requests that follow are those of "
     "the role's session. AWS's pages do not agree whether other policies may name the provider.",
     "IAM User Guide, Access Analyzer policy check reference: Federated principal not supported; "
     "semantics S2.1",
     CheckFederatedNotAllowed},
    {"PR411", "canonical-user-outside-s3", kError, kStable,
     "a canonical user id in a policy that is not S3's",
     "Canonical ids are S3's own names of accounts. No other service knows them.",
     "IAM User Guide, IAM JSON policy elements: Principal; semantics S2.1",
     CheckCanonicalUserOutsideS3},
    {"PR412", "unique-id-principal", kWarning, kStable, "the id of a user or role that was deleted",
     "AWS stores the ids of users and roles in resource policies and shows their ARNs. When one "
     "is deleted the id is what remains; one of the same name that is made later has another id.",
     "IAM User Guide, IAM JSON policy elements: Principal; semantics S2.1", CheckUniqueIdPrincipal},
    {"PR413", "session-arn-with-path", kWarning, kStable,
     "the path of a role in the ARN of a session",
     "A session is `assumed-role/ROLE/SESSION`, also of a role with a path. With the path in it "
     "the ARN names nobody.",
     "IAM User Guide, IAM identifiers; semantics S2.4", CheckSessionArnWithPath},
    {"PR414", "allow-notprincipal", kSecurity, kStable, "Allow with NotPrincipal",
     "It allows the whole world but those who are listed, unsigned requests included. AWS no "
     "longer supports it.",
     "IAM User Guide, IAM JSON policy elements: NotPrincipal; semantics S2.6",
     CheckAllowNotPrincipal},
    {"PR415", "deny-notprincipal-incomplete", kWarning, kStable,
     "a NotPrincipal that does not spare whom it lists",
     "A request of a session is looked at as its account, its role and the session. A Deny with "
     "NotPrincipal spares it only where all of them are listed, and never where the user or role "
     "has a permissions boundary.",
     "IAM User Guide, IAM JSON policy elements: NotPrincipal; semantics S2.6",
     CheckDenyNotPrincipal},
    {"PR416", "redundant-principal", kSuggestion, kStable,
     "a principal that another one of the list covers",
     "A session beside its role, or an account twice, adds nothing. In a trust policy, a role "
     "beside its whole account hides how many may assume the role.",
     "IAM User Guide, Access Analyzer policy check reference: Redundant principal in role trust "
     "policy; semantics S2.3",
     CheckRedundantPrincipal},
    {"PR417", "principal-partition", kError, kStable,
     "a principal of another partition than the resources",
     "The partitions, such as `aws` and `aws-cn`, have their own accounts, and no request goes "
     "from one to another.",
     "IAM User Guide, IAM identifiers; Access Analyzer policy check reference: Invalid partition",
     CheckPrincipalPartition},
    {"PR418", "mixed-principal-conditions", kWarning, kStable,
     "services and accounts under one condition that only one of them can meet",
     "Requests of service principals carry aws:SourceArn and its like and belong to no "
     "organization; those of users and roles are the other way round. Under such a condition half "
     "of the statement never matches.",
     "IAM User Guide, AWS global condition context keys; Access Analyzer policy check reference: "
     "Unsupported global condition key for service principal",
     CheckMixedPrincipalConditions},
};

}  // namespace

std::span<const Rule> PrincipalRules() { return kRules; }

}  // namespace postern::policy
