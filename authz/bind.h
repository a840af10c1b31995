// Request -> BoundRequest: derived keys computed, contradictions found, everything interned, so
// that Decide only compares.
#pragma once

#include <memory>
#include <optional>

#include "authz/compile.h"
#include "authz/request.h"

namespace postern::authz {

// Reusable: binding the next request keeps the buffers of the one before. Owns what it derives, and
// refers to the Request's text, which must outlive its use. Not for two threads at once.
class BoundRequest {
 public:
  BoundRequest();
  ~BoundRequest();
  BoundRequest(BoundRequest&&) noexcept;
  BoundRequest& operator=(BoundRequest&&) noexcept;

  struct State;  // authz/bound.h: for the engine's own files
  State& state() { return *state_; }
  const State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

// Fills `bound`, or says what is wrong with the request: not an action, a contradiction between a
// supplied and a derived key (S6.4), two values for a single-valued key (S4.15).
//
// What is decided from `bound` takes the alternatives of S10 to the assumptions in `alternatives`.
std::optional<InputError> Bind(const CompiledPolicySet& policies, const Request& request,
                               BoundRequest& bound, AssumptionSet alternatives = {});

}  // namespace postern::authz
