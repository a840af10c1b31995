// Principal and NotPrincipal (semantics S2).
#pragma once

#include <cstdint>

#include "authz/bound.h"
#include "authz/compiled.h"
#include "authz/explain.h"

namespace postern::authz {

// How strongly a requester was named (S2.3), as far as anything depends on it (S7.6).
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
  bool path_assumed = false;                    // a role's path could not be compared (S2.4)
  bool session_assumed = false;                 // the session's name is not known (S2.5)
  bool gateway_assumed = false;                 // A6
  bool not_principal_assumed = false;           // A5
};

// The statement must have the element. `layer` decides between gateway and ordinary matching.
PrincipalMatch MatchPrincipal(const CompiledPolicySet& policies, const CompiledStatement& statement,
                              Layer layer, const BoundRequest::State& request);

}  // namespace postern::authz
