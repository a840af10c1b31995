#include "authz/combine.h"

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
  LayerMask granted;  // empty: not granted, and then ...
  LayerMask lacks;    // ... these would have to change
};

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
  const bool handed_over = side.trusts_account || (side.strengths & kAccountNamed) != 0;
  if (direct || (bounded && bounds_lack.empty())) grant.granted.Add(side.layer);
  if (handed_over && identity_lacks.empty()) grant.granted.Add(Layer::kIdentity);
  if (!grant.granted.empty()) return grant;
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
  grant.lacks = LacksIdentity(world);
  const bool granted = side.strengths != kNotNamed || side.shared;
  if (!granted || side.owner_only) grant.lacks.Add(side.layer);
  if (grant.lacks.empty()) grant.granted = {Layer::kIdentity, side.layer};
  return grant;
}

Grant OfSide(const World& world, const Side& side) {
  const bool outsider = world.requester == RequesterClass::kOutsider;
  if (!world.identity_asked || outsider) {
    const bool barred = side.owner_only && (outsider || !side.same_account);
    Grant grant;
    (side.strengths != kNotNamed && !barred ? grant.granted : grant.lacks).Add(side.layer);
    return grant;
  }
  return side.same_account ? SameAccount(world, side) : CrossAccount(world, side);
}

Grant Both(const Grant& a, const Grant& b) {
  Grant both;
  both.lacks = a.lacks | b.lacks;
  if (both.lacks.empty()) both.granted = a.granted | b.granted;
  return both;
}

Grant OfGrantStage(const World& world) {
  Grant grant;
  if (world.no_permission_needed) return grant;
  if (world.resource_asked) {
    grant = OfSide(world, {Layer::kResource, world.strengths, world.same_account,
                           world.trusts_account, world.shared, world.owner_only});
  }
  if (world.access_point_asked) {
    grant = Both(grant, OfSide(world, {Layer::kAccessPoint, world.access_point_strengths,
                                       world.owns_access_point}));
  }
  if (!world.resource_asked && !world.access_point_asked && world.identity_asked) {
    grant.lacks = LacksIdentity(world);
    if (grant.lacks.empty()) grant.granted.Add(Layer::kIdentity);
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
