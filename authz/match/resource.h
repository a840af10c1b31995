// Resource and NotResource (semantics S3.3 to S3.5).
#pragma once

#include "authz/bound.h"
#include "authz/compiled.h"
#include "authz/explain.h"

namespace postern::authz {

struct ResourceMatch {
  Ternary matched = Ternary::kNo;
  bool unresolved = false;
  std::uint32_t entry = kNoEntry;  // the entry that decided, into resources
};

// The statement must have the element. Adds the assumptions that the result hangs on to `assumed`.
ResourceMatch MatchResource(const CompiledPolicySet& policies, const CompiledStatement& statement,
                            BoundRequest::State& request, AssumptionSet& assumed);

}  // namespace postern::authz
