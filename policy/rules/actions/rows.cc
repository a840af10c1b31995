#include "policy/rules/rows.h"

#include "policy/rules/actions/checks.h"
#include "policy/rules/groups.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"AC501", "unknown-service", kWarning, kStable, "a service prefix that AWS does not have",
     "An action of a service that does not exist matches nothing. Prefixes are not always what the "
     "SDKs and the console call a service: `cloudwatch`, not `monitoring`. A prefix that is close "
     "to a known one is an error; another may be newer than the catalogue.",
     "Service Authorization Reference; IAM User Guide, Access Analyzer policy check reference: "
     "Invalid service in action",
     CheckUnknownService, kRestsOnCatalogue},
    {"AC502", "unknown-action", kWarning, kStable, "an action that the service does not have",
     "IAM stores a misspelt action without a word, and it matches nothing: an Allow allows less "
     "than it says, and a Deny does not protect. A name that is close to a known one is an error; "
     "another may be newer than the catalogue. Services whose actions the catalogue does not hold "
     "are left out.",
     "Service Authorization Reference; IAM User Guide, Access Analyzer policy check reference: "
     "Invalid action",
     CheckUnknownAction, kRestsOnCatalogue},
    {"AC503", "api-name-not-action", kError, kStable,
     "an API operation that has a permission of another name",
     "Most operations and permissions share their names; in S3 a good many do not, and some in "
     "most services. An action that does not exist matches nothing: `aws s3 ls` needs "
     "s3:ListAllMyBuckets, and s3:ListBuckets is nothing.",
     "Amazon S3 User Guide, Required permissions for Amazon S3 API operations; Service "
     "Authorization Reference; semantics S7.14",
     CheckApiNameNotAction},
    {"AC504", "action-format", kError, kStable, "an action that is not service:Action",
     "An action is `*`, or a service and a name with one colon between them. Anything else "
     "matches nothing: an Allow allows less than it says, and a Deny or a NotAction does not "
     "protect.",
     "IAM User Guide, IAM JSON policy elements: Action; semantics S3.1", CheckActionFormat},
    {"AC505", "wildcard-matches-nothing", kWarning, kStable,
     "a pattern that matches no action of its service",
     "A wildcard behind a misspelt beginning matches nothing today, and maybe too much tomorrow. "
     "Services whose actions the catalogue does not hold are left out.",
     "Service Authorization Reference", CheckWildcardMatchesNothing, kRestsOnCatalogue},
    {"AC506", "service-wildcard", kWarning, kStable, "a wildcard in the service of an action",
     "Wildcards belong in the name of the action, or `*` stands for everything. A pattern such as "
     "`s*:Get*` is not documented, and would take in services that nobody thought of.",
     "IAM User Guide, IAM JSON policy elements: Action; semantics S3.1", CheckServiceWildcard},
    {"AC507", "redundant-action", kSuggestion, kStable,
     "an action that another one of the list covers",
     "`s3:GetObject` beside `s3:Get*` adds nothing and hides how wide the list is.",
     "IAM User Guide, Access Analyzer policy check reference: Redundant action",
     CheckRedundantAction},
    {"AC508", "duplicate-action", kSuggestion, kStable, "an action that is listed twice",
     "Actions are compared without regard to case, so `s3:getobject` beside `s3:GetObject` is the "
     "same one.",
     "IAM User Guide, Access Analyzer policy check reference: Redundant action",
     CheckDuplicateAction},
    {"AC509", "action-case", kSuggestion, kStable, "an action in another case than AWS's",
     "It matches all the same; but whoever searches for the name of the reference does not find "
     "it.",
     "IAM User Guide, IAM JSON policy elements: Action; Service Authorization Reference",
     CheckActionCase},
    {"AC510", "star-among-actions", kWarning, kStable, "`*` in a list with other actions",
     "`*` is every action of every service. Who lists others beside it most likely did not mean "
     "that.",
     "IAM User Guide, Access Analyzer policy check reference: Redundant action; semantics S3.1",
     CheckStarAmongActions},
    {"AC511", "action-not-for-policy", kError, kStable,
     "an action of another service in the policy of a resource",
     "A bucket policy is asked about requests to its bucket only, a key policy about its key. "
     "Actions of other services are refused there, or never asked.",
     "IAM User Guide, Access Analyzer policy check reference: Unsupported action in policy",
     CheckActionNotForPolicy},
    {"AC513", "retired-action", kWarning, kPreview, "an action of something that AWS has ended",
     "The name is still in the reference; what it allowed is gone. That AWS answers such requests "
     "no more in every account is not verified.",
     "Amazon S3 User Guide, document history; Amazon EC2 User Guide, EC2-Classic retirement",
     CheckRetiredAction},
    {"AC514", "notaction-allow", kSecurity, kStable, "Allow with NotAction",
     "The list says what is not allowed, and everything else is: actions that come later as well. "
     "Where only some resources of one service are named, it reaches no further than that service "
     "and the rule is silent.",
     "IAM User Guide, IAM JSON policy elements: NotAction; semantics S3.2", CheckAllowNotAction},
    {"AC515", "notaction-typo", kSecurity, kStable,
     "a name that does not exist in the NotAction of a Deny",
     "What NotAction lists is spared by the Deny. A misspelt name spares nothing, so the action "
     "that was meant is denied, and often nobody can tell why.",
     "IAM User Guide, IAM JSON policy elements: NotAction; Service Authorization Reference",
     CheckNotActionTypo, kRestsOnCatalogue},
    {"AC516", "permission-only-action", kSuggestion, kStable,
     "permissions of S3's replication role, given to readers and writers",
     "No API call needs s3:ReplicateObject and its like: S3 asks them of the role that it "
     "replicates with. Lists of all object actions have them for completeness.",
     "Amazon S3 User Guide, Setting up permissions for live replication; Service Authorization "
     "Reference",
     CheckReplicationAction},
};

}  // namespace

std::span<const Rule> ActionRules() { return kRules; }

}  // namespace postern::policy
