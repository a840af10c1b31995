#include "authz/suites/stability.h"

#include <fmt/format.h>

#include <cstddef>

#include "authz/suites/suite.h"

namespace postern::authz {

Stability Assess(const CompiledPolicySet& policies, const Case& question, const Decision& decision,
                 BoundRequest& scratch) {
  Stability stability;
  for (std::size_t i = 0; i < kAssumptionCount; ++i) {
    const auto assumption = static_cast<Assumption>(i);
    if (!HasAlternative(assumption) || !decision.assumed.Has(assumption)) continue;
    AssumptionSet alternative;
    alternative.Add(assumption);
    const CallsDecision other = DecideCase(policies, question, scratch, alternative);
    // A request that contradicts the alternative leaves no other reading.
    if (other.error || other.decision.verdict == decision.verdict) continue;
    stability.otherwise.push_back({assumption, other.decision.verdict});
  }
  return stability;
}

std::string OtherwiseText(const Stability& stability) {
  std::string text;
  for (const OtherReading& other : stability.otherwise) {
    text += fmt::format("{}{} (otherwise {})", text.empty() ? "" : ", ",
                        AssumptionName(other.assumption), VerdictName(other.verdict));
  }
  return text;
}

}  // namespace postern::authz
