// One condition leg: operator, key, values -> result (semantics S4; S4.18 is the table). A
// statement needs all of its legs (S4.1).
//
// Plain operators S4.4, ForAllValues S4.6, ForAnyValue S4.7. The key is looked at before any
// variable (S5.6); a value whose variable has none is no hit, so a negated operator may hold for it
// (S5.5.1).
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
