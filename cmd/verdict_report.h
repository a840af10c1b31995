// The answer to one case with all its evidence, as data; render/verdict draws it.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "authz/engine.h"
#include "authz/suites/suite.h"
#include "cmd/exit_code.h"

namespace postern::cmd {

struct VerdictReport {
  std::string id;
  std::shared_ptr<const authz::CompiledPolicySet> policies;
  authz::Decision decision;               // of all calls together
  authz::Stability stability;             // likewise
  std::vector<authz::Explanation> calls;  // at least one
  std::size_t deciding_call = 0;
  std::vector<std::string> assumed_of_api;  // authz::AssumedOfApi
  std::string expected;                     // "" = the case expects nothing
  std::vector<std::string> unmet;           // why the expectation is not met

  const authz::Explanation& deciding() const { return calls[deciding_call]; }
};

// `expect` of the case is judged as a suite would judge it.
tl::expected<VerdictReport, authz::InputError> MakeVerdictReport(
    const std::shared_ptr<const authz::CompiledPolicySet>& policies, const authz::Case& question);

// kGood, kBad or kUndetermined.
ExitCode CodeOf(authz::Verdict verdict);

// In the order of the enumeration.
std::vector<authz::Assumption> AssumptionsOf(const authz::AssumptionSet& assumed);
std::vector<authz::Layer> LayersOf(const authz::LayerMask& mask);

}  // namespace postern::cmd
