#include "authz/explain.h"

#include <algorithm>
#include <iterator>

#include "authz/bound.h"
#include "authz/compiled.h"
#include "authz/engine.h"
#include "authz/gate.h"
#include "authz/layers.h"
#include "authz/match/action_index.h"
#include "policy/language/fold.h"

namespace postern::authz {
namespace {

using policy::Node;

// A Not element or a plain one: the result, turned round, and the reason said accordingly.
Reason ElementReason(Ternary matched, bool negated) {
  if (matched == Ternary::kUnknown) return Reason::kUnknown;
  if (negated) {
    return matched == Ternary::kYes ? Reason::kNegatedMatched : Reason::kNegatedNotMatched;
  }
  return matched == Ternary::kYes ? Reason::kMatched : Reason::kNotMatched;
}

LegEvidence PrincipalLeg(const CompiledPolicySet& policies, const CompiledStatement& statement,
                         Layer layer, const BoundRequest::State& request) {
  LegEvidence leg;
  leg.element = Element::kPrincipal;
  if (!statement.has_principal) {
    leg.result = Ternary::kYes;
    leg.reason = Reason::kPrincipalAbsent;
    return leg;
  }
  const PrincipalMatch match = MatchPrincipal(policies, statement, layer, request);
  leg.node = statement.source->principal->node;
  leg.result = match.matched;
  leg.reason = ElementReason(match.matched, statement.principal_negated);
  if (match.entry != kNoEntry) leg.value = policies.principal_nodes[match.entry];
  return leg;
}

LegEvidence ActionLeg(const CompiledStatement& statement, const BoundRequest::State& request) {
  LegEvidence leg;
  leg.element = Element::kAction;
  const policy::PatternSet& actions = *statement.source->actions;
  leg.node = actions.node;
  bool listed = false;
  for (const Node* node : actions.patterns) {
    if (ActionPattern::Of(node->text).Matches(request.vendor, request.name)) {
      leg.value = node;
      listed = true;
      break;
    }
  }
  leg.result = listed != actions.negated ? Ternary::kYes : Ternary::kNo;
  leg.reason = ElementReason(leg.result, actions.negated);
  return leg;
}

LegEvidence ResourceLeg(const CompiledPolicySet& policies, const CompiledStatement& statement,
                        BoundRequest::State& request) {
  LegEvidence leg;
  leg.element = Element::kResource;
  if (!statement.has_resource) {
    leg.result = Ternary::kYes;
    leg.reason = Reason::kResourceAbsent;
    return leg;
  }
  AssumptionSet ignored;
  const ResourceMatch match = MatchResource(policies, statement, request, ignored);
  leg.node = statement.source->resources->node;
  leg.result = match.matched;
  leg.reason = match.unresolved && match.entry == kNoEntry
                   ? Reason::kVariableUnresolved
                   : ElementReason(match.matched, statement.resource_negated);
  if (match.entry != kNoEntry) leg.value = policies.resource_nodes[match.entry];
  return leg;
}

LegEvidence ConditionLeg(const CompiledPolicySet& policies, const CompiledCondition& condition,
                         BoundRequest::State& request) {
  LegEvidence leg;
  leg.element = Element::kCondition;
  leg.node = condition.source->key_node;
  leg.operator_node = condition.source->op_node;
  AssumptionSet ignored;
  const ConditionMatch match = MatchCondition(policies, condition, request, ignored);
  leg.result = match.matched;
  leg.reason = match.reason;
  if (match.value < condition.values.count) {
    leg.value = policies.value_nodes[condition.value_nodes + match.value];
  }
  return leg;
}

StatementEvidence EvidenceOf(const CompiledPolicySet& policies, const CompiledStatement& statement,
                             Layer layer, BoundRequest::State& request) {
  StatementEvidence evidence;
  evidence.ref = statement.ref;
  evidence.statement = statement.source;
  evidence.effect = statement.effect;
  evidence.legs.reserve(3 + statement.conditions.count);
  evidence.legs.push_back(PrincipalLeg(policies, statement, layer, request));
  evidence.legs.push_back(ActionLeg(statement, request));
  evidence.legs.push_back(ResourceLeg(policies, statement, request));
  for (std::uint32_t i = 0; i < statement.conditions.count; ++i) {
    evidence.legs.push_back(
        ConditionLeg(policies, policies.conditions[statement.conditions.first + i], request));
  }
  evidence.matched = Ternary::kYes;
  for (const LegEvidence& leg : evidence.legs) evidence.matched = And(evidence.matched, leg.result);
  return evidence;
}

LayerEvidence EvidenceOf(const CompiledPolicySet& policies, Layer layer, const LayerAnswer& answer,
                         BoundRequest::State& request) {
  LayerEvidence evidence;
  evidence.layer = layer;
  evidence.outcome = answer.outcome();
  evidence.note = answer.note;
  if (answer.best == Outcome::kNotApplicable) return evidence;
  const Slice groups = policies.groups_of[static_cast<std::size_t>(layer)];
  for (std::uint32_t g = 0; g < groups.count; ++g) {
    const Group& group = policies.groups[groups.first + g];
    for (std::uint32_t i = group.begin; i < group.end; ++i) {
      evidence.statements.push_back(EvidenceOf(policies, policies.statements[i], layer, request));
    }
  }
  std::sort(evidence.statements.begin(), evidence.statements.end(),
            [](const StatementEvidence& a, const StatementEvidence& b) {
              return std::pair(a.ref.policy, a.ref.statement) <
                     std::pair(b.ref.policy, b.ref.statement);
            });
  return evidence;
}

void AddKeys(const CompiledPolicySet& policies, const BoundRequest::State& request,
             Explanation& explanation) {
  for (std::size_t key = 0; key < policies.keys.size(); ++key) {
    const auto id = static_cast<KeyId>(key);
    const Slot& slot = request.SlotOf(id);
    const bool tested = policies.keys.IsTested(id);
    if (!tested && slot.source == KeySource::kAbsent) continue;
    KeyEvidence evidence;
    evidence.name = policies.keys.NameOf(id);
    evidence.source = slot.state == SlotState::kUnknown  ? KeySource::kUnknown
                      : slot.state == SlotState::kAbsent ? KeySource::kAbsent
                                                         : slot.source;
    evidence.values.assign(slot.values, slot.values + slot.count);
    evidence.tested = tested;
    explanation.keys.push_back(std::move(evidence));
  }
  // Supplied keys that no policy reads: shown too, so that a misspelt one is seen.
  for (const ContextEntry& entry : request.request->context) {
    if (policies.keys.Find(entry.key)) continue;
    KeyEvidence evidence;
    evidence.name = entry.key;
    evidence.source = entry.unknown      ? KeySource::kUnknown
                      : entry.count == 0 ? KeySource::kAbsent
                                         : KeySource::kSupplied;
    const std::string_view* const first = request.request->values.data() + entry.first;
    evidence.values.assign(first, first + entry.count);
    explanation.keys.push_back(std::move(evidence));
  }
  std::sort(explanation.keys.begin(), explanation.keys.end(),
            [](const KeyEvidence& a, const KeyEvidence& b) {
              return policy::FoldAscii(a.name) < policy::FoldAscii(b.name);
            });
}

std::string RequesterText(const Principal& principal) {
  switch (principal.kind) {
    case RequesterKind::kArn:
      return std::string(principal.arn);
    case RequesterKind::kAnonymous:
      return "*";
    case RequesterKind::kService:
      return std::string(principal.service);
    case RequesterKind::kFederated:
      return std::string(principal.provider);
    case RequesterKind::kUnknown:
      return "";
  }
  return "";
}

template <typename E, std::size_t N>
std::string_view NameIn(const std::string_view (&names)[N], E value) {
  const auto index = static_cast<std::size_t>(value);
  return index < N ? names[index] : std::string_view{};
}

}  // namespace

std::string_view ElementName(Element element) {
  constexpr std::string_view kNames[] = {"principal", "action", "resource", "condition"};
  return NameIn(kNames, element);
}

std::string_view ReasonName(Reason reason) {
  constexpr std::string_view kNames[] = {
      "matched",
      "not-matched",
      "negated-matched",
      "negated-not-matched",
      "key-missing",
      "negated-missing-true",
      "ifexists",
      "type-error",
      "variable-unresolved",
      "multivalued-without-set-operator",
      "unknown-operator",
      "empty-values",
      "vacuous",
      "unknown",
      "principal-absent",
      "resource-absent",
  };
  static_assert(std::size(kNames) == static_cast<std::size_t>(Reason::kResourceAbsent) + 1);
  return NameIn(kNames, reason);
}

std::string_view OutcomeName(Outcome outcome) {
  constexpr std::string_view kNames[] = {"not-applicable", "allow", "implicit-deny",
                                         "explicit-deny", "unknown"};
  return NameIn(kNames, outcome);
}

std::string_view KeySourceName(KeySource source) {
  constexpr std::string_view kNames[] = {"absent", "supplied", "derived", "defaulted", "unknown"};
  return NameIn(kNames, source);
}

Explanation Explain(std::shared_ptr<const CompiledPolicySet> policies, BoundRequest& request) {
  BoundRequest::State& state = request.state();
  const Answers answers = EvaluateLayers(*policies, state);
  Explanation explanation;
  explanation.decision = DecideFrom(state, answers);
  explanation.principal = RequesterText(state.request->principal);
  explanation.action = state.request->action;
  explanation.resource = state.resource_unknown ? "" : std::string(state.request->resource);
  explanation.resource_account = state.resource_account;
  explanation.layers.reserve(kLayerCount);
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    explanation.layers.push_back(
        EvidenceOf(*policies, static_cast<Layer>(i), answers.layers[i], state));
  }
  AddKeys(*policies, state, explanation);
  explanation.missing = MissingNames(*policies, explanation.decision.missing);
  explanation.policies = std::move(policies);
  return explanation;
}

}  // namespace postern::authz
