#include "authz/remedy/remedy.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

#include "authz/engine.h"
#include "authz/remedy/candidate.h"
#include "authz/remedy/cause.h"

namespace postern::authz {
namespace {

using policy::Effect;

constexpr std::size_t kMostRemedies = 5;
constexpr std::size_t kMostTried = 64;

void Replace(PolicySet& policies, Layer layer, std::size_t index, DocumentPtr document) {
  const auto in_levels = [&](LeveledLayer& levels) {
    for (std::vector<DocumentPtr>& level : levels.levels) {
      if (index < level.size()) {
        level[index] = std::move(document);
        return;
      }
      index -= level.size();
    }
  };
  switch (layer) {
    case Layer::kScp:
      return in_levels(policies.scps);
    case Layer::kRcp:
      return in_levels(policies.rcps);
    case Layer::kEndpoint:
      policies.endpoint->document = std::move(document);
      return;
    case Layer::kSession:
      policies.session.policies[index] = std::move(document);
      return;
    case Layer::kBoundary:
      policies.boundary.policies[index] = std::move(document);
      return;
    case Layer::kIdentity:
      policies.identity.policies[index] = std::move(document);
      return;
    case Layer::kResource:
      policies.resource.policies[index] = std::move(document);
      return;
    case Layer::kAccessPoint:
      policies.access_point->document = std::move(document);
      return;
    case Layer::kBlockPublicAccess:
      return;
  }
}

bool Grants(const StatementEvidence& statement) {
  return statement.effect == Effect::kAllow && statement.matched == Ternary::kYes;
}

std::vector<Gap> GapsOfLevels(const LeveledLayer& levels, const LayerEvidence& evidence) {
  std::vector<Gap> gaps;
  std::size_t first = 0;
  for (const std::vector<DocumentPtr>& level : levels.levels) {
    const Gap gap{evidence.layer, first, first + level.size()};
    const bool allows = std::ranges::any_of(evidence.statements, [&gap](const auto& statement) {
      return gap.Holds(statement) && Grants(statement);
    });
    if (!allows) gaps.push_back(gap);
    first = gap.end;
  }
  return gaps;
}

std::vector<Gap> GapsOf(const RefusedRequest& refused) {
  std::vector<Gap> gaps;
  const LayerMask stopped = StoppedBy(refused.explanation);
  for (const LayerEvidence& evidence : refused.explanation.layers) {
    if (!stopped.Has(evidence.layer)) continue;
    if (evidence.outcome == Outcome::kExplicitDeny) {
      for (const StatementEvidence& statement : evidence.statements) {
        if (statement.effect != Effect::kDeny || statement.matched != Ternary::kYes) continue;
        const std::size_t at = statement.ref.policy;
        gaps.push_back({evidence.layer, at, at + 1, &statement});
      }
    } else if (evidence.layer == Layer::kScp) {
      for (const Gap& gap : GapsOfLevels(refused.policies.scps, evidence)) gaps.push_back(gap);
    } else {
      gaps.push_back({evidence.layer, 0, refused.Policies(evidence.layer).size()});
    }
  }
  return gaps;
}

// Within an account either of the two is enough (S7.6).
std::optional<Layer> Instead(Layer layer) {
  if (layer == Layer::kIdentity) return Layer::kResource;
  if (layer == Layer::kResource) return Layer::kIdentity;
  return std::nullopt;
}

std::vector<Candidate> CandidatesFor(const RefusedRequest& refused, const Gap& gap) {
  if (gap.denied_by != nullptr) return WaysPastDeny(refused, gap);
  std::vector<Candidate> candidates = WaysToAllow(refused, gap);
  if (const auto other = Instead(gap.layer)) {
    const Gap whole{*other, 0, refused.Policies(*other).size()};
    std::ranges::move(WaysToAllow(refused, whole), std::back_inserter(candidates));
  }
  std::ranges::stable_sort(candidates, {}, [](const Candidate& candidate) {
    return std::pair(candidate.breadth, candidate.breadth == Breadth::kOneStatement
                                            ? std::size_t{0}
                                            : candidate.change.text.size());
  });
  return candidates;
}

// Layers that were not given and still have a say.
std::vector<Layer> Open(const Explanation& explanation) {
  std::vector<Layer> open;
  for (const auto& [layer, assumption] :
       {std::pair(Layer::kIdentity, Assumption::kIdentityNotGiven),
        std::pair(Layer::kResource, Assumption::kResourceNotGiven),
        std::pair(Layer::kAccessPoint, Assumption::kAccessPointNotGiven)}) {
    const LayerEvidence& evidence = explanation.Of(layer);
    const bool lacks = explanation.decision.decided_by.Has(layer) &&
                       explanation.decision.verdict == Verdict::kImplicitDeny &&
                       explanation.decision.assumed.Has(assumption);
    const bool unknown = evidence.outcome == Outcome::kUnknown && evidence.statements.empty() &&
                         explanation.decision.verdict == Verdict::kUnknown;
    if (lacks || unknown) open.push_back(layer);
  }
  return open;
}

// Whether what is still missing was missing before, and is nothing but layers.
bool OnlyLayersMissing(const Explanation& before, const Explanation& after) {
  return std::ranges::all_of(after.missing, [&before](const std::string& name) {
    return name.starts_with("layer:") &&
           std::ranges::find(before.missing, name) != before.missing.end();
  });
}

using Candidates = std::vector<const Candidate*>;

PolicySet With(PolicySet policies, const Candidates& candidates) {
  for (const Candidate* candidate : candidates) {
    Replace(policies, candidate->change.layer, candidate->change.policy, candidate->document);
  }
  return policies;
}

std::optional<Explanation> ExplanationOf(const RefusedRequest& refused, const PolicySet& policies) {
  const auto compiled = Compile(policies, refused.catalogue, refused.options);
  BoundRequest bound;
  if (Bind(*compiled, refused.request, bound)) return std::nullopt;
  return Explain(compiled, bound);
}

// The remedy that these candidates make together, if they do.
std::optional<Remedy> Together(const RefusedRequest& refused, const Candidates& candidates) {
  const auto after = ExplanationOf(refused, With(refused.policies, candidates));
  if (!after || !StoppedBy(*after).empty()) return std::nullopt;
  if (after->decision.verdict == Verdict::kUnknown &&
      !OnlyLayersMissing(refused.explanation, *after)) {
    return std::nullopt;
  }
  Remedy remedy;
  for (const Candidate* candidate : candidates) remedy.changes.push_back(candidate->change);
  if (after->decision.verdict != Verdict::kAllow) remedy.if_allowed_by = Open(*after);
  return remedy;
}

// Two changes of one policy are left alone: their edits were made for the text as it is.
bool ChangeOnePolicyTwice(const Candidates& candidates) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (candidates[i]->change.layer == candidates[j]->change.layer &&
          candidates[i]->change.policy == candidates[j]->change.policy) {
        return true;
      }
    }
  }
  return false;
}

// Which candidate of each gap: one number for each, the best ones (all 0) first. Not all of very
// many.
std::vector<std::vector<std::size_t>> Combinations(
    const std::vector<std::vector<Candidate>>& choices) {
  std::vector<std::vector<std::size_t>> all = {std::vector<std::size_t>(choices.size(), 0)};
  for (std::size_t gap = 0; gap < choices.size(); ++gap) {
    const std::size_t so_far = all.size();
    for (std::size_t pick = 1; pick < choices[gap].size(); ++pick) {
      for (std::size_t i = 0; i < so_far && all.size() < kMostTried; ++i) {
        all.push_back(all[i]);
        all.back()[gap] = pick;
      }
    }
  }
  std::ranges::stable_sort(all, {}, [](const std::vector<std::size_t>& picks) {
    return std::accumulate(picks.begin(), picks.end(), std::size_t{0});
  });
  return all;
}

// The candidates of each gap; nothing if one has none.
std::vector<std::vector<Candidate>> ChoicesOf(const RefusedRequest& refused) {
  std::vector<std::vector<Candidate>> choices;
  for (const Gap& gap : GapsOf(refused)) {
    choices.push_back(CandidatesFor(refused, gap));
    if (choices.back().empty()) return {};
  }
  return choices;
}

// Remedies that take one candidate of each gap, and those in `besides`.
void AddRemedies(const RefusedRequest& refused, const std::vector<std::vector<Candidate>>& choices,
                 const Candidates& besides, std::vector<Remedy>& remedies) {
  for (const std::vector<std::size_t>& picks : Combinations(choices)) {
    if (remedies.size() == kMostRemedies) return;
    Candidates candidates = besides;
    for (std::size_t i = 0; i < picks.size(); ++i) candidates.push_back(&choices[i][picks[i]]);
    if (ChangeOnePolicyTwice(candidates)) continue;
    if (auto remedy = Together(refused, candidates)) remedies.push_back(*std::move(remedy));
  }
}

// Where a Deny stops the request, what else lacks shows only without it.
void AddFurtherRemedies(const RefusedRequest& refused,
                        const std::vector<std::vector<Candidate>>& choices,
                        std::vector<Remedy>& remedies) {
  Candidates best;
  for (const std::vector<Candidate>& gap : choices) best.push_back(&gap.front());
  if (ChangeOnePolicyTwice(best)) return;
  const PolicySet changed = With(refused.policies, best);
  const auto after = ExplanationOf(refused, changed);
  if (!after) return;
  const RefusedRequest rest{changed, refused.catalogue, refused.options, refused.request, *after};
  const auto further = ChoicesOf(rest);
  if (!further.empty()) AddRemedies(refused, further, best, remedies);
}

// The call names no resource although its action is about some: nothing narrow can be said.
bool LeavesResourceOpen(const policy::Catalogue& catalogue, const Explanation& explanation) {
  const std::string_view action = explanation.action;
  const std::size_t colon = action.find(':');
  if (explanation.resource != "*" || colon == std::string_view::npos) return false;
  const auto found = catalogue.FindAction(action.substr(0, colon), action.substr(colon + 1));
  return found && !catalogue.ResourceTypesOf(*found).empty();
}

}  // namespace

std::vector<Remedy> SmallestChanges(const PolicySet& policies, const policy::Catalogue& catalogue,
                                    const CompileOptions& options, const Request& request,
                                    const Explanation& explanation) {
  std::vector<Remedy> remedies;
  const bool bucket_unknown =
      explanation.through_access_point && explanation.bucket_resource.empty();
  if (explanation.resource.empty() || bucket_unknown || explanation.action.empty() ||
      LeavesResourceOpen(catalogue, explanation)) {
    return remedies;
  }
  const RefusedRequest refused{policies, catalogue, options, request, explanation};
  const auto choices = ChoicesOf(refused);
  if (choices.empty()) return remedies;
  AddRemedies(refused, choices, {}, remedies);
  if (remedies.empty()) AddFurtherRemedies(refused, choices, remedies);
  return remedies;
}

}  // namespace postern::authz
