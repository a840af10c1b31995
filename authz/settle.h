// The decision that follows from what the layers say, whatever unknown things turn out to be
// (semantics S4.19).
#pragma once

#include "authz/bound.h"
#include "authz/layers.h"
#include "authz/verdict.h"

namespace postern::authz {

// `answers` are those of EvaluateLayers. Looks at the layers again for all that a requester who is
// not known could be.
Decision DecideFrom(BoundRequest::State& request, const Answers& answers);

}  // namespace postern::authz
