#include "authz/match/conditions.h"

#include <optional>

#include "authz/match/alternatives.h"
#include "authz/match/text.h"
#include "policy/language/arn.h"
#include "policy/language/values.h"

namespace postern::authz {
namespace {

using policy::BaseOperator;
using policy::OperatorFamily;
using policy::SetQualifier;

// One request value against all policy values, in the positive sense; the caller negates.
struct ValueMatch {
  Ternary hit = Ternary::kNo;
  bool type_error = false;
  bool unresolved = false;
  std::uint32_t value = UINT32_MAX;
};

template <typename T>
bool Compare(BaseOperator base, const T& request, const T& policy) {
  switch (base) {
    case BaseOperator::kNumericLessThan:
    case BaseOperator::kDateLessThan:
      return request < policy;
    case BaseOperator::kNumericLessThanEquals:
    case BaseOperator::kDateLessThanEquals:
      return request <= policy;
    case BaseOperator::kNumericGreaterThan:
    case BaseOperator::kDateGreaterThan:
      return request > policy;
    case BaseOperator::kNumericGreaterThanEquals:
    case BaseOperator::kDateGreaterThanEquals:
      return request >= policy;
    default:
      return request == policy;  // Equals and NotEquals
  }
}

// Typed values without variables: read the request's side once, then compare.
template <typename T, typename Parsed, typename Matches>
ValueMatch MatchTyped(const std::vector<T>& all, Slice values, const std::optional<Parsed>& request,
                      Matches matches) {
  ValueMatch match;
  if (!request) {
    match.type_error = true;
    return match;
  }
  for (std::uint32_t i = 0; i < values.count; ++i) {
    if (matches(*request, all[values.first + i])) {
      match.hit = Ternary::kYes;
      match.value = i;
      return match;
    }
  }
  return match;
}

// Values that may hold variables: a sure hit ends the search, a possible one is remembered.
template <typename MatchOne>
ValueMatch MatchTexts(Slice values, bool negated, const BoundRequest::State& request,
                      AssumptionSet& assumed, MatchOne match_one) {
  ValueMatch match;
  for (std::uint32_t i = 0; i < values.count; ++i) {
    const TextMatch text = match_one(values.first + i);
    assumed.Merge(text.reached);
    match.unresolved |= text.unresolved;
    if (text.malformed && negated) {
      assumed.Add(Assumption::kA14);
      if (!request.alternatives.Has(Assumption::kA14)) {
        match.type_error = true;
        return match;
      }
    }
    if (text.matched > match.hit) {
      match.hit = text.matched;
      match.value = i;
      if (match.hit == Ternary::kYes) return match;
    }
  }
  return match;
}

ValueMatch MatchBool(const CompiledPolicySet& policies, const CompiledCondition& condition,
                     std::string_view value, BoundRequest::State& request, AssumptionSet& assumed) {
  ValueMatch match;
  const auto actual = policy::ParseBool(value);
  if (!actual) {
    match.type_error = true;
    return match;
  }
  if (*actual ? condition.wants_true : condition.wants_false) match.hit = Ternary::kYes;
  if (condition.values.count == 0 || match.hit == Ternary::kYes) return match;
  assumed.Add(Assumption::kA10);
  if (request.alternatives.Has(Assumption::kA10)) return match;
  return MatchTexts(
      condition.values, condition.negated, request, assumed, [&](std::uint32_t index) {
        TextMatch text;
        if (const auto wanted = ExpandText(policies, policies.texts[index], request, text)) {
          const auto parsed = policy::ParseBool(*wanted);
          text.malformed = !parsed;
          text.matched = parsed == actual ? Ternary::kYes : Ternary::kNo;
        }
        return text;
      });
}

ValueMatch MatchValue(const CompiledPolicySet& policies, const CompiledCondition& condition,
                      std::string_view value, BoundRequest::State& request,
                      AssumptionSet& assumed) {
  const BaseOperator base = condition.op.base;
  switch (condition.family) {
    case OperatorFamily::kString:
      return MatchTexts(condition.values, condition.negated, request, assumed,
                        [&](std::uint32_t index) {
                          return MatchText(policies, policies.texts[index], value, request,
                                           condition.ignore_case);
                        });
    case OperatorFamily::kArn: {
      const policy::Arn fields = policy::SplitConcreteArn(value);
      if (!fields.valid()) {
        ValueMatch match;
        match.type_error = true;
        return match;
      }
      return MatchTexts(condition.values, condition.negated, request, assumed,
                        [&](std::uint32_t index) {
                          return MatchArn(policies, policies.arns[index], value, fields, request);
                        });
    }
    case OperatorFamily::kNumeric:
      return MatchTyped(policies.numbers, condition.values, policy::Decimal::Parse(value),
                        [base](const policy::Decimal& actual, const policy::Decimal& wanted) {
                          return Compare(base, actual, wanted);
                        });
    case OperatorFamily::kDate:
      return MatchTyped(policies.instants, condition.values, policy::Instant::Parse(value),
                        [base](const policy::Instant& actual, const policy::Instant& wanted) {
                          return Compare(base, actual, wanted);
                        });
    case OperatorFamily::kIpAddress: {
      const auto address = policy::IpAddress::Parse(value);
      const bool unmap = request.alternatives.Has(Assumption::kA15);
      bool mapped = address && address->IsMapped();
      const ValueMatch match = MatchTyped(
          policies.blocks, condition.values, address,
          [&](const policy::IpAddress& actual, const policy::CidrBlock& wanted) {
            mapped |= wanted.IsMapped();
            return unmap ? wanted.Unmapped().Contains(actual.Unmapped()) : wanted.Contains(actual);
          });
      if (mapped) assumed.Add(Assumption::kA15);
      return match;
    }
    case OperatorFamily::kBinary: {
      ValueMatch match;
      if (!policy::IsBase64(value)) {
        match.type_error = true;
        return match;
      }
      return MatchTexts(condition.values, condition.negated, request, assumed,
                        [&](std::uint32_t index) {
                          return MatchText(policies, policies.texts[index], value, request);
                        });
    }
    case OperatorFamily::kBool:
      return MatchBool(policies, condition, value, request, assumed);
    case OperatorFamily::kNull:
      break;
  }
  return {};
}

// S12.3 `one`: a type error is false for positive and negated operators alike. The alternative:
// what cannot be read equals nothing, so negated operators hold (A14).
ConditionMatch MatchOne(const CompiledPolicySet& policies, const CompiledCondition& condition,
                        std::string_view value, BoundRequest::State& request,
                        AssumptionSet& assumed) {
  const ValueMatch found = MatchValue(policies, condition, value, request, assumed);
  ConditionMatch match;
  match.value = found.value;
  if (found.type_error) {
    assumed.Add(Assumption::kA14);
    if (condition.negated && request.alternatives.Has(Assumption::kA14)) {
      match.matched = Ternary::kYes;
    }
    match.reason = Reason::kTypeError;
    return match;
  }
  match.matched = condition.negated ? Not(found.hit) : found.hit;
  if (match.matched == Ternary::kUnknown) {
    match.reason = Reason::kUnknown;
  } else if (condition.negated) {
    match.reason = match.matched == Ternary::kYes
                       ? (found.unresolved ? Reason::kVariableUnresolved : Reason::kNegatedMatched)
                       : Reason::kNegatedNotMatched;
  } else {
    match.reason = match.matched == Ternary::kYes ? Reason::kMatched
                   : found.unresolved             ? Reason::kVariableUnresolved
                                                  : Reason::kNotMatched;
  }
  return match;
}

ConditionMatch Certain(bool holds, Reason reason) {
  return {holds ? Ternary::kYes : Ternary::kNo, reason, UINT32_MAX};
}

ConditionMatch Unknown() { return {Ternary::kUnknown, Reason::kUnknown, UINT32_MAX}; }

// S4.5. "Absent" counts the single value "" as null (A11).
ConditionMatch MatchNull(const CompiledCondition& condition, const Slot& slot,
                         const BoundRequest::State& request, AssumptionSet& assumed) {
  if (condition.op.qualifier == SetQualifier::kForAllValues) return Certain(true, Reason::kVacuous);
  if (condition.op.qualifier == SetQualifier::kForAnyValue) {
    return Certain(false, Reason::kNotMatched);
  }
  if (condition.wants_true && condition.wants_false) return Certain(true, Reason::kMatched);
  if (slot.state == SlotState::kUnknown) return Unknown();
  bool absent = slot.state == SlotState::kAbsent;
  if (!absent && slot.count == 1 && slot.values[0].empty()) {
    assumed.Add(Assumption::kA11);
    absent = !request.alternatives.Has(Assumption::kA11);
  }
  const bool holds = absent ? condition.wants_true : condition.wants_false;
  return Certain(holds, holds    ? Reason::kMatched
                        : absent ? Reason::kKeyMissing
                                 : Reason::kNotMatched);
}

// S4.8: a list that was written empty. The alternative is read as broadly as it can be: it holds
// under every operator, with a set operator too (A13).
ConditionMatch MatchNoValues(const CompiledCondition& condition, const Slot& slot,
                             const BoundRequest::State& request, AssumptionSet& assumed) {
  assumed.Add(Assumption::kA13);
  if (request.alternatives.Has(Assumption::kA13)) return Certain(true, Reason::kEmptyValues);
  if (condition.op.qualifier == SetQualifier::kForAnyValue) {
    return Certain(false, Reason::kEmptyValues);
  }
  if (condition.op.qualifier == SetQualifier::kForAllValues) {
    if (slot.state == SlotState::kUnknown) return Unknown();
    return Certain(slot.IsNull(), Reason::kEmptyValues);
  }
  if (condition.negated) return Certain(true, Reason::kEmptyValues);
  if (!condition.op.if_exists) return Certain(false, Reason::kEmptyValues);
  if (slot.state == SlotState::kUnknown) return Unknown();
  return Certain(slot.state == SlotState::kAbsent, Reason::kIfExists);
}

// One value of several under a set operator: an empty one counts like any other, as long as not all
// of them are empty. The alternative passes it over (A25).
bool IsPassedOver(std::string_view value, const BoundRequest::State& request,
                  AssumptionSet& assumed) {
  if (!value.empty()) return false;
  assumed.Add(Assumption::kA25);
  return request.alternatives.Has(Assumption::kA25);
}

ConditionMatch MatchEachValue(const CompiledPolicySet& policies, const CompiledCondition& condition,
                              const Slot& slot, BoundRequest::State& request,
                              AssumptionSet& assumed) {
  ConditionMatch all = Certain(true, Reason::kMatched);
  for (std::uint32_t i = 0; i < slot.count; ++i) {
    if (IsPassedOver(slot.values[i], request, assumed)) continue;
    const ConditionMatch one = MatchOne(policies, condition, slot.values[i], request, assumed);
    if (one.matched < all.matched) all = one;
  }
  return all;
}

ConditionMatch MatchAllValues(const CompiledPolicySet& policies, const CompiledCondition& condition,
                              const Slot& slot, BoundRequest::State& request,
                              AssumptionSet& assumed) {
  if (slot.state == SlotState::kUnknown) return Unknown();
  if (slot.IsNull()) return Certain(true, Reason::kVacuous);
  return MatchEachValue(policies, condition, slot, request, assumed);
}

ConditionMatch MatchAnyValue(const CompiledPolicySet& policies, const CompiledCondition& condition,
                             const Slot& slot, BoundRequest::State& request,
                             AssumptionSet& assumed) {
  if (slot.state == SlotState::kUnknown) return Unknown();
  if (slot.IsNull()) {
    if (condition.op.if_exists && slot.state == SlotState::kAbsent) {
      assumed.Add(Assumption::kA12);
      if (request.alternatives.Has(Assumption::kA12)) return Certain(true, Reason::kIfExists);
    }
    return Certain(false, Reason::kKeyMissing);
  }
  ConditionMatch any = Certain(false, Reason::kNotMatched);
  for (std::uint32_t i = 0; i < slot.count; ++i) {
    if (IsPassedOver(slot.values[i], request, assumed)) continue;
    const ConditionMatch one = MatchOne(policies, condition, slot.values[i], request, assumed);
    if (one.matched > any.matched || i == 0) any = one;
  }
  return any;
}

// The common case: see CompiledCondition::plain.
ConditionMatch MatchPlain(const CompiledPolicySet& policies, const CompiledCondition& condition,
                          std::string_view value) {
  const CompiledText* const texts = policies.texts.data() + condition.values.first;
  for (std::uint32_t i = 0; i < condition.values.count; ++i) {
    if (!texts[i].pattern.Matches(value)) continue;
    return condition.negated ? ConditionMatch{Ternary::kNo, Reason::kNegatedNotMatched, i}
                             : ConditionMatch{Ternary::kYes, Reason::kMatched, i};
  }
  return condition.negated ? Certain(true, Reason::kNegatedMatched)
                           : Certain(false, Reason::kNotMatched);
}

ConditionMatch Match(const CompiledPolicySet& policies, const CompiledCondition& condition,
                     BoundRequest::State& request, AssumptionSet& assumed) {
  if (!condition.known_operator) return Certain(false, Reason::kUnknownOperator);
  if (condition.type_error != condition.type_error_turned_by.HasAny(request.alternatives)) {
    return Certain(false, Reason::kTypeError);
  }
  const Slot& slot = request.SlotOf(condition.key);
  if (condition.no_values) return MatchNoValues(condition, slot, request, assumed);
  if (condition.family == OperatorFamily::kNull) {
    return MatchNull(condition, slot, request, assumed);
  }
  if (condition.op.qualifier == SetQualifier::kForAllValues) {
    return MatchAllValues(policies, condition, slot, request, assumed);
  }
  if (condition.op.qualifier == SetQualifier::kForAnyValue) {
    return MatchAnyValue(policies, condition, slot, request, assumed);
  }

  const bool holds_when_missing = condition.op.if_exists || condition.negated;
  if (slot.state == SlotState::kUnknown) {
    // A multivalued key without a set operator can only hold by being missing (S4.19).
    if (condition.multivalued && !holds_when_missing) {
      return Certain(false, Reason::kMultivaluedWithoutSetOperator);
    }
    return Unknown();
  }
  if (slot.state == SlotState::kAbsent) {
    return Certain(holds_when_missing, !holds_when_missing ? Reason::kKeyMissing
                                       : condition.negated ? Reason::kNegatedMissingTrue
                                                           : Reason::kIfExists);
  }
  if (condition.multivalued || slot.count > 1) {
    if (condition.negated) {
      assumed.Add(Assumption::kA17);
      if (request.alternatives.Has(Assumption::kA17)) {
        return MatchEachValue(policies, condition, slot, request, assumed);
      }
    }
    return Certain(false, Reason::kMultivaluedWithoutSetOperator);
  }
  return MatchOne(policies, condition, slot.values[0], request, assumed);
}

}  // namespace

ConditionMatch MatchCondition(const CompiledPolicySet& policies, const CompiledCondition& condition,
                              BoundRequest::State& request, AssumptionSet& assumed) {
  if (condition.plain) {
    const Slot& slot = request.SlotOf(condition.key);
    if (slot.count == 1) return MatchPlain(policies, condition, slot.values[0]);
  }
  AssumptionSet reached = condition.type_error_turned_by;
  const ConditionMatch match = Match(policies, condition, request, reached);
  if (!reached.empty()) {
    NoteDecisive(reached, request, assumed, [&] {
      return MatchCondition(policies, condition, request, assumed).matched == match.matched;
    });
  }
  return match;
}

}  // namespace postern::authz
