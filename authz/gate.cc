#include "authz/gate.h"

#include <bit>

namespace postern::authz {
namespace {

// Whether the request comes through the endpoint hangs on its Region, or on what the endpoint is.
void AddUnknownEndpoint(const BoundRequest::State& request, MissingSet& missing) {
  if (request.through_endpoint != Ternary::kUnknown) return missing.AddLayer(Layer::kEndpoint);
  if (request.resource_unknown) return missing.AddResource();
  missing.AddKey(kRequestedRegion);
}

// A key that is unknown because something else of the request is: that is what to give.
void AddUnknownKey(KeyId key, const BoundRequest::State& request, MissingSet& missing) {
  const Slot& slot = request.SlotOf(key);
  if (slot.state != SlotState::kUnknown) return;
  if (slot.source != KeySource::kDerived) return missing.AddKey(key);
  // An account that is known does not tell its organization.
  const bool of_caller = key == kPrincipalOrgId || key == kPrincipalOrgPaths;
  const bool of_resource = key == kResourceOrgId || key == kResourceOrgPaths;
  if (of_caller && !request.account.empty()) return missing.AddKey(key);
  if (of_resource && !request.resource_account.empty()) return missing.AddKey(key);
  if (key <= kUsername || key >= kWellKnownKeyCount) return missing.AddPrincipal();
  if (key >= kResourceAccount && key <= kS3ResourceAccount) return missing.AddResourceAccount();
  if (key == kRequestedRegion) return missing.AddResource();
  if (key == kAccessPointNetworkOrigin) return missing.AddLayer(Layer::kAccessPoint);
  if (key <= kVpcSourceIp) return AddUnknownEndpoint(request, missing);
  missing.AddKey(key);
}

void AddUnknownVariables(const CompiledPolicySet& policies, const CompiledText& text,
                         const BoundRequest::State& request, MissingSet& missing) {
  for (std::uint32_t i = 0; i < text.variables.count; ++i) {
    AddUnknownKey(policies.variables[text.variables.first + i].key, request, missing);
  }
}

void AddUnknownOf(const CompiledPolicySet& policies, const CompiledCondition& condition,
                  const BoundRequest::State& request, MissingSet& missing) {
  AddUnknownKey(condition.key, request, missing);
  for (std::uint32_t i = 0; i < condition.values.count; ++i) {
    const std::uint32_t index = condition.values.first + i;
    if (condition.family == policy::OperatorFamily::kArn) {
      AddUnknownVariables(policies, policies.arns[index].text, request, missing);
    } else if (condition.family == policy::OperatorFamily::kString ||
               condition.family == policy::OperatorFamily::kBool) {
      AddUnknownVariables(policies, policies.texts[index], request, missing);
    }
  }
}

// Calls `visit(statement)` for those of `statements` in [begin, end), in order, until it answers
// false.
template <typename Visit>
void ForEach(const std::vector<std::uint64_t>& statements, std::uint32_t begin, std::uint32_t end,
             Visit visit) {
  std::uint32_t at = begin;
  while (at < end) {
    std::uint64_t word = statements[at / 64] >> (at % 64);
    if (word == 0) {
      at = (at / 64 + 1) * 64;
      continue;
    }
    at += static_cast<std::uint32_t>(std::countr_zero(word));
    if (at >= end || !visit(at)) return;
    ++at;
  }
}

// A7, where a statement that a pattern `*:Name` selects, or spares, holds in its other elements.
void NoteAnyService(const CompiledPolicySet& policies, const Group& group,
                    BoundRequest::State& request, AssumptionSet& assumed) {
  ForEach(request.by_any_service, group.begin, group.end, [&](std::uint32_t index) {
    AssumptionSet ignored;
    MissingSet missing;
    const StatementMatch match = MatchStatement(policies, policies.statements[index], group.layer,
                                                request, ignored, missing);
    if (match.matched != Ternary::kNo) assumed.Add(Assumption::kA7);
    return match.matched == Ternary::kNo;
  });
}

}  // namespace

StatementMatch MatchStatement(const CompiledPolicySet& policies, const CompiledStatement& statement,
                              Layer layer, BoundRequest::State& request, AssumptionSet& assumed,
                              MissingSet& missing) {
  StatementMatch match;
  match.matched = Ternary::kYes;
  ResourceMatch resource;
  if (!statement.has_resource && request.absent_resource_is_inert) return {};
  if (statement.has_resource) {
    resource = MatchResource(policies, statement, request, assumed);
    match.matched = resource.matched;
    if (match.matched == Ternary::kNo) return {};
  }
  Ternary principal_result = Ternary::kYes;
  if (statement.NamesEveryone()) {
    match.strengths = match.possible_strengths = kDirectlyNamed;
  } else if (statement.has_principal) {
    const PrincipalMatch principal = MatchPrincipal(policies, statement, layer, request, assumed);
    principal_result = principal.matched;
    match.matched = And(match.matched, principal.matched);
    if (match.matched == Ternary::kNo) return {};
    match.strengths = principal.strengths;
    match.possible_strengths = principal.possible_strengths;
  }
  for (std::uint32_t i = 0; i < statement.conditions.count; ++i) {
    const CompiledCondition& condition = policies.conditions[statement.conditions.first + i];
    match.matched =
        And(match.matched, MatchCondition(policies, condition, request, assumed).matched);
    if (match.matched == Ternary::kNo) return {};
  }
  if (match.matched == Ternary::kYes) return match;

  match.strengths = 0;
  if (principal_result == Ternary::kUnknown) {
    if (request.PathIsUnknown()) {
      missing.AddKey(kPrincipalArn);
    } else {
      missing.AddPrincipal();
    }
  }
  if (resource.matched == Ternary::kUnknown) {
    if (request.resource_unknown) missing.AddResource();
    for (std::uint32_t i = 0; i < statement.resources.count; ++i) {
      AddUnknownVariables(policies, policies.resources[statement.resources.first + i].text, request,
                          missing);
    }
  }
  AssumptionSet ignored;
  for (std::uint32_t i = 0; i < statement.conditions.count; ++i) {
    const CompiledCondition& condition = policies.conditions[statement.conditions.first + i];
    if (MatchCondition(policies, condition, request, ignored).matched == Ternary::kUnknown) {
      AddUnknownOf(policies, condition, request, missing);
    }
  }
  return match;
}

Gate EvaluateGroup(const CompiledPolicySet& policies, const Group& group,
                   BoundRequest::State& request, AssumptionSet& assumed, MissingSet& missing) {
  if (!request.by_any_service.empty()) NoteAnyService(policies, group, request, assumed);
  Gate gate;
  ForEach(request.candidates, group.begin, group.deny_end, [&](std::uint32_t index) {
    const CompiledStatement& statement = policies.statements[index];
    const StatementMatch match =
        MatchStatement(policies, statement, group.layer, request, assumed, missing);
    gate.deny = Or(gate.deny, match.matched);
    if (match.matched == Ternary::kYes) gate.denied_by = statement.ref;
    return gate.deny != Ternary::kYes;
  });
  // A layer that surely denies is done: what it allows besides changes nothing.
  if (gate.deny == Ternary::kYes) return gate;
  const bool strengths_count =
      group.layer == Layer::kResource || group.layer == Layer::kAccessPoint;
  ForEach(request.candidates, group.deny_end, group.end, [&](std::uint32_t index) {
    const CompiledStatement& statement = policies.statements[index];
    const StatementMatch match =
        MatchStatement(policies, statement, group.layer, request, assumed, missing);
    if (match.matched == Ternary::kYes && !gate.allowed_by.present()) {
      gate.allowed_by = statement.ref;
    }
    gate.allow = Or(gate.allow, match.matched);
    gate.strengths |= match.strengths;
    gate.possible_strengths |= match.possible_strengths;
    return gate.allow != Ternary::kYes ||
           (strengths_count && (gate.strengths & kDirectlyNamed) == 0);
  });
  return gate;
}

}  // namespace postern::authz
