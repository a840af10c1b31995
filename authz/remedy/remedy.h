// The smallest changes of the given policies that would let a refused request through. Each was
// applied to the policy's text, read again and decided again before it is offered.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "authz/compile.h"
#include "authz/explain.h"
#include "authz/policy_set.h"
#include "authz/request.h"
#include "policy/catalogue.h"
#include "policy/source.h"

namespace postern::authz {

// One edit of one policy's file: `text` in the place of the bytes `at`, inserted where that is
// empty.
struct Change {
  Layer layer = Layer::kIdentity;
  std::size_t policy = 0;   // its number in the layer, as StatementRef counts
  std::string policy_name;  // of its Source
  policy::SourceRange at;
  std::string text;
  std::string title;  // one line: "add a statement to the endpoint policy that allows ..."
  std::string opens;  // what else it lets through; "" = nothing but the request at hand
};

// Changes that let the request through together: one for each policy that has to change.
struct Remedy {
  std::vector<Change> changes;
  // Where layers were not given: the changes let the request through if those layers do; which
  // ones. Empty: the verdict is allow.
  std::vector<Layer> if_allowed_by;
};

// At most five, those that open least first; empty where nothing stops the request, where no policy
// can be edited (it stands in a string of another file, or there is none), or where only a wide
// change would do. `explanation` is that of `request` under `policies` and `options`.
std::vector<Remedy> SmallestChanges(const PolicySet& policies, const policy::Catalogue& catalogue,
                                    const CompileOptions& options, const Request& request,
                                    const Explanation& explanation);

}  // namespace postern::authz
