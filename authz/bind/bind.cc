#include "authz/bind.h"

#include <cstring>
#include <string>

#include "authz/bind/binding.h"
#include "policy/language/fold.h"

namespace postern::authz {
namespace {

void Reset(const CompiledPolicySet& policies, const Request& request, AssumptionSet alternatives,
           BoundRequest::State& state) {
  state.policies = &policies;
  state.request = &request;
  // A Slot of zeros is an absent one.
  state.slots.resize(policies.keys.size());
  std::memset(static_cast<void*>(state.slots.data()), 0, state.slots.size() * sizeof(Slot));
  state.assumed = policies.assumed;
  state.alternatives = alternatives;
  state.by_any_service.clear();
  state.text.release();
  state.who = {};
  state.path_known = false;
  state.role_path = {};
  state.service_linked = false;
  state.account = {};
  state.resource_arn = {};
  state.head_has_upper = false;
  state.all_buckets = false;
  state.endpoint = EndpointUse::kNone;
  state.through_endpoint = Ternary::kYes;
  state.through_any_endpoint = Ternary::kNo;
  state.gateway = false;
}

// S4.15: whether a key is multivalued is a property of the key.
void CheckMayHaveSeveralValues(Binding& binding, const ContextEntry& entry) {
  const auto known = binding.policies.catalogue.FindConditionKey(entry.key);
  if (!known || known->multivalued) return;
  binding.Fail("several-values",
               "`" + std::string(entry.key) + "` has one value in a request, and " +
                   std::to_string(entry.count) + " are given",
               "/request/context/" + std::string(entry.key));
}

constexpr std::string_view kTagPrefix = "aws:PrincipalTag/";

bool IsTagOfPrincipal(std::string_view key) {
  return key.size() > kTagPrefix.size() &&
         policy::EqualsIgnoreAsciiCase(key.substr(0, kTagPrefix.size()), kTagPrefix);
}

// With a principal that is not known its tags are not known either.
void BindPrincipalTags(Binding& binding) {
  const bool unknown = binding.request.principal.kind == RequesterKind::kUnknown;
  const KeyTable& keys = binding.policies.keys;
  for (std::size_t key = kWellKnownKeyCount; key < keys.size(); ++key) {
    const std::string_view name = keys.NameOf(static_cast<KeyId>(key));
    if (!IsTagOfPrincipal(name)) continue;
    if (unknown) binding.SetUnknown(static_cast<KeyId>(key));
    for (const Tag& tag : binding.request.principal.tags) {
      if (!policy::EqualsIgnoreAsciiCase(name.substr(kTagPrefix.size()), tag.key)) continue;
      Slot& slot = binding.state.slots[key];
      if (slot.source != KeySource::kAbsent) continue;
      slot = {SlotState::kPresent, KeySource::kDerived, 1, &tag.value};
    }
  }
}

// What the context says of a tag must be what the principal says of it.
void CheckPrincipalTags(Binding& binding) {
  const Request& request = binding.request;
  for (const ContextEntry& entry : request.context) {
    if (entry.count == 0 || !IsTagOfPrincipal(entry.key)) continue;
    const std::string_view value = request.values[entry.first];
    for (const Tag& tag : request.principal.tags) {
      const std::string_view tail = entry.key.substr(kTagPrefix.size());
      if (value == tag.value || !policy::EqualsIgnoreAsciiCase(tail, tag.key)) continue;
      binding.Fail("contradiction",
                   "`" + std::string(entry.key) + "` is given as `" + std::string(value) +
                       "`, but the principal's tag is `" + std::string(tag.value) + "`",
                   "/request/context/" + std::string(entry.key));
    }
  }
}

// A pattern `*:Name` counts. The alternative: AWS refuses it, so it selects nothing (A7).
void SelectStatements(const CompiledPolicySet& policies, BoundRequest::State& state) {
  const ActionIndex& actions = policies.actions;
  const bool refused = state.alternatives.Has(Assumption::kA7);
  state.candidates.resize(actions.words());
  actions.Select(state.vendor, state.name, state.candidates.data(), !refused);
  if (!actions.has_any_service()) return;
  state.by_any_service.resize(actions.words());
  actions.Select(state.vendor, state.name, state.by_any_service.data(), refused);
  for (std::size_t i = 0; i < actions.words(); ++i) {
    state.by_any_service[i] ^= state.candidates[i];
  }
}

bool IsSpaceOrWildcard(char c) {
  return c == '*' || c == '?' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

void BindAction(Binding& binding) {
  const std::string_view action = binding.request.action;
  std::size_t colon = action.size();
  bool valid = true;
  for (std::size_t i = 0; i < action.size(); ++i) {
    if (action[i] == ':') {
      valid &= colon == action.size();
      colon = i;
    } else {
      valid &= !IsSpaceOrWildcard(action[i]);
    }
  }
  if (!valid || colon == 0 || colon + 1 >= action.size()) {
    return binding.Fail("bad-action",
                        "`" + std::string(action) + "` is not an action: write `service:Action`",
                        "/request/action");
  }
  const std::string_view lower = binding.Lower(action);
  binding.state.vendor = lower.substr(0, colon);
  binding.state.name = lower.substr(colon + 1);
  binding.state.absent_resource_is_inert = binding.state.vendor == "kms";
  if (binding.state.vendor == "s3" && binding.policies.some_lack_resource) {
    binding.Fail("policy-refused", "a statement of a bucket policy needs Resource",
                 "/policies/resource");
  }
}

void BindContext(Binding& binding) {
  const Request& request = binding.request;
  const KeyTable& keys = binding.policies.keys;
  std::vector<Slot>& slots = binding.state.slots;
  std::vector<KeyId>& guesses = binding.state.guesses;
  if (guesses.size() < request.context.size()) guesses.resize(request.context.size());
  for (std::size_t i = 0; i < request.context.size(); ++i) {
    const ContextEntry& entry = request.context[i];
    if (entry.count > 1) CheckMayHaveSeveralValues(binding, entry);
    const auto key = keys.Find(entry.key, guesses[i]);
    if (!key) continue;
    guesses[i] = *key;
    Slot& slot = slots[*key];
    if (slot.source != KeySource::kAbsent) {
      binding.Fail("duplicate-key", "`" + std::string(entry.key) + "` is given twice",
                   "/request/context/" + std::string(entry.key));
    }
    const SlotState slot_state = entry.unknown      ? SlotState::kUnknown
                                 : entry.count == 0 ? SlotState::kAbsent
                                                    : SlotState::kPresent;
    slot = {slot_state, entry.unknown ? KeySource::kUnknown : KeySource::kSupplied, entry.count,
            request.values.data() + entry.first};
  }
  if (!request.principal.tags.empty() || request.principal.kind == RequesterKind::kUnknown) {
    BindPrincipalTags(binding);
    CheckPrincipalTags(binding);
  }
}

BoundRequest::BoundRequest() : state_(std::make_unique<State>()) {}
BoundRequest::~BoundRequest() = default;
BoundRequest::BoundRequest(BoundRequest&&) noexcept = default;
BoundRequest& BoundRequest::operator=(BoundRequest&&) noexcept = default;

std::optional<InputError> Bind(const CompiledPolicySet& policies, const Request& request,
                               BoundRequest& bound, AssumptionSet alternatives) {
  BoundRequest::State& state = bound.state();
  Reset(policies, request, alternatives, state);
  Binding binding(policies, request, state);
  BindPrincipal(binding);
  BindAction(binding);
  BindResource(binding);
  BindAccessPoint(binding);
  BindContext(binding);
  if (binding.error) return std::move(binding.error);
  BindEndpoint(binding);
  DerivePrincipalKeys(binding);
  DeriveResourceKeys(binding);
  DeriveAccessPointKeys(binding);
  DeriveNetworkKeys(binding);
  DeriveAlwaysSentKeys(binding);
  BindKeysNotTold(binding);
  if (binding.error) return std::move(binding.error);
  SelectStatements(policies, state);
  return std::nullopt;
}

}  // namespace postern::authz
