// The decision engine: compile once, then bind and decide as often as you like.
//
//   auto compiled = Compile(policies, catalogue, {});
//   BoundRequest bound;                                 // reused from request to request
//   if (auto error = Bind(*compiled, request, bound)) { /* input error: no verdict */ }
//   Decision decision = Decide(*compiled, bound);       // fixed size, no allocation once warm
//   Explanation why = Explain(compiled, bound);         // every statement, every leg
//
// A CompiledPolicySet is immutable: any number of threads may use one. A BoundRequest belongs to
// one thread at a time. Decide never fails: what cannot be decided is kUnknown, with `missing` set.
#pragma once

#include <memory>

#include "authz/bind.h"
#include "authz/compile.h"
#include "authz/explain.h"
#include "authz/verdict.h"

namespace postern::authz {

// The answer alone. Linear in the statements that the action selects.
Decision Decide(const CompiledPolicySet& policies, BoundRequest& request);

// The answer with all its evidence; decision equals Decide's.
Explanation Explain(std::shared_ptr<const CompiledPolicySet> policies, BoundRequest& request);
// The same into one that is used again: no allocation once warm, except for unknown things' names.
void Explain(std::shared_ptr<const CompiledPolicySet> policies, BoundRequest& request,
             Explanation& into);

}  // namespace postern::authz
