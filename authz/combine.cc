#include "authz/combine.h"

#include <algorithm>

namespace postern::authz {
namespace {

// S7.2: these only restrict. The session policy of a federated user is required, see LacksIdentity.
constexpr Layer kRestricting[] = {Layer::kScp, Layer::kRcp, Layer::kEndpoint,
                                  Layer::kBlockPublicAccess};

bool Passes(Outcome outcome) {
  return outcome == Outcome::kAllow || outcome == Outcome::kNotApplicable;
}

LayerMask ExplicitDenies(const World& world) {
  LayerMask denies;
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    if (world.outcomes[i] == Outcome::kExplicitDeny) denies.Add(static_cast<Layer>(i));
  }
  return denies;
}

// Boundary and session policy, which bound whatever reaches the principal through IAM.
LayerMask LacksBounds(const World& world) {
  LayerMask lacks;
  if (!Passes(world.Of(Layer::kBoundary))) lacks.Add(Layer::kBoundary);
  const bool session_required = world.requester == RequesterClass::kFederatedUser;
  const Outcome session = world.Of(Layer::kSession);
  if (session_required ? session != Outcome::kAllow : !Passes(session)) lacks.Add(Layer::kSession);
  return lacks;
}

// idOK of S7.6: what the principal's own side lacks.
LayerMask LacksIdentity(const World& world) {
  LayerMask lacks = LacksBounds(world);
  if (world.Of(Layer::kIdentity) != Outcome::kAllow) lacks.Add(Layer::kIdentity);
  return lacks;
}

struct Grant {
  LayerMask granted;  // the layers whose statements do
  LayerMask lacks;    // these would have to change; empty: it is granted
};

// A root user has its rights from no statement (S7.9.3).
void AddIdentity(const World& world, Grant& grant) {
  if (world.requester != RequesterClass::kRoot) grant.granted.Add(Layer::kIdentity);
}

// What one resource, its policy and its owner have to say.
struct Side {
  Layer layer = Layer::kResource;
  std::uint8_t strengths = kNotNamed;
  bool same_account = true;
  bool trusts_account = true;
  bool shared = false;
  bool owner_only = false;
};

Grant SameAccount(const World& world, const Side& side) {
  Grant grant;
  const LayerMask identity_lacks = LacksIdentity(world);
  const LayerMask bounds_lack = LacksBounds(world);
  const bool direct = (side.strengths & kDirectlyNamed) != 0;
  const bool bounded = (side.strengths & (kRoleNamed | kFederatingUserNamed)) != 0;
  // Beside a direct grant a handing-over adds nothing.
  const bool handed_over =
      side.trusts_account || (!direct && (side.strengths & kAccountNamed) != 0);
  const bool by_policy = direct || (bounded && bounds_lack.empty());
  const bool by_identity = handed_over && identity_lacks.empty();
  if (by_policy || (by_identity && !side.trusts_account)) grant.granted.Add(side.layer);
  if (by_identity) AddIdentity(world, grant);
  if (by_policy || by_identity) return grant;
  if (bounded) {
    grant.lacks = bounds_lack;
  } else if (handed_over) {
    grant.lacks = identity_lacks;
  } else {
    grant.lacks.Add(side.layer);
  }
  return grant;
}

Grant CrossAccount(const World& world, const Side& side) {
  Grant grant;
  const bool named = side.strengths != kNotNamed;
  grant.lacks = LacksIdentity(world);
  if ((!named && !side.shared) || side.owner_only) grant.lacks.Add(side.layer);
  if (named) grant.granted.Add(side.layer);
  AddIdentity(world, grant);
  return grant;
}

Grant OfSide(const World& world, const Side& side) {
  const bool has_account = HasAccount(world.requester);
  if (!world.identity_asked || !has_account) {
    const bool barred = side.owner_only && (!has_account || !side.same_account);
    Grant grant;
    (side.strengths != kNotNamed && !barred ? grant.granted : grant.lacks).Add(side.layer);
    return grant;
  }
  return side.same_account ? SameAccount(world, side) : CrossAccount(world, side);
}

// The same world, asked about the bucket behind an access point (S7.12.8).
World OnBucket(World world) {
  std::ranges::copy(world.on_bucket, world.outcomes.begin() + kFirstOfCaller);
  return world;
}

Grant Both(const Grant& a, const Grant& b) { return {a.granted | b.granted, a.lacks | b.lacks}; }

Grant OfGrantStage(const World& world) {
  Grant grant;
  if (world.no_permission_needed) return grant;
  if (world.resource_asked) {
    const bool apart = world.bucket_apart && world.same_account;
    grant = OfSide(apart ? OnBucket(world) : world,
                   {Layer::kResource, world.strengths, world.same_account, world.trusts_account,
                    world.shared, world.owner_only});
  }
  if (world.access_point_asked) {
    grant = Both(grant, OfSide(world, {Layer::kAccessPoint, world.access_point_strengths,
                                       world.owns_access_point}));
  }
  if (!world.resource_asked && !world.access_point_asked && world.identity_asked) {
    grant.lacks = LacksIdentity(world);
    AddIdentity(world, grant);
  }
  return grant;
}

}  // namespace

Combined Combine(const World& world) {
  Combined combined;
  combined.decided_by = ExplicitDenies(world);
  if (!combined.decided_by.empty()) {
    combined.verdict = Verdict::kExplicitDeny;
    return combined;
  }
  LayerMask lacks;
  for (Layer layer : kRestricting) {
    if (!Passes(world.Of(layer))) lacks.Add(layer);
  }
  const Grant grant = OfGrantStage(world);
  lacks = lacks | grant.lacks;
  combined.verdict = lacks.empty() ? Verdict::kAllow : Verdict::kImplicitDeny;
  combined.decided_by = lacks.empty() ? grant.granted : lacks;
  return combined;
}

}  // namespace postern::authz
