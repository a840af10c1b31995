#include "authz/match/resource.h"

#include <string>

#include "authz/match/alternatives.h"
#include "authz/match/text.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/pattern.h"

namespace postern::authz {
namespace {

// The alternative of A1: partition, service, region and account compare without case.
TextMatch MatchIgnoringHeadCase(const CompiledPolicySet& policies, const CompiledArn& arn,
                                BoundRequest::State& request) {
  const policy::Arn& resource = request.resource_arn;
  if (arn.shape == CompiledArn::Shape::kText) {
    // With the pattern's own head before it the resource matches if nothing else differs.
    const policy::Arn pattern = policy::SplitConcreteArn(arn.text.pattern.tokens());
    std::string same_case;
    for (std::size_t i = 0; i < 5; ++i) {
      if (!policy::EqualsIgnoreAsciiCase(pattern.fields[i], resource.fields[i])) return {};
      same_case.append(pattern.fields[i]) += ':';
    }
    return MatchText(policies, arn.text, same_case.append(resource.resource()), request);
  }
  if (arn.shape != CompiledArn::Shape::kFields) return {};
  for (std::uint32_t i = 0; i < 4; ++i) {
    const std::string_view tokens = policies.texts[arn.fields + i].pattern.tokens();
    if (!policy::MatchTokens(policy::FoldAscii(tokens),
                             policy::FoldAscii(resource.fields[i + 1]))) {
      return {};
    }
  }
  return MatchText(policies, arn.text, resource.resource(), request);
}

TextMatch MatchResourceArn(const CompiledPolicySet& policies, const CompiledArn& arn,
                           BoundRequest::State& request, AssumptionSet& assumed) {
  const TextMatch match = MatchArn(policies, arn, request.resource, request.resource_arn, request);
  if (match.matched != Ternary::kNo) return match;
  if (arn.head_ends_open) {
    const CompiledText& whole = policies.texts[arn.fields + 4];
    const TextMatch beyond = MatchText(policies, whole, request.resource, request);
    if (beyond.matched != Ternary::kNo) {
      assumed.Add(Assumption::kA27);
      if (request.alternatives.Has(Assumption::kA27)) return beyond;
    }
  }
  if (!arn.head_has_upper && !request.head_has_upper) return match;
  assumed.Add(Assumption::kA1);
  if (!request.alternatives.Has(Assumption::kA1)) return match;
  return MatchIgnoringHeadCase(policies, arn, request);
}

Ternary MatchEntry(const CompiledPolicySet& policies, const CompiledArn& arn,
                   BoundRequest::State& request, AssumptionSet& assumed, bool& unresolved) {
  if (arn.shape == CompiledArn::Shape::kEverything) return Ternary::kYes;
  if (arn.shape == CompiledArn::Shape::kNever) return Ternary::kNo;
  // S4.19.3: it is never `*`, and what matches nothing does not match it.
  if (request.resource_unknown) {
    // Without a value for its variable it matches nothing (S5.5, S4.19.3).
    TextMatch text;
    ExpandText(policies, arn.text, request, text);
    unresolved |= text.unresolved;
    return text.unresolved ? Ternary::kNo : Ternary::kUnknown;
  }
  if (request.account_level && !request.all_buckets) return Ternary::kNo;  // S3.5
  if (arn.shape == CompiledArn::Shape::kText && arn.text.variables.count == 0 &&
      !request.all_buckets && !arn.head_has_upper && !request.head_has_upper) {
    return arn.text.pattern.Matches(request.resource) ? Ternary::kYes : Ternary::kNo;
  }
  const TextMatch match = MatchResourceArn(policies, arn, request, assumed);
  unresolved |= match.unresolved;
  assumed.Merge(match.reached);
  if (request.all_buckets && match.matched != Ternary::kNo) {
    assumed.Add(Assumption::kA9);
    if (request.alternatives.Has(Assumption::kA9)) return Ternary::kNo;
  }
  return match.matched;
}

// Whether some entry can match no resource at all: it is no ARN, or its variable has no value.
Ternary ExcludesNothing(const CompiledPolicySet& policies, const CompiledStatement& statement,
                        BoundRequest::State& request) {
  Ternary nothing = Ternary::kNo;
  for (std::uint32_t i = 0; i < statement.resources.count; ++i) {
    const CompiledArn& arn = policies.resources[statement.resources.first + i];
    if (arn.shape == CompiledArn::Shape::kNever) return Ternary::kYes;
    if (arn.text.variables.count == 0) continue;
    TextMatch text;
    ExpandText(policies, arn.text, request, text);
    nothing = Or(nothing, text.unresolved ? Ternary::kYes : text.matched);
  }
  return nothing;
}

}  // namespace

ResourceMatch MatchResource(const CompiledPolicySet& policies, const CompiledStatement& statement,
                            BoundRequest::State& request, AssumptionSet& assumed) {
  AssumptionSet reached;
  ResourceMatch match;
  if (statement.every_resource != kNoEntry) {
    match.matched = Ternary::kYes;
    match.entry = statement.every_resource;
  } else {
    const bool concrete = !request.resource_unknown && !request.head_has_upper;
    for (std::uint32_t i = 0; i < statement.resources.count; ++i) {
      const std::uint32_t index = statement.resources.first + i;
      if (concrete && !policies.resource_prefixes[index].Holds(request.resource)) continue;
      const Ternary entry =
          MatchEntry(policies, policies.resources[index], request, reached, match.unresolved);
      if (entry > match.matched) {
        match.matched = entry;
        match.entry = index;
        if (entry == Ternary::kYes) break;
      }
    }
  }
  if (statement.resource_negated) {
    match.matched = Not(match.matched);
    if (statement.may_exclude_nothing) {
      // Such an entry excludes nothing. The alternative: the whole statement has no effect (A8).
      reached.Add(Assumption::kA8);
      if (request.alternatives.Has(Assumption::kA8)) {
        match.matched = And(match.matched, Not(ExcludesNothing(policies, statement, request)));
      }
    }
  }
  if (!reached.empty()) {
    NoteDecisive(reached, request, assumed, [&] {
      return MatchResource(policies, statement, request, assumed).matched == match.matched;
    });
  }
  return match;
}

}  // namespace postern::authz
