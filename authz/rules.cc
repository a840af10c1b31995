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
    {"LO910", "hidden-public", Severity::kSecurity, RuleStatus::kStable,
     "a resource policy whose condition lets strangers in",
     "Conditions that ask for TLS, or that nobody is of a list, hold for the whole world. The "
     "finding "
     "names a request of a stranger that this policy allows.",
     "Amazon S3 User Guide, Blocking public access to your Amazon S3 storage: the meaning of "
     "public; semantics S4.18",
     CheckHiddenPublic},
    {"SE114", "public-principal", Severity::kSecurity, RuleStatus::kStable,
     "a resource policy that lets everybody in",
     "Principal `*` is everybody, also those without an AWS account where the service takes "
     "requests without a signature. Statements that a Deny of the same policy takes back are not "
     "reported: the finding names a request that is allowed.",
     "IAM User Guide, IAM JSON policy elements: Principal; bridgecrewio/checkov: CKV_AWS_70",
     CheckPublicPrincipal},
    {"SE115", "weak-public-fix", Severity::kSecurity, RuleStatus::kStable,
     "Principal `*` behind a condition that a stranger can meet",
     "A header is the caller's choice; IfExists and ForAllValues hold where the key is absent; a "
     "wildcard in place of an account is every account. The finding names a request that is "
     "allowed.",
     "Amazon S3 User Guide, Blocking public access to your Amazon S3 storage: the meaning of "
     "public; semantics S4.18, S7.11",
     CheckWeakPublicFix},
};

}  // namespace

std::span<const Rule> EngineRules() { return kRules; }

}  // namespace postern::authz
