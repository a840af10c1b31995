// All layers of one request: which take part, what each says, and the decision that follows for
// everything that may be unknown (semantics S4.19, S7.2).
#pragma once

#include <array>
#include <vector>

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

struct Answers {
  RequesterClass requester = RequesterClass::kPrincipal;  // as whom an unknown one was taken
  std::array<LayerAnswer, kLayerCount> layers;
  AssumptionSet assumed;
  MissingSet missing;

  LayerAnswer& Of(Layer layer) { return layers[static_cast<std::size_t>(layer)]; }
  const LayerAnswer& Of(Layer layer) const { return layers[static_cast<std::size_t>(layer)]; }
};

// A requester that is not known is taken as a user or role.
Answers EvaluateLayers(const CompiledPolicySet& policies, BoundRequest::State& request);
// `answers` are those of EvaluateLayers. Looks at the layers again for all that a requester who is
// not known could be.
Decision DecideFrom(BoundRequest::State& request, const Answers& answers);

}  // namespace postern::authz
