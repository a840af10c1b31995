// Gates -> decision: the only place that knows which layers must agree, and the rules within one
// account and across accounts (semantics S7.3 to S7.9). A pure function over a small table, so that
// a second reader can enumerate it.
#pragma once

#include <array>
#include <cstdint>

#include "authz/explain.h"
#include "authz/match/principal.h"
#include "authz/verdict.h"

namespace postern::authz {

// Who asks, as far as the rules of granting differ.
enum class RequesterClass : std::uint8_t {
  kPrincipal,      // IAM user, role, role session
  kFederatedUser,  // a GetFederationToken session: needs a session policy (S7.7)
  kRoot,           // has its account's full access without a policy (S7.9.3)
  // Only a resource policy grants:
  kService,   // service principal (S7.9.1)
  kUnsigned,  // anonymous (S7.9.2), AssumeRoleWith* caller (S7.9.4)
};
constexpr bool HasAccount(RequesterClass requester) { return requester < RequesterClass::kService; }

// Session policy, boundary and identity policies: what belongs to the caller, one after the other.
inline constexpr std::size_t kFirstOfCaller = static_cast<std::size_t>(Layer::kSession);
inline constexpr std::size_t kCallersOwnCount = 3;
static_assert(static_cast<std::size_t>(Layer::kIdentity) == kFirstOfCaller + kCallersOwnCount - 1);

// One certain state of affairs; unknown things are settled one way or the other before.
struct World {
  // kNotApplicable: the layer takes no part. A restricting layer that takes part and does not allow
  // stops the request. The identity layer of a root user is kAllow.
  std::array<Outcome, kLayerCount> outcomes{};
  std::uint8_t strengths = kNotNamed;  // of the resource policy's matching Allows
  RequesterClass requester = RequesterClass::kPrincipal;
  bool same_account = true;
  bool trusts_account = true;         // S7.5: false for KMS keys and trust policies
  bool shared = false;                // S7.8: the other account shares it without a policy
  bool owner_only = false;            // S7.9.3: nobody of another account may, whatever is granted
  bool identity_asked = true;         // the question includes the identity layer
  bool resource_asked = true;         // ... and the resource layer
  bool no_permission_needed = false;  // sts:GetCallerIdentity (S7.3 step 0)

  // Through an S3 access point, whose side has to grant it as well (S7.12.2): the question includes
  // its layer; its policy's matching Allows; whether it is of the caller's account.
  bool access_point_asked = false;
  std::uint8_t access_point_strengths = kNotNamed;
  bool owns_access_point = true;
  // Whether the caller's own policies are asked about the bucket apart, and what they say of it:
  // from Layer::kSession on, as in `outcomes` (S7.12.8).
  bool bucket_apart = false;
  std::array<Outcome, kCallersOwnCount> on_bucket{};

  Outcome Of(Layer layer) const { return outcomes[static_cast<std::size_t>(layer)]; }
};

struct Combined {
  Verdict verdict = Verdict::kImplicitDeny;
  LayerMask decided_by;  // cli section 3
};

Combined Combine(const World& world);

}  // namespace postern::authz
