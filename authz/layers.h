// All layers of one request: which take part (semantics S7.2), and what each says.
#pragma once

#include <array>

#include "authz/bound.h"
#include "authz/combine.h"
#include "authz/compiled.h"
#include "authz/gate.h"

namespace postern::authz {

// What a layer says, as bounds: the worst and the best that it may turn out to be. They are equal
// when nothing about it is unknown.
struct LayerAnswer {
  Outcome worst = Outcome::kNotApplicable;
  Outcome best = Outcome::kNotApplicable;
  StatementRef denied_by;
  StatementRef allowed_by;
  std::uint8_t strengths = 0;
  std::uint8_t possible_strengths = 0;
  JudgedOn judged_on = JudgedOn::kResource;
  std::string_view note;  // see LayerEvidence

  // One word for both bounds.
  Outcome outcome() const { return worst == best ? best : Outcome::kUnknown; }
};

// The two bounds alone.
struct Bounds {
  Outcome worst = Outcome::kNotApplicable;
  Outcome best = Outcome::kNotApplicable;
  bool operator==(const Bounds&) const = default;
};

struct Answers {
  RequesterClass requester = RequesterClass::kPrincipal;  // as whom an unknown one was taken
  std::array<LayerAnswer, kLayerCount> layers;
  // Through an access point: what the caller's own policies say of the bucket (S7.12.8).
  std::array<Bounds, kCallersOwnCount> on_bucket;
  Bounds stops_others;  // what Block Public Access does to callers of other accounts (S7.11)
  AssumptionSet assumed;
  MissingSet missing;

  LayerAnswer& Of(Layer layer) { return layers[static_cast<std::size_t>(layer)]; }
  const LayerAnswer& Of(Layer layer) const { return layers[static_cast<std::size_t>(layer)]; }
};

// A requester that is not known is taken as a user or role, or as it is said here.
Answers EvaluateLayers(const CompiledPolicySet& policies, BoundRequest::State& request);
Answers EvaluateLayersAs(RequesterClass requester, const CompiledPolicySet& policies,
                         BoundRequest::State& request);
// Through an access point, of the caller's own policies alone: what they say of the bucket.
Answers EvaluateOnBucket(const CompiledPolicySet& policies, BoundRequest::State& request,
                         RequesterClass requester);

}  // namespace postern::authz
