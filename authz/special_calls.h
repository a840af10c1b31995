// Calls for which the rules of granting make an exception (semantics S7.3 step 0, S7.5, S7.9.3,
// S7.13): for the engine's own files.
#pragma once

#include "authz/bound.h"
#include "authz/combine.h"

namespace postern::authz {

// S7.3 step 0: whoever has signed the request may.
bool NeedsNoPermission(const BoundRequest::State& request, RequesterClass requester);

// S7.9.3: calls that are the bucket owner's account alone to make.
bool IsBucketPolicyCall(const BoundRequest::State& request);
// Whatever the bucket policy says, its owner's root user may make them: whether it is such a call
// of a root user.
bool IsBucketPolicyRescue(const BoundRequest::State& request, RequesterClass requester);

// Whether an identity policy of the resource's own account is enough. S7.5: a KMS key and a role do
// not trust their account by themselves; S7.13: a private API without a policy trusts nobody.
Ternary TrustsAccount(const BoundRequest::State& request);

}  // namespace postern::authz
