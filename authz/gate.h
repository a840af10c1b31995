// One layer, or one level of it, by itself: does a Deny match, does an Allow match, how strongly
// was the requester named.
#pragma once

#include <cstdint>

#include "authz/bound.h"
#include "authz/compiled.h"
#include "authz/explain.h"
#include "authz/match/conditions.h"
#include "authz/match/principal.h"
#include "authz/match/resource.h"

namespace postern::authz {

struct Gate {
  Ternary deny = Ternary::kNo;
  Ternary allow = Ternary::kNo;
  // The first statement that surely denies, that surely allows.
  StatementRef denied_by;
  StatementRef allowed_by;
  // Of the matching Allow statements (they count for resource and access point policies, S7.6).
  std::uint8_t strengths = 0;
  std::uint8_t possible_strengths = 0;
};

struct StatementMatch {
  Ternary matched = Ternary::kNo;
  std::uint8_t strengths = 0;
  std::uint8_t possible_strengths = 0;
};

// One statement that the action selects: Principal AND Resource AND every condition (S7.1). Stops
// at the first leg that fails. An unknown result adds what it depends on to `missing`.
StatementMatch MatchStatement(const CompiledPolicySet& policies, const CompiledStatement& statement,
                              Layer layer, BoundRequest::State& request, AssumptionSet& assumed,
                              MissingSet& missing);

// A layer's group of statements, by the candidates of the request. Stops when nothing can change.
Gate EvaluateGroup(const CompiledPolicySet& policies, const Group& group,
                   BoundRequest::State& request, AssumptionSet& assumed, MissingSet& missing);

}  // namespace postern::authz
