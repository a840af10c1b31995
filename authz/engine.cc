#include "authz/engine.h"

#include "authz/bound.h"
#include "authz/layers.h"
#include "authz/settle.h"

namespace postern::authz {

Decision Decide(const CompiledPolicySet& policies, BoundRequest& request) {
  BoundRequest::State& state = request.state();
  return DecideFrom(state, EvaluateLayers(policies, state));
}

}  // namespace postern::authz
