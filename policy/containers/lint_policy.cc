#include "policy/containers/lint_policy.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace postern::policy {
namespace {

void AddEndpoint(const ContainedPolicy& policy, LintFacts& facts) {
  const EndpointFacts& told = policy.endpoint;
  if (told.type != EndpointType::kUnknown) facts.endpoint.type = told.type;
  if (!told.service.empty()) facts.endpoint.service = told.service;
  if (!told.region.empty()) facts.endpoint.region = told.region;
  facts.endpoint.is_private = told.is_private;
  // In its policy no other endpoint and no other VPC is ever seen.
  if (!policy.endpoint_id.empty()) facts.endpoints = {policy.endpoint_id};
  if (!policy.vpc.empty()) facts.vpcs = {policy.vpc};
}

bool IsAboutOpenValue(const ContainedPolicy& policy, SourceRange range) {
  const auto next = std::ranges::upper_bound(policy.open, range.begin, {}, &SourceRange::begin);
  return next != policy.open.begin() && range.end <= std::prev(next)->end;
}

// From the string that the policy stands in to the container.
class Mover {
 public:
  explicit Mover(const ContainedPolicy& policy) : policy_(policy) {}

  SourceRange operator()(SourceRange range) const {
    return policy_.spelling ? policy_.spelling->ToOuter(range) : policy_.range;
  }
  void Move(Diagnostic& diagnostic) const {
    diagnostic.range = (*this)(diagnostic.range);
    for (RelatedRange& related : diagnostic.related) related.range = (*this)(related.range);
    if (!policy_.spelling) diagnostic.fixes.clear();
    for (Fix& fix : diagnostic.fixes) {
      for (Edit& edit : fix.edits) edit.range = (*this)(edit.range);
    }
  }

 private:
  const ContainedPolicy& policy_;
};

}  // namespace

LintResult LintContained(const ContainedPolicy& policy, LintOptions options,
                         std::span<const Rule> rules) {
  if (policy.kind == PolicyKind::kEndpoint) AddEndpoint(policy, options.facts);
  LintResult result = policy.tree != nullptr ? LintNode(policy.tree, *policy.node, options, rules)
                                             : LintText(policy.text, options, rules);
  std::erase_if(result.diagnostics, [&policy](const Diagnostic& finding) {
    // In a container a policy is in a string because that is the format.
    return finding.code == "JS117" || IsAboutOpenValue(policy, finding.range);
  });
  if (policy.in_string) {
    const Mover mover(policy);
    for (Diagnostic& finding : result.diagnostics) mover.Move(finding);
    SortDiagnostics(result.diagnostics);
  }
  return result;
}

}  // namespace postern::policy
