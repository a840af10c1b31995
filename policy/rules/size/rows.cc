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
    {"SZ307", "bucket-policy-too-large", kError, kStable,
     "a bucket or access point policy of more than 20,480 bytes",
     "S3 refuses larger ones. It counts bytes: a letter with an accent is two.",
     "Amazon S3 User Guide, Bucket policies for Amazon S3: 20 KB; semantics S1.10",
     CheckBucketPolicySize},
};

}  // namespace

std::span<const Rule> SizeRules() { return kRules; }

}  // namespace postern::policy
