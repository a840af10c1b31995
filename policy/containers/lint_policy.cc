#include "policy/containers/lint_policy.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace postern::policy {
namespace {

bool IsAboutOpenValue(const ContainedPolicy& policy, SourceRange range) {
  const auto next = std::ranges::upper_bound(policy.open, range.begin, {}, &SourceRange::begin);
  return next != policy.open.begin() && range.end <= std::prev(next)->end;
}

}  // namespace

LintFacts FactsOf(const ContainedPolicy& policy, LintFacts facts) {
  if (policy.kind != PolicyKind::kEndpoint) return facts;
  const EndpointFacts& told = policy.endpoint;
  if (told.type != EndpointType::kUnknown) facts.endpoint.type = told.type;
  if (!told.service.empty()) facts.endpoint.service = told.service;
  if (!told.region.empty()) facts.endpoint.region = told.region;
  facts.endpoint.is_private = told.is_private;
  facts.endpoint.id = told.id;
  facts.endpoint.vpc = told.vpc;
  // In its policy no other endpoint and no other VPC is ever seen.
  if (!told.id.empty()) facts.endpoints = {told.id};
  if (!told.vpc.empty()) facts.vpcs = {told.vpc};
  return facts;
}

void MoveToContainer(const ContainedPolicy& policy, Diagnostic& diagnostic) {
  if (!policy.in_string) return;
  const auto move = [&policy](SourceRange& range) {
    range = policy.spelling ? policy.spelling->ToOuter(range) : policy.range;
  };
  move(diagnostic.range);
  for (RelatedRange& related : diagnostic.related) move(related.range);
  if (!policy.spelling) diagnostic.fixes.clear();
  for (Fix& fix : diagnostic.fixes) {
    for (Edit& edit : fix.edits) move(edit.range);
  }
}

LintResult LintContained(const ContainedPolicy& policy, LintOptions options,
                         std::span<const Rule> rules) {
  options.facts = FactsOf(policy, std::move(options.facts));
  LintResult result = policy.tree != nullptr ? LintNode(policy.tree, *policy.node, options, rules)
                                             : LintText(policy.text, options, rules);
  std::erase_if(result.diagnostics, [&policy](const Diagnostic& finding) {
    // In a container a policy is in a string because that is the format.
    return finding.code == "JS117" || IsAboutOpenValue(policy, finding.range);
  });
  if (policy.in_string) {
    for (Diagnostic& finding : result.diagnostics) MoveToContainer(policy, finding);
    SortDiagnostics(result.diagnostics);
  }
  return result;
}

}  // namespace postern::policy
