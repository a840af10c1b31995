#pragma once

#include <map>
#include <string>

#include "tests/reference/derive.h"
#include "tests/reference/principals.h"

namespace postern::reference {

// What the statements of one layer say (S7.1).
struct Outcome {
  Truth deny = Truth::kNo;
  Strengths allow;  // of a layer without principals: `direct`
};

// The layers that exist for the request (S7.2), by their names of cli.md 3.
using Layers = std::map<std::string, Outcome>;

struct Judgement {
  Layers layers;
  // Through an access point: what the caller's own policies say of the bucket (S7.12.8).
  Layers on_bucket;
};
Judgement JudgeLayers(const Case& the_case, const Reading& reading, const Keys& keys);

// Signed sts:GetCallerIdentity, which only the endpoint policy stops (S7.3, step 0).
bool IsCallerIdentityCall(const Case& the_case, const Reading& reading);
// S7.9.3: the bucket owner's root user and the bucket policy.
bool IsLockOutException(const Case& the_case, const Reading& reading);

// GetBucketPolicy, PutBucketPolicy, DeleteBucketPolicy
bool IsBucketPolicyCall(const Case& the_case);

}  // namespace postern::reference
