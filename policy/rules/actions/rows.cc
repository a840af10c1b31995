#include "policy/rules/rows.h"

#include "policy/rules/actions/checks.h"
#include "policy/rules/groups.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
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
};

}  // namespace

std::span<const Rule> ActionRules() { return kRules; }

}  // namespace postern::policy
