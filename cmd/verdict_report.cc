#include "cmd/verdict_report.h"

#include <algorithm>
#include <utility>

namespace postern::cmd {
tl::expected<VerdictReport, authz::InputError> MakeVerdictReport(
    const std::shared_ptr<const authz::CompiledPolicySet>& policies, const authz::Case& question) {
  authz::BoundRequest bound;
  authz::CallsDecision decided = authz::DecideCase(*policies, question, bound);
  if (decided.error) return tl::make_unexpected(*std::move(decided.error));
  VerdictReport report;
  report.id = question.id;
  report.policies = policies;
  report.decision = decided.decision;
  report.deciding_call = decided.deciding_call;
  report.stability = authz::Assess(*policies, question, decided.decision, bound);
  report.assumed_of_api = authz::AssumedOfApi(question);
  const std::size_t calls = std::max<std::size_t>(question.calls.size(), 1);
  for (std::size_t i = 0; i < calls; ++i) {
    const authz::Request request = authz::RequestOfCall(question, i);
    if (auto error = authz::Bind(*policies, request, bound)) {
      return tl::make_unexpected(*std::move(error));
    }
    report.calls.push_back(authz::Explain(policies, bound));
  }
  if (!question.expect.empty()) {
    report.expected = authz::ExpectationText(question.expect);
    report.unmet =
        authz::UnmetExpectations(*policies, question.expect, decided.decision, report.stability);
  }
  return report;
}

ExitCode CodeOf(authz::Verdict verdict) {
  switch (verdict) {
    case authz::Verdict::kAllow:
      return ExitCode::kGood;
    case authz::Verdict::kUnknown:
      return ExitCode::kUndetermined;
    case authz::Verdict::kImplicitDeny:
    case authz::Verdict::kExplicitDeny:
      break;
  }
  return ExitCode::kBad;
}

std::vector<authz::Assumption> AssumptionsOf(const authz::AssumptionSet& assumed) {
  std::vector<authz::Assumption> list;
  for (std::size_t i = 0; i < authz::kAssumptionCount; ++i) {
    const auto assumption = static_cast<authz::Assumption>(i);
    if (assumed.Has(assumption)) list.push_back(assumption);
  }
  return list;
}

std::vector<authz::Layer> LayersOf(const authz::LayerMask& mask) {
  std::vector<authz::Layer> layers;
  for (std::size_t i = 0; i < authz::kLayerCount; ++i) {
    const auto layer = static_cast<authz::Layer>(i);
    if (mask.Has(layer)) layers.push_back(layer);
  }
  return layers;
}

}  // namespace postern::cmd
