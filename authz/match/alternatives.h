// Which assumptions an element of a statement hangs on (semantics S8.2.1, S10): those that it
// reached and whose alternative makes it come out differently.
#pragma once

#include <cstddef>

#include "authz/bound.h"
#include "authz/verdict.h"

namespace postern::authz {

// Adds to `assumed` what counts of `reached`; what has no alternative counts as it is. `same_again`
// matches the element once more and says whether the result is the same; nothing is noted
// meanwhile. Rare: ordinary elements reach nothing.
template <typename SameAgain>
void NoteDecisive(AssumptionSet reached, BoundRequest::State& request, AssumptionSet& assumed,
                  SameAgain same_again) {
  if (request.weighing) return;
  request.weighing = true;
  const AssumptionSet taken = request.alternatives;
  for (std::size_t i = 0; i < kAssumptionCount; ++i) {
    const auto assumption = static_cast<Assumption>(i);
    if (!reached.Has(assumption)) continue;
    request.alternatives = taken;
    request.alternatives.Add(assumption);
    if (!HasAlternative(assumption) || !same_again()) assumed.Add(assumption);
  }
  request.alternatives = taken;
  request.weighing = false;
}

}  // namespace postern::authz
