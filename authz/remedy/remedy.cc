#include "authz/remedy/remedy.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

#include "authz/engine.h"
#include "authz/remedy/cause.h"
#include "authz/remedy/narrow_statement.h"
#include "authz/remedy/policy_edit.h"
#include "policy/kind.h"
#include "policy/language/fold.h"
#include "policy/parse.h"

namespace postern::authz {
namespace {

using policy::Effect;
using policy::PolicyDocument;

constexpr std::size_t kMostRemedies = 5;
constexpr std::size_t kMostTried = 64;

std::string Quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

// A place where something has to change: the policies of a layer (of a level of SCPs) of which one
// must allow more, or the one whose statement denies.
struct Gap {
  Layer layer;
  std::size_t first;  // policies [first, end) of the layer
  std::size_t end;
  const StatementEvidence* denied_by = nullptr;
};

// Smaller comes first.
enum class Breadth : std::uint8_t { kNothingElse, kOneStatement, kWiderStatement };

struct Candidate {
  Change change;
  Breadth breadth = Breadth::kOneStatement;
  DocumentPtr document;  // after the change
};

struct Question {
  const PolicySet& policies;
  const policy::Catalogue& catalogue;
  const CompileOptions& options;
  const Request& request;
  const Explanation& explanation;

  const std::vector<DocumentPtr>& Policies(Layer layer) const {
    return PoliciesOf(*explanation.policies, layer);
  }
};

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

std::string_view KindTitle(const PolicyDocument& document) {
  return policy::TraitsOf(document.kind()).title;
}

// A Candidate if the edited text is still a policy.
std::optional<Candidate> Try(const Question& question, Layer layer, std::size_t index,
                             const TextEdit& edit) {
  const PolicyDocument& document = *question.Policies(layer)[index];
  auto parsed = policy::ParseText(
      std::make_shared<const policy::Source>(document.source().name(), Edited(document, edit)),
      document.kind());
  if (!parsed.document || parsed.refused) return std::nullopt;
  Candidate candidate;
  candidate.document = std::make_shared<const PolicyDocument>(std::move(*parsed.document));
  candidate.change.layer = layer;
  candidate.change.policy = index;
  candidate.change.policy_name = document.source().name();
  candidate.change.at = edit.at;
  candidate.change.text = edit.text;
  return candidate;
}

// Both where the access point and the bucket behind it have to be allowed.
std::vector<std::string> ResourcesOf(const Explanation& explanation, Layer layer) {
  std::vector<std::string> resources = {std::string(explanation.ResourceOf(layer))};
  if (explanation.Of(layer).judged_on == JudgedOn::kBoth) {
    resources.emplace_back(explanation.bucket_resource);
  }
  return resources;
}

std::optional<Candidate> NewStatement(const Question& question, Layer layer, std::size_t index) {
  const PolicyDocument& document = *question.Policies(layer)[index];
  const Explanation& explanation = question.explanation;
  const std::vector<std::string> resources = ResourcesOf(explanation, layer);
  const auto narrow =
      MakeNarrowAllow(document, layer, question.request, explanation.action, resources);
  if (!narrow) return std::nullopt;
  const auto edit = AppendStatement(document, narrow->statement);
  if (!edit) return std::nullopt;
  auto candidate = Try(question, layer, index, *edit);
  if (!candidate) return std::nullopt;
  candidate->change.title = "add a statement to the " + std::string(KindTitle(document)) +
                            " that allows " + Quoted(explanation.action) + " on " +
                            Quoted(resources.front());
  if (resources.size() > 1) candidate->change.title += " and " + Quoted(resources.back());
  if (!narrow->others.empty()) candidate->change.opens = "the same for " + narrow->others;
  candidate->breadth = Breadth::kOneStatement;
  return candidate;
}

const LegEvidence* OnlyFailure(const StatementEvidence& statement) {
  const LegEvidence* only = nullptr;
  for (const LegEvidence& leg : statement.legs) {
    if (leg.result == Ternary::kYes) continue;
    if (leg.result == Ternary::kUnknown || only != nullptr) return nullptr;
    only = &leg;
  }
  return only;
}

bool HasWildcard(std::string_view text) {
  return text.find_first_of("*?$") != std::string_view::npos;
}

bool IsOneLiteral(const policy::PatternSet& patterns) {
  return !patterns.negated && patterns.patterns.size() == 1 &&
         !HasWildcard(patterns.patterns.front()->text);
}

bool NamesEverything(const policy::PatternSet& patterns) {
  return patterns.negated || std::ranges::any_of(patterns.patterns, [](const policy::Node* node) {
           return node->text == "*";
         });
}

std::string Listed(const policy::PatternSet& patterns) {
  std::string list;
  for (const policy::Node* node : patterns.patterns) {
    if (!list.empty()) list += ", ";
    list += Quoted(node->text);
  }
  return list;
}

std::string StatementTitle(const PolicyDocument& document, const policy::Statement& statement) {
  std::string title = "statement " + std::to_string(statement.index + 1);
  if (statement.sid != nullptr) title += " " + Quoted(statement.sid->text);
  return title + " of the " + std::string(KindTitle(document));
}

// One value more in the part of a statement that alone keeps it from matching: its actions or its
// resources. Nothing where that would open every action or every resource.
std::optional<Candidate> WiderStatement(const Question& question, Layer layer,
                                        const StatementEvidence& evidence) {
  const policy::Statement& statement = *evidence.statement;
  const LegEvidence* const failure = OnlyFailure(evidence);
  if (evidence.effect != Effect::kAllow || failure == nullptr ||
      failure->reason != Reason::kNotMatched || !statement.actions || !statement.resources ||
      statement.actions->negated || statement.resources->negated) {
    return std::nullopt;
  }
  const PolicyDocument& document = *question.Policies(layer)[evidence.ref.policy];
  const Explanation& explanation = question.explanation;
  const std::string_view resource = explanation.ResourceOf(layer);
  std::string value;
  std::string opens;
  if (failure->element == Element::kResource) {
    const auto pattern = AsPattern(resource, document.version());
    if (!pattern) return std::nullopt;
    const bool other_actions = !IsOneLiteral(*statement.actions);
    if (NamesEverything(*statement.actions) || (*pattern == "*" && other_actions)) {
      return std::nullopt;
    }
    value = *pattern;
    if (other_actions) {
      opens = Listed(*statement.actions) + " on " + Quoted(resource);
    }
  } else if (failure->element == Element::kAction) {
    if (NamesEverything(*statement.resources) && resource != "*") {
      return std::nullopt;
    }
    value = explanation.action;
    if (!IsOneLiteral(*statement.resources) && resource != "*") {
      opens = Quoted(value) + " on " + Listed(*statement.resources);
    }
  } else {
    return std::nullopt;
  }
  const bool everyone = statement.principal && statement.principal->everyone;
  if (everyone && statement.conditions.empty()) {
    opens += opens.empty() ? "the same for every caller" : ", for every caller";
  }
  auto candidate =
      Try(question, layer, evidence.ref.policy, AppendValue(document, *failure->node, value));
  if (!candidate) return std::nullopt;
  candidate->change.title =
      "add " + Quoted(value) + " to the " +
      std::string(failure->element == Element::kAction ? "actions" : "resources") + " of " +
      StatementTitle(document, statement);
  candidate->breadth = opens.empty() ? Breadth::kNothingElse : Breadth::kWiderStatement;
  candidate->change.opens = std::move(opens);
  return candidate;
}

// Keys whose value may be added to the exceptions of a Deny, and what that exempts.
constexpr std::pair<std::string_view, std::string_view> kExceptionKeys[] = {
    {"aws:PrincipalArn", "requests of the principal"},
    {"aws:SourceVpc", "requests from the VPC"},
    {"aws:SourceVpce", "requests through the endpoint"},
};

// Operators that spare a list of exact values.
constexpr std::string_view kExceptionOperators[] = {
    "StringNotEquals", "StringNotLike", "StringNotEqualsIfExists", "StringNotLikeIfExists",
    "ArnNotEquals",    "ArnNotLike",    "ArnNotEqualsIfExists",    "ArnNotLikeIfExists",
};

std::string_view ValueOf(const Explanation& explanation, std::string_view key) {
  for (const KeyEvidence& evidence : explanation.keys) {
    if (policy::EqualsIgnoreAsciiCase(evidence.name, key) && evidence.values.size() == 1) {
      return evidence.values.front();
    }
  }
  return {};
}

// The request's own value among the exceptions that a Deny makes already.
std::optional<Candidate> OneMoreException(const Question& question, Layer layer,
                                          const StatementEvidence& evidence,
                                          const LegEvidence& leg) {
  if (leg.element != Element::kCondition || leg.reason != Reason::kNegatedMatched) {
    return std::nullopt;
  }
  const auto* const key = std::ranges::find_if(kExceptionKeys, [&leg](const auto& row) {
    return policy::EqualsIgnoreAsciiCase(row.first, leg.node->key);
  });
  const bool spares = std::ranges::any_of(kExceptionOperators, [&leg](std::string_view op) {
    return policy::EqualsIgnoreAsciiCase(op, leg.operator_node->key);
  });
  const std::string_view value = ValueOf(question.explanation, leg.node->key);
  if (key == std::end(kExceptionKeys) || !spares || value.empty() || HasWildcard(value)) {
    return std::nullopt;
  }
  const PolicyDocument& document = *question.Policies(layer)[evidence.ref.policy];
  auto candidate =
      Try(question, layer, evidence.ref.policy, AppendValue(document, *leg.node, value));
  if (!candidate) return std::nullopt;
  candidate->change.title = "add " + Quoted(value) + " to the " + Quoted(leg.node->key) +
                            " values that " + StatementTitle(document, *evidence.statement) +
                            " spares";
  candidate->change.opens = "everything else that the statement denies, for " +
                            std::string(key->second) + " " + Quoted(value);
  candidate->breadth = Breadth::kWiderStatement;
  return candidate;
}

bool Grants(const StatementEvidence& statement) {
  return statement.effect == Effect::kAllow && statement.matched == Ternary::kYes;
}

bool LiesIn(const StatementEvidence& statement, const Gap& gap) {
  return statement.ref.policy >= gap.first && statement.ref.policy < gap.end;
}

std::vector<Gap> GapsOfLevels(const LeveledLayer& levels, const LayerEvidence& evidence) {
  std::vector<Gap> gaps;
  std::size_t first = 0;
  for (const std::vector<DocumentPtr>& level : levels.levels) {
    const Gap gap{evidence.layer, first, first + level.size()};
    const bool allows = std::ranges::any_of(evidence.statements, [&gap](const auto& statement) {
      return LiesIn(statement, gap) && Grants(statement);
    });
    if (!allows) gaps.push_back(gap);
    first = gap.end;
  }
  return gaps;
}

std::vector<Gap> GapsOf(const Question& question) {
  std::vector<Gap> gaps;
  const LayerMask stopped = StoppedBy(question.explanation);
  for (const LayerEvidence& evidence : question.explanation.layers) {
    if (!stopped.Has(evidence.layer)) continue;
    if (evidence.outcome == Outcome::kExplicitDeny) {
      for (const StatementEvidence& statement : evidence.statements) {
        if (statement.effect != Effect::kDeny || statement.matched != Ternary::kYes) continue;
        const std::size_t at = statement.ref.policy;
        gaps.push_back({evidence.layer, at, at + 1, &statement});
      }
    } else if (evidence.layer == Layer::kScp) {
      for (const Gap& gap : GapsOfLevels(question.policies.scps, evidence)) gaps.push_back(gap);
    } else {
      gaps.push_back({evidence.layer, 0, question.Policies(evidence.layer).size()});
    }
  }
  return gaps;
}

// The policy of a gap that speaks of the action already, or else the first that can be edited.
std::optional<std::size_t> PolicyToExtend(const Question& question, const Gap& gap) {
  std::optional<std::size_t> found;
  for (std::size_t i = gap.first; i < gap.end; ++i) {
    if (!found && CanEdit(*question.Policies(gap.layer)[i])) found = i;
  }
  for (const StatementEvidence& statement : question.explanation.Of(gap.layer).statements) {
    if (!LiesIn(statement, gap) || !CanEdit(*question.Policies(gap.layer)[statement.ref.policy])) {
      continue;
    }
    const auto leg = std::ranges::find(statement.legs, Element::kAction, &LegEvidence::element);
    if (statement.effect == Effect::kAllow && leg != statement.legs.end() &&
        leg->result == Ternary::kYes) {
      return statement.ref.policy;
    }
  }
  return found;
}

std::vector<Candidate> CandidatesFor(const Question& question, const Gap& gap) {
  std::vector<Candidate> candidates;
  const auto add = [&candidates](std::optional<Candidate> candidate) {
    if (candidate) candidates.push_back(*std::move(candidate));
  };
  if (gap.denied_by != nullptr) {
    if (!CanEdit(*question.Policies(gap.layer)[gap.first])) return candidates;
    for (const LegEvidence& leg : gap.denied_by->legs) {
      add(OneMoreException(question, gap.layer, *gap.denied_by, leg));
    }
    return candidates;
  }
  if (const auto index = PolicyToExtend(question, gap)) {
    add(NewStatement(question, gap.layer, *index));
  }
  for (const StatementEvidence& statement : question.explanation.Of(gap.layer).statements) {
    if (LiesIn(statement, gap) && CanEdit(*question.Policies(gap.layer)[statement.ref.policy])) {
      add(WiderStatement(question, gap.layer, statement));
    }
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

// The remedy that these candidates make together, if they do.
std::optional<Remedy> Together(const Question& question,
                               const std::vector<const Candidate*>& candidates) {
  PolicySet changed = question.policies;
  for (const Candidate* candidate : candidates) {
    Replace(changed, candidate->change.layer, candidate->change.policy, candidate->document);
  }
  const auto compiled = Compile(changed, question.catalogue, question.options);
  BoundRequest bound;
  if (Bind(*compiled, question.request, bound)) return std::nullopt;
  const Explanation after = Explain(compiled, bound);
  if (!StoppedBy(after).empty()) return std::nullopt;
  if (after.decision.verdict == Verdict::kUnknown &&
      !OnlyLayersMissing(question.explanation, after)) {
    return std::nullopt;
  }
  Remedy remedy;
  for (const Candidate* candidate : candidates) remedy.changes.push_back(candidate->change);
  if (after.decision.verdict != Verdict::kAllow) remedy.if_allowed_by = Open(after);
  return remedy;
}

// Two changes of one policy are left alone: their edits were made for the text as it is.
bool ChangeOnePolicyTwice(const std::vector<const Candidate*>& candidates) {
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
  const Question question{policies, catalogue, options, request, explanation};
  std::vector<std::vector<Candidate>> choices;
  for (const Gap& gap : GapsOf(question)) {
    choices.push_back(CandidatesFor(question, gap));
    if (choices.back().empty()) return remedies;
  }
  if (choices.empty()) return remedies;

  for (const std::vector<std::size_t>& picks : Combinations(choices)) {
    std::vector<const Candidate*> candidates;
    for (std::size_t i = 0; i < picks.size(); ++i) candidates.push_back(&choices[i][picks[i]]);
    if (ChangeOnePolicyTwice(candidates)) continue;
    if (auto remedy = Together(question, candidates)) remedies.push_back(*std::move(remedy));
    if (remedies.size() == kMostRemedies) break;
  }
  return remedies;
}

}  // namespace postern::authz
