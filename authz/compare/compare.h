// Whether two policies decide alike: asked of the engine, request by request. It finds what a
// rewriting got wrong; it proves nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "authz/policy_set.h"
#include "authz/verdict.h"
#include "policy/catalogue.h"

namespace postern::authz {

// A request that is decided one way with one policy and another way with the other.
struct Difference {
  std::string request;  // one line for people
  Verdict before = Verdict::kUnknown;
  Verdict after = Verdict::kUnknown;
};

struct Comparison {
  std::size_t requests = 0;              // that both decided
  std::size_t allowed = 0;               // of these, by `before`
  std::optional<Difference> difference;  // the first one
};

struct CompareOptions {
  std::size_t max_requests = 20'000;
};

// Requests are made of the words of both: each element of each statement in turn, then mixtures of
// all. The same documents give the same requests. The documents must be of one kind, and not
// refused.
Comparison CompareDecisions(const DocumentPtr& before, const DocumentPtr& after,
                            const policy::Catalogue& catalogue, CompareOptions options = {});

}  // namespace postern::authz
