// Principal and NotPrincipal (semantics S2).
//
// An anonymous requester is matched by what names everyone (S2.7), the root user by the account and
// by itself (S2.8). `*` is whoever has credentials of any account (S2.9.4). An interface endpoint's
// policy is read like any resource policy (S2.9.1), a gateway's by S2.9.2. NotPrincipal: S2.6.1,
// with Allow S2.6.2, and also in endpoint policies, where a gateway is then no exception (S2.6.5).
//
// An anonymous requester is matched by what names everyone (S2.7), the root user by the account and
// by itself (S2.8). `*` is whoever has credentials of any account (S2.9.4). An interface endpoint's
// policy is read like any resource policy (S2.9.1), a gateway's by S2.9.2. NotPrincipal: S2.6.1,
// with Allow S2.6.2, and also in endpoint policies, where a gateway is then no exception (S2.6.5).
#pragma once

#include <cstdint>

#include "authz/bound.h"
#include "authz/compiled.h"
#include "authz/explain.h"

namespace postern::authz {

// How strongly a requester was named (S2.3), as far as anything depends on it (S7.6). To an
// endpoint policy any is enough (S7.10.7).
enum Strength : std::uint8_t {
  kNotNamed = 0,
  kAccountNamed = 1,
  kFederatingUserNamed = 2,
  kRoleNamed = 4,
  kDirectlyNamed = 8,  // everyone, user, session, service, root itself
};

struct PrincipalMatch {
  Ternary matched = Ternary::kNo;
  std::uint8_t strengths = kNotNamed;           // certain
  std::uint8_t possible_strengths = kNotNamed;  // these and what unknown things could add
  std::uint32_t entry = kNoEntry;               // the entry that decided, into principals
};

// The statement must have the element. `layer` decides between gateway and ordinary matching. Adds
// the assumptions that the result hangs on to `assumed`.
PrincipalMatch MatchPrincipal(const CompiledPolicySet& policies, const CompiledStatement& statement,
                              Layer layer, BoundRequest::State& request, AssumptionSet& assumed);

}  // namespace postern::authz
