// More for the policies of a gap to allow: a statement, or a value in one.
#include <algorithm>
#include <utility>

#include "authz/remedy/candidate.h"
#include "authz/remedy/narrow_statement.h"
#include "policy/kind.h"

namespace postern::authz {
namespace {

using policy::Effect;
using policy::PolicyDocument;

std::string_view KindTitle(const PolicyDocument& document) {
  return policy::TraitsOf(document.kind()).title;
}

// Both where the access point and the bucket behind it have to be allowed.
std::vector<std::string> ResourcesOf(const Explanation& explanation, Layer layer) {
  std::vector<std::string> resources = {std::string(explanation.ResourceOf(layer))};
  if (explanation.Of(layer).judged_on == JudgedOn::kBoth) {
    resources.emplace_back(explanation.bucket_resource);
  }
  return resources;
}

std::optional<Candidate> NewStatement(const RefusedRequest& refused, Layer layer,
                                      std::size_t index) {
  const PolicyDocument& document = *refused.Policies(layer)[index];
  const Explanation& explanation = refused.explanation;
  const std::vector<std::string> resources = ResourcesOf(explanation, layer);
  const auto narrow =
      MakeNarrowAllow(document, layer, refused.request, explanation.action, resources);
  if (!narrow) return std::nullopt;
  const auto edit = AppendStatement(document, narrow->statement);
  if (!edit) return std::nullopt;
  auto candidate = TryEdit(refused, layer, index, *edit);
  if (!candidate) return std::nullopt;
  candidate->change.title = "add a statement to the " + std::string(KindTitle(document)) +
                            " that allows " + InBackticks(explanation.action) + " on " +
                            InBackticks(resources.front());
  if (resources.size() > 1) candidate->change.title += " and " + InBackticks(resources.back());
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

bool NamesEverything(const policy::PatternSet& patterns) {
  return patterns.negated || std::ranges::any_of(patterns.patterns, [](const policy::Node* node) {
           return node->text == "*";
         });
}

// One value more in the part of a statement that alone keeps it from matching: its actions or its
// resources. Nothing where that would open every action or every resource.
std::optional<Candidate> WiderStatement(const RefusedRequest& refused, Layer layer,
                                        const StatementEvidence& evidence) {
  const policy::Statement& statement = *evidence.statement;
  const LegEvidence* const failure = OnlyFailure(evidence);
  if (evidence.effect != Effect::kAllow || failure == nullptr ||
      failure->reason != Reason::kNotMatched || !statement.actions || !statement.resources ||
      statement.actions->negated || statement.resources->negated) {
    return std::nullopt;
  }
  const PolicyDocument& document = *refused.Policies(layer)[evidence.ref.policy];
  const Explanation& explanation = refused.explanation;
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
      opens = Listed(*statement.actions) + " on " + InBackticks(resource);
    }
  } else if (failure->element == Element::kAction) {
    if (NamesEverything(*statement.resources) && resource != "*") {
      return std::nullopt;
    }
    value = explanation.action;
    if (!IsOneResource(*statement.resources) && resource != "*") {
      opens = InBackticks(value) + " on " + Listed(*statement.resources);
    }
  } else {
    return std::nullopt;
  }
  const std::string others = OthersOf(statement, refused.request.principal);
  if (!others.empty()) opens += (opens.empty() ? "the same for " : ", for ") + others;
  auto candidate =
      TryEdit(refused, layer, evidence.ref.policy, AppendValue(document, *failure->node, value));
  if (!candidate) return std::nullopt;
  candidate->change.title =
      "add " + InBackticks(value) + " to the " +
      std::string(failure->element == Element::kAction ? "actions" : "resources") + " of " +
      StatementTitle(document, statement);
  candidate->breadth = opens.empty() ? Breadth::kNothingElse : Breadth::kWiderStatement;
  candidate->change.opens = std::move(opens);
  return candidate;
}

// The policy of a gap that speaks of the action already, or else the first that can be edited.
std::optional<std::size_t> PolicyToExtend(const RefusedRequest& refused, const Gap& gap) {
  std::optional<std::size_t> found;
  for (std::size_t i = gap.first; i < gap.end; ++i) {
    if (!found && CanEdit(*refused.Policies(gap.layer)[i])) found = i;
  }
  for (const StatementEvidence& statement : refused.explanation.Of(gap.layer).statements) {
    if (!gap.Holds(statement) || !CanEdit(*refused.Policies(gap.layer)[statement.ref.policy])) {
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

}  // namespace

std::vector<Candidate> WaysToAllow(const RefusedRequest& refused, const Gap& gap) {
  std::vector<Candidate> candidates;
  const auto add = [&candidates](std::optional<Candidate> candidate) {
    if (candidate) candidates.push_back(*std::move(candidate));
  };
  if (const auto index = PolicyToExtend(refused, gap)) {
    add(NewStatement(refused, gap.layer, *index));
  }
  for (const StatementEvidence& statement : refused.explanation.Of(gap.layer).statements) {
    if (gap.Holds(statement) && CanEdit(*refused.Policies(gap.layer)[statement.ref.policy])) {
      add(WiderStatement(refused, gap.layer, statement));
    }
  }
  return candidates;
}

}  // namespace postern::authz
