#include "authz/settle.h"

#include <algorithm>

#include "authz/combine.h"
#include "authz/special_calls.h"

namespace postern::authz {
namespace {

// Whose the bucket, or other resource, and the access point are, as far as the rule of granting
// asks.
struct Accounts {
  bool own_resource = true;
  bool own_access_point = true;
};

World WorldOf(const BoundRequest::State& request, const Answers& answers, bool best,
              const Accounts& accounts) {
  World world;
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    const LayerAnswer& answer = answers.layers[i];
    world.outcomes[i] = best ? answer.best : answer.worst;
  }
  const auto strengths = [&](Layer layer) {
    const LayerAnswer& answer = answers.Of(layer);
    return best ? answer.possible_strengths : answer.strengths;
  };
  const Bounds& stops = answers.stops_others;
  if (HasAccount(answers.requester) && stops.worst != Outcome::kNotApplicable) {
    world.outcomes[static_cast<std::size_t>(Layer::kBlockPublicAccess)] = accounts.own_resource
                                                                              ? Outcome::kAllow
                                                                          : best ? stops.best
                                                                                 : stops.worst;
  }
  const LayerMask& asked = request.request->layers;
  const Ternary certain = best ? Ternary::kUnknown : Ternary::kYes;
  world.strengths = strengths(Layer::kResource);
  world.requester = answers.requester;
  world.same_account = accounts.own_resource;
  world.trusts_account = TrustsAccount(request) >= certain;
  world.shared = request.request->resource_shared;
  world.owner_only = IsBucketPolicyCall(request);
  world.identity_asked = asked.Has(Layer::kIdentity);
  world.resource_asked = asked.Has(Layer::kResource);
  if (request.through_access_point) {
    world.access_point_asked = asked.Has(Layer::kAccessPoint);
    world.access_point_strengths = strengths(Layer::kAccessPoint);
    world.owns_access_point = accounts.own_access_point;
    world.bucket_apart = true;
    std::ranges::transform(
        answers.on_bucket, world.on_bucket.begin(),
        [best](const Bounds& bounds) { return best ? bounds.best : bounds.worst; });
  }
  world.no_permission_needed = NeedsNoPermission(request, answers.requester);
  if (accounts.own_resource && IsBucketPolicyRescue(request, answers.requester)) {
    world.outcomes[static_cast<std::size_t>(Layer::kResource)] = Outcome::kNotApplicable;
    world.strengths = kNotNamed;
  }
  if (world.requester == RequesterClass::kFederatedUser && !asked.Has(Layer::kSession)) {
    world.outcomes[kFirstOfCaller] = world.on_bucket[0] = Outcome::kAllow;
  }
  return world;
}

bool IsCertain(const BoundRequest::State& request, const Answers& answers) {
  if (TrustsAccount(request) == Ternary::kUnknown) return false;
  const auto is_certain = [](const LayerAnswer& answer) {
    return answer.strengths == answer.possible_strengths;
  };
  const auto agree = [](const auto& bounds) { return bounds.worst == bounds.best; };
  return is_certain(answers.Of(Layer::kResource)) && is_certain(answers.Of(Layer::kAccessPoint)) &&
         std::ranges::all_of(answers.layers, agree) &&
         (!request.through_access_point || std::ranges::all_of(answers.on_bucket, agree));
}

// The verdict for one reading of whose account the resources are in: decided only if the worst and
// the best that unknown things may turn out to be agree. (Every rule of Combine is monotone in
// them.)
Combined Settle(const BoundRequest::State& request, const Answers& answers,
                const Accounts& accounts) {
  if (IsCertain(request, answers))
    return Combine(WorldOf(request, answers, /*best=*/true, accounts));
  const Combined worst = Combine(WorldOf(request, answers, /*best=*/false, accounts));
  const Combined best = Combine(WorldOf(request, answers, /*best=*/true, accounts));
  if (worst.verdict != best.verdict) return {Verdict::kUnknown, {}};
  // A deny names what surely stands in the way, an allow what surely grants.
  return worst.verdict == Verdict::kAllow ? worst : best;
}

// One verdict out of those of several readings, if they agree.
class Readings {
 public:
  void Add(const Combined& one) {
    if (is_first_) {
      common_ = any_ = one;
      is_first_ = false;
      return;
    }
    if (any_.verdict != one.verdict) {
      differ_ = true;
      common_.verdict = Verdict::kUnknown;
    }
    common_.decided_by = common_.decided_by & one.decided_by;
    any_.decided_by = any_.decided_by | one.decided_by;
  }

  Verdict verdict() const { return common_.verdict; }
  bool differ() const { return differ_; }
  // What all of them name; for a deny, where they have nothing in common, what any of them names.
  LayerMask decided_by() const {
    if (verdict() == Verdict::kUnknown) return {};
    const bool has_reason = verdict() == Verdict::kAllow || !common_.decided_by.empty();
    return has_reason ? common_.decided_by : any_.decided_by;
  }

 private:
  bool is_first_ = true;
  bool differ_ = false;
  Combined common_;
  Combined any_;
};

// Over every reading of the accounts that are not known.
void AddReadings(const BoundRequest::State& request, const Answers& answers, Readings& readings) {
  const bool has_account = HasAccount(answers.requester);
  const auto may_be = [has_account](Ternary known, bool own) {
    if (known == Ternary::kUnknown) return own || has_account;
    return own == (known == Ternary::kYes);
  };
  const Ternary own_access_point =
      request.through_access_point ? request.owns_access_point : Ternary::kYes;
  for (const bool own : {true, false}) {
    if (!may_be(request.same_account, own)) continue;
    for (const bool own_too : {true, false}) {
      if (!may_be(own_access_point, own_too)) continue;
      readings.Add(Settle(request, answers, {own, own_too}));
    }
  }
}

// As whom a requester of whom nothing is known is taken besides (S4.19.1).
constexpr RequesterClass kOtherClasses[] = {RequesterClass::kFederatedUser, RequesterClass::kRoot,
                                            RequesterClass::kService, RequesterClass::kUnsigned};

}  // namespace

Decision DecideFrom(BoundRequest::State& request, const Answers& answers) {
  Readings readings;
  AddReadings(request, answers, readings);
  const bool account_matters = readings.differ();
  MissingSet missing = answers.missing;
  AssumptionSet assumed = answers.assumed;
  if (request.requester == RequesterKind::kUnknown) {
    for (const RequesterClass other : kOtherClasses) {
      const Answers as_other = EvaluateLayersAs(other, *request.policies, request);
      AddReadings(request, as_other, readings);
      missing.Merge(as_other.missing);
      assumed.Merge(as_other.assumed);
    }
    if (readings.differ()) missing.AddPrincipal();
  }

  Decision decision;
  decision.verdict = readings.verdict();
  decision.decided_by = readings.decided_by();
  decision.assumed = assumed;
  if (decision.verdict == Verdict::kUnknown) {
    decision.missing = missing;
    if (account_matters && request.same_account == Ternary::kUnknown) {
      decision.missing.AddResourceAccount();
    }
    if (TrustsAccount(request) == Ternary::kUnknown) {
      if (request.resource_unknown) {
        decision.missing.AddResource();
      } else {
        decision.missing.AddLayer(Layer::kEndpoint);
      }
    }
    return decision;
  }
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    if (!decision.decided_by.Has(static_cast<Layer>(i))) continue;
    if (decision.verdict == Verdict::kExplicitDeny) {
      decision.statements[i] = answers.layers[i].denied_by;
    } else if (decision.verdict == Verdict::kAllow) {
      decision.statements[i] = answers.layers[i].allowed_by;
    }
  }
  return decision;
}

}  // namespace postern::authz
