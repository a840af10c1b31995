// Request -> BoundRequest: derived keys computed, contradictions found, everything interned, so
// that Decide only compares.
#pragma once

#include <memory>
#include <optional>

#include "authz/compile.h"
#include "authz/request.h"

namespace postern::authz {

// Reusable: binding the next request keeps the buffers of the one before. Owns what it derives, and
// refers to the compiled set, the Request and its text, which must outlive its use. Not for two
// threads at once.
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
// supplied and a derived key (S6.4), two values for a single-valued key (S4.15). Keys derive from
// the principal (S6.4.1; of a role session aws:PrincipalArn is the role, S2.9.3), the resource
// (S6.4.2 and, in S3, S6.2), the endpoint (S6.4.3) and the organization (S6.4.4).
//
// What is decided from `bound` takes the alternatives of S10 to the assumptions in `alternatives`.
std::optional<InputError> Bind(const CompiledPolicySet& policies, const Request& request,
                               BoundRequest& bound, AssumptionSet alternatives = {});
// Would dangle; proved by tests/compile_fail.
std::optional<InputError> Bind(const CompiledPolicySet& policies, const Request&& request,
                               BoundRequest& bound, AssumptionSet alternatives = {}) = delete;

}  // namespace postern::authz
