// What callers in a VPC fetch from buckets that others own, as requests to ask an endpoint policy
// about.
#pragma once

#include <string_view>

#include "authz/rules/endpoint/ask.h"
#include "policy/document.h"
#include "policy/rules/endpoint/aws_buckets.h"

namespace postern::authz {

// A download as the feature does it, without its resource. An account of AWS is an outsider with a
// role.
Question DownloadOf(const policy::AwsBucket& bucket);
// "not signed", "presigned by an AWS service", ...
std::string_view SignerName(policy::BucketSigner signer);

// Some resource of the policy is text that may stand for anything.
bool HasOpenResource(const policy::PolicyDocument& document);

}  // namespace postern::authz
