#include "authz/rules.h"

#include "authz/rules/rules.h"

namespace postern::authz {
namespace {

using policy::Rule;
using policy::RuleStatus;
using policy::Severity;

constexpr Rule kRules[] = {
    {"EP301", "list-buckets-unreachable", Severity::kWarning, RuleStatus::kStable,
     "`aws s3 ls` fails: nothing allows s3:ListAllMyBuckets",
     "Listing the buckets of an account is an action of its own, s3:ListAllMyBuckets, which is "
     "about "
     "no bucket in particular. A statement that names bucket ARNs never matches it, whatever "
     "actions "
     "it lists: only Resource `*` (or `arn:aws:s3:::*`, assumption A9) does. The error that "
     "follows "
     "is \"AccessDenied when calling the ListBuckets operation\".",
     "IAM service authorization reference, Actions defined by Amazon S3: ListAllMyBuckets has no "
     "resource type; semantics S3.5, S7.14",
     CheckListBucketsUnreachable},
};

}  // namespace

std::span<const Rule> EngineRules() { return kRules; }

}  // namespace postern::authz
