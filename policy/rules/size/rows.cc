#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/size/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"SZ301", "endpoint-policy-too-large", kError, kStable,
     "an endpoint policy of more than 20,480 characters",
     "EC2 counts the text as it is sent, white space included: an indented file can be refused "
     "that "
     "would fit without its indentation.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; semantics "
     "S1.10",
     CheckEndpointPolicySize},
    {"SZ302", "endpoint-policy-near-limit", kWarning, kStable,
     "an endpoint policy that has nearly reached its limit",
     "At more than nine tenths of 20,480 characters the next statement may not fit. Indentation "
     "counts.",
     "AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies; semantics "
     "S1.10",
     CheckEndpointPolicyNearLimit},
    {"SZ303", "identity-policy-too-large", kError, kStable,
     "a managed policy, an inline policy or a boundary beyond IAM's limit",
     "A managed policy and a boundary may have 6,144 characters, all inline policies of a role "
     "together 10,240; white space is not counted. Where managed or inline is not known the "
     "smaller limit gives a warning. AWS's own managed policies are not held to it.",
     "IAM User Guide, IAM and AWS STS quotas; semantics S1.10", CheckIdentityPolicySize},
    {"SZ304", "trust-policy-too-large", kError, kStable, "a role trust policy beyond IAM's limit",
     "It may have 2,048 characters, white space not counted. AWS raises that to 8,192 on request, "
     "so up to there it is a warning.",
     "IAM User Guide, IAM and AWS STS quotas; semantics S1.10", CheckTrustPolicySize},
    {"SZ305", "scp-too-large", kError, kStable, "a service control policy beyond its limit",
     "Organizations counts every character that is sent, white space included: minified it may "
     "fit.",
     "AWS Organizations User Guide, Quotas and service limits; semantics S1.10", CheckScpSize},
    {"SZ306", "rcp-too-large", kError, kStable, "a resource control policy beyond its limit",
     "Organizations counts every character that is sent, white space included: minified it may "
     "fit.",
     "AWS Organizations User Guide, Quotas and service limits; semantics S1.10", CheckRcpSize},
    {"SZ307", "bucket-policy-too-large", kError, kStable,
     "a bucket or access point policy of more than 20,480 bytes",
     "S3 refuses larger ones. It counts bytes: a letter with an accent is two.",
     "Amazon S3 User Guide, Bucket policies for Amazon S3: 20 KB; semantics S1.10",
     CheckBucketPolicySize},
    {"SZ308", "session-policy-too-large", kError, kStable, "a session policy beyond its limit",
     "STS takes 2,048 characters, the ARNs of managed policies included, and packs them into a "
     "binary form that has a limit of its own.",
     "IAM User Guide, IAM and AWS STS quotas; semantics S1.10", CheckSessionPolicySize},
    {"SZ309", "shrinkable", kSuggestion, kPreview, "a policy that could be a tenth shorter",
     "Statements that are equal but for one list can be one, an item that another item of its list "
     "covers says nothing, and brackets around one item count where size is limited. "
     "`postern fmt --minify=tight` leaves them out, and Sids as well unless told otherwise, which "
     "are not counted here.",
     "semantics S1.7, S1.10 and S12.7", CheckShrinkable},
};

}  // namespace

std::span<const Rule> SizeRules() { return kRules; }

}  // namespace postern::policy
