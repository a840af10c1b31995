#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/variables/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"VA805", "variable-needs-2012", kError, kStable,
     "a policy variable in a policy of the old language",
     "Variables work with Version 2012-10-17 only. With 2008-10-17, or without Version, "
     "`${aws:username}` is those fifteen characters, and the statement matches nothing.",
     "IAM User Guide, IAM policy elements: Variables and tags; semantics S1.5",
     CheckVariablesNeedVersion},
    {"VA811", "placeholder-left", kError, kStable, "a placeholder that nobody filled in",
     "Text such as `{BUCKET_NAME}` or `<my-org-id>` is no policy variable: AWS takes it "
     "literally, and the statement matches nothing. Ids from AWS's documentation are a "
     "suggestion: they may be meant.",
     "Amazon S3 User Guide, General purpose bucket naming rules: what a name can hold; IAM "
     "User Guide, IAM policy elements: Variables and tags",
     CheckPlaceholders},
};

}  // namespace

std::span<const Rule> VariableRules() { return kRules; }

}  // namespace postern::policy
