#include "authz/explain.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>

#include "authz/bound.h"
#include "authz/compiled.h"
#include "authz/engine.h"
#include "authz/gate.h"
#include "authz/layers.h"
#include "authz/match/action_index.h"
#include "authz/on_bucket.h"
#include "authz/settle.h"
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
                         Layer layer, BoundRequest::State& request) {
  LegEvidence leg;
  leg.element = Element::kPrincipal;
  if (!statement.has_principal) {
    leg.result = Ternary::kYes;
    leg.reason = Reason::kPrincipalAbsent;
    return leg;
  }
  AssumptionSet ignored;
  const PrincipalMatch match = MatchPrincipal(policies, statement, layer, request, ignored);
  leg.node = statement.source->principal->node;
  leg.result = match.matched;
  leg.reason = ElementReason(match.matched, statement.principal_negated);
  if (match.entry != kNoEntry) leg.value = policies.principal_nodes[match.entry];
  return leg;
}

// The index knows whether the element holds; which entry it was is looked for only if one was.
LegEvidence ActionLeg(const CompiledStatement& statement, bool selected,
                      const BoundRequest::State& request) {
  LegEvidence leg;
  leg.element = Element::kAction;
  const policy::PatternSet& actions = *statement.source->actions;
  leg.node = actions.node;
  leg.result = selected ? Ternary::kYes : Ternary::kNo;
  leg.reason = ElementReason(leg.result, actions.negated);
  if (selected != actions.negated) {
    const bool refused = request.alternatives.Has(Assumption::kA7);
    const auto listed = std::ranges::find_if(actions.patterns, [&](const Node* node) {
      return MatchesAction(node->text, request.vendor, request.name) &&
             !(refused && node->text.starts_with("*:"));
    });
    if (listed != actions.patterns.end()) leg.value = *listed;
  }
  return leg;
}

LegEvidence ResourceLeg(const CompiledPolicySet& policies, const CompiledStatement& statement,
                        BoundRequest::State& request) {
  LegEvidence leg;
  leg.element = Element::kResource;
  if (!statement.has_resource) {
    leg.result = request.absent_resource_is_inert ? Ternary::kNo : Ternary::kYes;
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

std::string_view RequesterText(const Principal& principal) {
  switch (principal.kind) {
    case RequesterKind::kArn:
      return principal.arn;
    case RequesterKind::kAnonymous:
      return "*";
    case RequesterKind::kService:
      return principal.service;
    case RequesterKind::kFederated:
      return principal.provider;
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

// Fills an Explanation. Its arrays get their final size before anything refers to them.
class Explainer {
 public:
  Explainer(const CompiledPolicySet& policies, BoundRequest::State& request, Explanation& into)
      : policies_(policies), request_(request), into_(into) {}

  void Run() {
    Answers answers = EvaluateLayers(policies_, request_);
    into_.decision = DecideFrom(request_, answers);
    if (request_.through_access_point) ShowBucketSide(answers);
    AddLayers(answers);
    AddRequest();
    into_.missing = MissingNames(policies_, into_.decision.missing);
  }

 private:
  // Where the caller's own policies are lacking on the bucket's side, that is what there is to show
  // (S7.12.8).
  void ShowBucketSide(Answers& answers) const {
    if (into_.decision.verdict != Verdict::kImplicitDeny) return;
    constexpr std::uint8_t kEnough = kDirectlyNamed | kRoleNamed | kFederatingUserNamed;
    const bool granted = (answers.Of(Layer::kResource).possible_strengths & kEnough) != 0;
    for (std::size_t i = 0; i < kCallersOwnCount; ++i) {
      const auto layer = static_cast<Layer>(kFirstOfCaller + i);
      const bool lacks = answers.on_bucket[i].best == Outcome::kImplicitDeny;
      if (!lacks || !into_.decision.decided_by.Has(layer)) continue;
      LayerAnswer& answer = answers.Of(layer);
      if (answer.best != Outcome::kImplicitDeny) {
        answer = EvaluateOnBucket(policies_, request_, answers.requester).Of(layer);
        answer.judged_on = JudgedOn::kBucket;
      } else if (request_.same_account == Ternary::kYes && !granted) {
        answer.judged_on = JudgedOn::kBoth;
      }
    }
  }

  void AddLayers(const Answers& answers) {
    into_.statements_.clear();
    into_.statements_.reserve(policies_.statements.size());
    into_.legs_.clear();
    into_.legs_.reserve(3 * policies_.statements.size() + policies_.conditions.size());
    for (std::size_t i = 0; i < kLayerCount; ++i) {
      const LayerAnswer& answer = answers.layers[i];
      LayerEvidence& evidence = into_.layers[i];
      evidence = {};
      evidence.layer = static_cast<Layer>(i);
      evidence.outcome = answer.outcome();
      evidence.note = answer.note;
      if (answer.best == Outcome::kNotApplicable) continue;
      evidence.judged_on = answer.judged_on;
      std::optional<OnBucket> on_bucket;
      if (answer.judged_on == JudgedOn::kBucket) on_bucket.emplace(request_);
      const std::size_t first = into_.statements_.size();
      const Slice groups = policies_.groups_of[i];
      for (std::uint32_t g = 0; g < groups.count; ++g) {
        AddGroup(policies_.groups[groups.first + g]);
      }
      evidence.statements = std::span(into_.statements_).subspan(first);
    }
  }

  // The statements of a group stand Deny first: back into document order.
  void AddGroup(const Group& group) {
    std::uint32_t deny = group.begin;
    std::uint32_t allow = group.deny_end;
    while (deny < group.deny_end || allow < group.end) {
      const bool next_denies =
          allow == group.end || (deny < group.deny_end && StandsBefore(deny, allow));
      AddStatement(group.layer, next_denies ? deny++ : allow++);
    }
  }

  bool StandsBefore(std::uint32_t a, std::uint32_t b) const {
    const StatementRef& left = policies_.statements[a].ref;
    const StatementRef& right = policies_.statements[b].ref;
    return left.policy != right.policy ? left.policy < right.policy
                                       : left.statement < right.statement;
  }

  void AddStatement(Layer layer, std::uint32_t index) {
    const CompiledStatement& statement = policies_.statements[index];
    const bool selected = ((request_.candidates[index / 64] >> (index % 64)) & 1) != 0;
    std::vector<LegEvidence>& legs = into_.legs_;
    const std::size_t first = legs.size();
    legs.push_back(PrincipalLeg(policies_, statement, layer, request_));
    legs.push_back(ActionLeg(statement, selected, request_));
    legs.push_back(ResourceLeg(policies_, statement, request_));
    for (std::uint32_t i = 0; i < statement.conditions.count; ++i) {
      legs.push_back(
          ConditionLeg(policies_, policies_.conditions[statement.conditions.first + i], request_));
    }
    StatementEvidence& evidence = into_.statements_.emplace_back();
    evidence.ref = statement.ref;
    evidence.statement = statement.source;
    evidence.effect = statement.effect;
    evidence.legs = std::span(legs).subspan(first);
    evidence.matched = Ternary::kYes;
    for (const LegEvidence& leg : evidence.legs) {
      evidence.matched = And(evidence.matched, leg.result);
    }
  }

  // ---- the request: its text is copied, since the request may go before its explanation

  void AddRequest() {
    const Request& request = *request_.request;
    const std::string_view requester = RequesterText(request.principal);
    const std::string_view resource =
        request_.resource_unknown ? std::string_view() : request.resource;
    const std::string_view bucket =
        request_.through_access_point ? request_.bucket.text : std::string_view();
    std::size_t bytes = requester.size() + request.action.size() + resource.size() + bucket.size() +
                        request_.resource_account.size();
    std::size_t values = request.values.size();
    for (const std::string_view value : request.values) bytes += value.size();
    for (const ContextEntry& entry : request.context) bytes += entry.key.size();
    for (const Slot& slot : request_.slots) {
      if (slot.source != KeySource::kDerived && slot.source != KeySource::kDefaulted) continue;
      values += slot.count;
      for (std::uint32_t i = 0; i < slot.count; ++i) bytes += slot.values[i].size();
    }
    into_.text_.clear();
    into_.text_.reserve(bytes);
    into_.values_.clear();
    into_.values_.reserve(values);
    into_.principal = Keep(requester);
    into_.action = Keep(request.action);
    into_.resource = Keep(resource);
    into_.through_access_point = request_.through_access_point;
    into_.bucket_resource = Keep(bucket);
    into_.resource_account = Keep(request_.resource_account);
    AddKeys();
  }

  std::string_view Keep(std::string_view text) {
    const std::size_t first = into_.text_.size();
    into_.text_.insert(into_.text_.end(), text.begin(), text.end());
    return {into_.text_.data() + first, text.size()};
  }

  std::span<const std::string_view> KeepValues(const std::string_view* values,
                                               std::uint32_t count) {
    const std::size_t first = into_.values_.size();
    for (std::uint32_t i = 0; i < count; ++i) into_.values_.push_back(Keep(values[i]));
    return std::span(into_.values_).subspan(first);
  }

  void AddKeys() {
    // Supplied keys that no policy reads: shown too, so that a misspelt one is seen.
    std::vector<const ContextEntry*> unread;
    for (const ContextEntry& entry : request_.request->context) {
      if (!policies_.keys.Find(entry.key)) unread.push_back(&entry);
    }
    std::ranges::sort(unread, policy::LessIgnoreAsciiCase, &ContextEntry::key);

    into_.keys_.clear();
    into_.keys_.reserve(policies_.keys.size() + unread.size());
    auto next = unread.begin();
    for (const KeyId key : policies_.keys.by_name()) {
      const Slot& slot = request_.SlotOf(key);
      const bool tested = policies_.keys.IsTested(key);
      if (!tested && slot.source == KeySource::kAbsent) continue;
      const std::string_view name = policies_.keys.NameOf(key);
      for (; next != unread.end() && policy::LessIgnoreAsciiCase((*next)->key, name); ++next) {
        AddUnread(**next);
      }
      const KeySource source = slot.state == SlotState::kUnknown  ? KeySource::kUnknown
                               : slot.state == SlotState::kAbsent ? KeySource::kAbsent
                                                                  : slot.source;
      into_.keys_.push_back({name, source, tested, KeepValues(slot.values, slot.count)});
    }
    for (; next != unread.end(); ++next) AddUnread(**next);
    into_.keys = into_.keys_;
  }

  void AddUnread(const ContextEntry& entry) {
    const KeySource source = entry.unknown      ? KeySource::kUnknown
                             : entry.count == 0 ? KeySource::kAbsent
                                                : KeySource::kSupplied;
    into_.keys_.push_back({Keep(entry.key), source, false,
                           KeepValues(request_.request->values.data() + entry.first, entry.count)});
  }

  const CompiledPolicySet& policies_;
  BoundRequest::State& request_;
  Explanation& into_;
};

void Explain(std::shared_ptr<const CompiledPolicySet> policies, BoundRequest& request,
             Explanation& into) {
  Explainer(*policies, request.state(), into).Run();
  into.policies = std::move(policies);
}

Explanation Explain(std::shared_ptr<const CompiledPolicySet> policies, BoundRequest& request) {
  Explanation explanation;
  Explain(std::move(policies), request, explanation);
  return explanation;
}

}  // namespace postern::authz
