// Whether a bucket or access point policy is public, as S3 Block Public Access reads it (semantics
// S7.11). AWS: S3 User Guide, "Blocking public access to your Amazon S3 storage", The meaning of
// "public", S7.11.1 and S7.11.5. Pure; asked once, when policies are compiled. Whom it spares is a
// matter of the request (S7.11.2, S7.11.4).
#pragma once

#include <optional>

#include "authz/policy_set.h"
#include "authz/verdict.h"
#include "policy/document.h"
#include "policy/kind.h"

namespace postern::authz {

// The first public statement of each policy, if there is one: it makes the whole policy public.
struct PublicStatements {
  std::optional<StatementRef> bucket;
  std::optional<StatementRef> access_point;  // never of one that is limited to a VPC
};

PublicStatements FindPublicStatements(const PolicySet& policies);

// `kind` is kBucket or kAccessPoint: the two differ in one condition key.
bool IsPublic(const policy::Statement& statement, policy::PolicyKind kind);

}  // namespace postern::authz
