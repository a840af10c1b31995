#include "policy/rules/rows.h"

#include "policy/rules/groups.h"
#include "policy/rules/resources/checks.h"

namespace postern::policy {
namespace {

using namespace rows;

constexpr Rule kRules[] = {
    {"RS606", "account-not-allowed", kError, kStable,
     "an account in an ARN of a type that has none",
     "Buckets are named without their account: `arn:aws:s3:::NAME`. Nothing has an ARN of that "
     "form with "
     "an account in it, so the statement matches nothing.",
     "IAM User Guide, Access Analyzer policy check reference: ARN account not allowed; service "
     "authorization reference",
     CheckAccountNotAllowed},
    {"RS610", "account-format", kError, kStable, "the account of an ARN is not an account id",
     "The fifth field of an ARN is an account id, twelve digits. With anything else in it the ARN "
     "names "
     "nothing.",
     "IAM User Guide, Access Analyzer policy check reference: Invalid ARN account",
     CheckAccountFormat},
    {"RS615", "bucket-vs-object", kError, kStable,
     "an action about buckets with objects only, or the other way round",
     "s3:ListBucket is about the bucket, `arn:aws:s3:::NAME`; s3:GetObject is about what is in it, "
     "`arn:aws:s3:::NAME/*`. Neither ARN matches the other, so the action is neither allowed nor "
     "denied "
     "by this statement.",
     "Amazon S3 User Guide, Policies and permissions in Amazon S3; semantics S3.3.3",
     CheckBucketVersusObject},
};

}  // namespace

std::span<const Rule> ResourceRules() { return kRules; }

}  // namespace postern::policy
