// What stopped a request, said in a sentence, from the evidence of an explanation.
#pragma once

#include <string>
#include <vector>

#include "authz/explain.h"

namespace postern::authz {

// The layers that refuse the request whatever the unknown things turn out to be. Those of a denying
// verdict, without layers that were not given; with an unknown verdict those that can only restrict
// and do not let it through. Empty: nothing that was given stops the request.
LayerMask StoppedBy(const Explanation& explanation);

// One sentence without its full stop: which policy stops the request and which part of it, or which
// allows it, or what the answer depends on. A layer that was not given is never the cause.
std::string CauseSentence(const Explanation& explanation);

// Where that is to be seen: the statement that denies, or the one that comes nearest to allowing;
// null if there is none that could be shown.
struct CauseStatement {
  Layer layer = Layer::kEndpoint;
  const StatementEvidence* statement = nullptr;
};
CauseStatement StatementOfCause(const Explanation& explanation);

// Remarks that help to read the cause, each one line; may be empty.
std::vector<std::string> Notes(const Explanation& explanation);

}  // namespace postern::authz
