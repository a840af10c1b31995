#include "authz/combine.h"

namespace postern::authz {
namespace {

// S7.2: these only restrict. The session policy of a federated user is required, see LacksIdentity.
constexpr Layer kRestricting[] = {Layer::kScp, Layer::kRcp, Layer::kEndpoint, Layer::kAccessPoint,
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

Grant SameAccount(const World& world) {
  Grant grant;
  const LayerMask identity_lacks = LacksIdentity(world);
  const LayerMask bounds_lack = LacksBounds(world);
  const bool direct = (world.strengths & kDirectlyNamed) != 0;
  const bool bounded = (world.strengths & (kRoleNamed | kFederatingUserNamed)) != 0;
  const bool handed_over = world.trusts_account || (world.strengths & kAccountNamed) != 0;
  if (direct || (bounded && bounds_lack.empty())) grant.granted.Add(Layer::kResource);
  if (handed_over && identity_lacks.empty()) grant.granted.Add(Layer::kIdentity);
  if (!grant.granted.empty()) return grant;
  if (bounded) {
    grant.lacks = bounds_lack;
  } else if (handed_over) {
    grant.lacks = identity_lacks;
  } else {
    grant.lacks.Add(Layer::kResource);
  }
  return grant;
}

Grant CrossAccount(const World& world) {
  Grant grant;
  grant.lacks = LacksIdentity(world);
  if (world.strengths == kNotNamed && !world.shared) grant.lacks.Add(Layer::kResource);
  if (grant.lacks.empty()) grant.granted = {Layer::kIdentity, Layer::kResource};
  return grant;
}

Grant OfGrantStage(const World& world) {
  Grant grant;
  if (world.no_permission_needed || (!world.identity_asked && !world.resource_asked)) {
    return grant;
  }
  if (!world.resource_asked) {
    grant.lacks = LacksIdentity(world);
    if (grant.lacks.empty()) grant.granted.Add(Layer::kIdentity);
    return grant;
  }
  if (!world.identity_asked || world.requester == RequesterClass::kOutsider) {
    (world.strengths != kNotNamed ? grant.granted : grant.lacks).Add(Layer::kResource);
    return grant;
  }
  return world.same_account ? SameAccount(world) : CrossAccount(world);
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
