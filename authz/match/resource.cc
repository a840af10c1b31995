#include "authz/match/resource.h"

#include "authz/match/text.h"

namespace postern::authz {
namespace {

Ternary MatchEntry(const CompiledPolicySet& policies, const CompiledArn& arn,
                   BoundRequest::State& request, AssumptionSet& assumed, bool& unresolved) {
  if (arn.shape == CompiledArn::Shape::kEverything) return Ternary::kYes;
  if (arn.shape == CompiledArn::Shape::kNever) return Ternary::kNo;
  if (request.resource_unknown) return Ternary::kUnknown;
  if (request.account_level && !request.all_buckets) return Ternary::kNo;  // S3.5
  if (arn.shape == CompiledArn::Shape::kText && arn.text.variables.count == 0 &&
      !request.all_buckets) {
    return arn.text.pattern.Matches(request.resource) ? Ternary::kYes : Ternary::kNo;
  }
  const TextMatch match = MatchArn(policies, arn, request.resource, request.resource_arn, request);
  unresolved |= match.unresolved;
  if (match.literal_value) assumed.Add(Assumption::kA18);
  if (match.default_for_empty) assumed.Add(Assumption::kA19);
  if (request.all_buckets && match.matched != Ternary::kNo) assumed.Add(Assumption::kA9);
  return match.matched;
}

}  // namespace

ResourceMatch MatchResource(const CompiledPolicySet& policies, const CompiledStatement& statement,
                            BoundRequest::State& request, AssumptionSet& assumed) {
  ResourceMatch match;
  if (statement.every_resource != kNoEntry) {
    match.matched = Ternary::kYes;
    match.entry = statement.every_resource;
  } else {
    const bool concrete = !request.resource_unknown;
    for (std::uint32_t i = 0; i < statement.resources.count; ++i) {
      const std::uint32_t index = statement.resources.first + i;
      if (concrete && !policies.resource_prefixes[index].Holds(request.resource)) continue;
      const Ternary entry =
          MatchEntry(policies, policies.resources[index], request, assumed, match.unresolved);
      if (entry > match.matched) {
        match.matched = entry;
        match.entry = index;
        if (entry == Ternary::kYes) break;
      }
    }
  }
  if (statement.resource_negated) {
    // An entry whose variable has no value excludes nothing (A8).
    if (match.unresolved && match.matched == Ternary::kNo) assumed.Add(Assumption::kA8);
    match.matched = Not(match.matched);
  }
  return match;
}

}  // namespace postern::authz
