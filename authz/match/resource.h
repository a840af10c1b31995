// Resource and NotResource (semantics S3.3, S3.4, S3.5): one entry of Resource, none of
// NotResource.
//
// `*` is every resource, also that of a call that names none (S3.3.1); a bucket's ARN is none of
// its objects' (S3.3.3). An entry whose variable has no value matches nothing (S5.5.2), so in
// NotResource it excludes nothing (S5.5.3).
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
