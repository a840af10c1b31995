// One condition leg: operator, key, values -> result (semantics S4).
#pragma once

#include <cstdint>

#include "authz/bound.h"
#include "authz/compiled.h"
#include "authz/explain.h"

namespace postern::authz {

struct ConditionMatch {
  Ternary matched = Ternary::kNo;
  Reason reason = Reason::kNotMatched;
  std::uint32_t value = UINT32_MAX;  // the policy value that decided, counted in the leg's values
};

// Adds the assumptions that the result hangs on to `assumed`.
ConditionMatch MatchCondition(const CompiledPolicySet& policies, const CompiledCondition& condition,
                              BoundRequest::State& request, AssumptionSet& assumed);

}  // namespace postern::authz
