// Where no policy has to change: the same call, made another way.
#pragma once

#include <string>
#include <vector>

#include "authz/compile.h"
#include "authz/explain.h"
#include "authz/policy_set.h"
#include "authz/request.h"
#include "policy/catalogue.h"

namespace postern::authz {

// How the refused request would pass under the policies as they are, one sentence without its full
// stop for each way: through the endpoint or from the network that a policy names, over TLS, with
// the header that it asks for. Each was decided before it is said. Empty where none helps.
// `explanation` is that of `request` under `policies` and `options`.
std::vector<std::string> OtherRequests(const PolicySet& policies,
                                       const policy::Catalogue& catalogue,
                                       const CompileOptions& options, const Request& request,
                                       const Explanation& explanation);

}  // namespace postern::authz
