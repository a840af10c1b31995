// Which way the request travels, and the keys that follow from it.
#include <algorithm>

#include "authz/bind/binding.h"

namespace postern::authz {
namespace {

void ContradictsEndpoint(Binding& binding, std::string_view what) {
  for (KeyId key : kEndpointKeys) {
    if (!binding.Supplied(key)) continue;
    const std::string name(binding.policies.keys.NameOf(key));
    binding.Fail("contradiction",
                 "`" + name + "` is given, but " + std::string(what) + " has no such key",
                 "/request/context/" + name);
  }
}

// S7.10.4: an endpoint serves its own Region; a request to another does not use it.
Ternary IsForItsRegion(const Binding& binding, const Endpoint& endpoint) {
  if (endpoint.region.empty()) return Ternary::kYes;
  std::string_view region = binding.ValueOf(kRequestedRegion);
  if (region.empty()) region = binding.state.resource_arn.region();
  if (!region.empty()) return region == endpoint.region ? Ternary::kYes : Ternary::kNo;
  const bool unknown = binding.state.resource_unknown ||
                       binding.state.slots[kRequestedRegion].state == SlotState::kUnknown;
  return unknown ? Ternary::kUnknown : Ternary::kYes;
}

// Not every service sends every one of these (S6.1).
bool Sends(const Binding& binding, KeyId key) {
  return binding.policies.catalogue.SendsEndpointKey(binding.state.vendor,
                                                     binding.policies.keys.NameOf(key));
}

void DeriveEndpointKeys(Binding& binding, const Endpoint& endpoint) {
  binding.Derive(kSourceVpce, endpoint.id);
  binding.Derive(kSourceVpc, endpoint.vpc);
  if (endpoint.account.empty()) return;
  if (Sends(binding, kSourceVpcArn) && !endpoint.vpc.empty() && !endpoint.region.empty()) {
    binding.Derive(kSourceVpcArn,
                   binding.Join({"arn:", binding.Partition(), ":ec2:", endpoint.region, ":",
                                 endpoint.account, ":vpc/", endpoint.vpc}));
  }
  if (Sends(binding, kVpceAccount)) binding.Derive(kVpceAccount, endpoint.account);
  const Organization& organization = binding.policies.organization;
  const OrganizationAccount* owner = organization.Find(endpoint.account);
  const bool member = owner != nullptr || endpoint.account == organization.management_account;
  if (member && Sends(binding, kVpceOrgId)) binding.Derive(kVpceOrgId, organization.id);
  if (owner != nullptr && Sends(binding, kVpceOrgPaths)) {
    binding.Derive(kVpceOrgPaths, owner->path);
  }
}

// A call that a service forwards does not pass the caller's endpoint and carries none of its keys
// (S6.4.6). The alternative: it carries the network keys of the caller's own call. They are those
// of the endpoint in the case; without one they are not known (A20).
void BindForwardedCall(Binding& binding) {
  if (binding.supplied_endpoint_key) {
    return ContradictsEndpoint(binding, "a call that an AWS service forwards");
  }
  const auto tested = [&](KeyId key) { return binding.TestsWhatIsNotGiven(key); };
  const auto& access_point = binding.policies.access_point;
  const bool origin_counts = access_point && access_point->vpc_origin;  // S7.12.5
  if (origin_counts || tested(kSourceIp) || std::ranges::any_of(kEndpointKeys, tested)) {
    binding.state.assumed.Add(Assumption::kA20);
  }
  if (!binding.state.alternatives.Has(Assumption::kA20)) return;
  if (binding.request.route == Route::kOtherEndpoint) {
    binding.Derive(kSourceVpce, binding.request.other_endpoint);
  } else if (binding.request.route == Route::kInternet) {
    binding.SetUnknown(kSourceIp);
  } else if (binding.policies.endpoint) {
    DeriveEndpointKeys(binding, *binding.policies.endpoint);
  } else {
    binding.SetUnknown(kSourceIp);
    for (KeyId key : kEndpointKeys) binding.SetUnknown(key);
  }
}

// S6.4.5: one that is no part of the case.
void UseDefaultEndpoint(Binding& binding) {
  binding.state.endpoint = EndpointUse::kDefaultPolicy;
  binding.state.through_any_endpoint = Ternary::kYes;
  binding.state.assumed.Add(Assumption::kEndpointNotGiven);
}

// Whether there is one, only its keys tell.
void UseEndpointOfKeys(Binding& binding) {
  if (binding.supplied_endpoint_key) return UseDefaultEndpoint(binding);
  const auto is_unknown = [&](KeyId key) {
    return binding.state.slots[key].state == SlotState::kUnknown;
  };
  if (std::ranges::any_of(kEndpointKeys, is_unknown)) {
    binding.state.through_any_endpoint = Ternary::kUnknown;
  }
}

}  // namespace

void BindEndpoint(Binding& binding) {
  for (KeyId key : kEndpointKeys) binding.supplied_endpoint_key |= binding.Supplied(key);
  const Knowledge knowledge =
      binding.policies.knowledge[static_cast<std::size_t>(Layer::kEndpoint)];
  if (binding.request.route == Route::kEndpoint && !binding.policies.endpoint &&
      knowledge != Knowledge::kUnknown) {
    return binding.Fail("no-endpoint", "the request goes via an endpoint, and the case has none",
                        "/request/via");
  }
  if (!binding.request.forwarded_by.empty()) return BindForwardedCall(binding);
  if (binding.request.route == Route::kInternet) {
    if (binding.supplied_endpoint_key) ContradictsEndpoint(binding, "a request past the endpoint");
    return;
  }
  if (binding.request.route == Route::kOtherEndpoint) {
    binding.state.endpoint = EndpointUse::kDefaultPolicy;
    binding.state.through_any_endpoint = Ternary::kYes;
  } else if (binding.policies.endpoint) {
    const Endpoint& endpoint = *binding.policies.endpoint;
    const Ternary used = IsForItsRegion(binding, endpoint);
    if (used == Ternary::kNo) {
      binding.state.assumed.Add(Assumption::kEndpointNotUsed);
      return UseEndpointOfKeys(binding);
    }
    binding.state.through_endpoint = used;
    binding.state.through_any_endpoint = binding.supplied_endpoint_key ? Ternary::kYes : used;
    binding.state.gateway = endpoint.type == policy::EndpointType::kGateway;
    if (endpoint.type == policy::EndpointType::kUnknown) {
      binding.state.assumed.Add(Assumption::kEndpointTypeNotGiven);
    }
    binding.state.endpoint = endpoint.policy == Knowledge::kGiven     ? EndpointUse::kPolicy
                             : endpoint.policy == Knowledge::kUnknown ? EndpointUse::kUnknown
                                                                      : EndpointUse::kDefaultPolicy;
    binding.endpoint = &endpoint;
  } else if (knowledge == Knowledge::kUnknown) {
    binding.state.endpoint = EndpointUse::kUnknown;
    binding.state.through_any_endpoint = Ternary::kYes;
    if (!binding.supplied_endpoint_key) {
      binding.state.through_endpoint = Ternary::kUnknown;
      binding.state.through_any_endpoint = Ternary::kUnknown;
    }
  } else {
    UseEndpointOfKeys(binding);
  }
}

void DeriveNetworkKeys(Binding& binding) {
  const BoundRequest::State& state = binding.state;
  if (state.endpoint == EndpointUse::kNone) return;
  if (state.through_any_endpoint == Ternary::kYes) {
    binding.MustBeAbsent(kSourceIp, "a request through a VPC endpoint has no such key");
  }
  const bool may_be_any = state.endpoint == EndpointUse::kUnknown && binding.endpoint == nullptr;
  if (may_be_any || state.through_endpoint == Ternary::kUnknown) {
    for (KeyId key : kEndpointKeys) binding.SetUnknown(key);
    return;
  }
  if (binding.request.route == Route::kOtherEndpoint) {
    binding.Derive(kSourceVpce, binding.request.other_endpoint);
  }
  if (binding.endpoint == nullptr) return;
  DeriveEndpointKeys(binding, *binding.endpoint);
  binding.Derive(kRequestedRegion, binding.endpoint->region);
}

namespace {

// S6.4.6: the service that calls is the last of the chain.
void DeriveForwarding(Binding& binding) {
  const std::string_view by = binding.request.forwarded_by;
  if (by.empty()) return;
  binding.Derive(kViaAwsService, "true");
  const Slot& chain = binding.state.slots[kCalledVia];
  std::string_view first = by;
  if (chain.state == SlotState::kPresent) {
    first = chain.values[0];
    if (chain.values[chain.count - 1] != by) {
      binding.Fail("contradiction",
                   "`aws:CalledVia` does not end with `" + std::string(by) + "`, which calls",
                   "/request/context/aws:CalledVia");
    }
  }
  if (chain.state == SlotState::kUnknown) binding.SetUnknown(kCalledViaFirst);
  binding.DeriveIfAbsent(kCalledVia, by);
  binding.Derive(kCalledViaFirst, first);
  binding.Derive(kCalledViaLast, by);
}

// S4.11, S4.19.4: two spellings of one instant, known or not.
void DeriveTime(Binding& binding) {
  std::vector<Slot>& slots = binding.state.slots;
  constexpr KeyId kSpellings[][2] = {{kEpochTime, kCurrentTime}, {kCurrentTime, kEpochTime}};
  for (const auto& [key, other] : kSpellings) {
    if (slots[key].source != KeySource::kAbsent) continue;
    if (slots[other].state == SlotState::kAbsent) continue;
    slots[key] = slots[other];
    slots[key].source = KeySource::kDerived;
  }
  const KeyTable& keys = binding.policies.keys;
  if (slots[kCurrentTime].source == KeySource::kAbsent &&
      (keys.IsTested(kCurrentTime) || keys.IsTested(kEpochTime))) {
    binding.state.assumed.Add(Assumption::kCurrentTimeMissing);
  }
}

}  // namespace

void DeriveAlwaysSentKeys(Binding& binding) {
  if (binding.state.resource_unknown) binding.SetUnknown(kRequestedRegion);
  binding.Derive(kRequestedRegion, binding.state.resource_arn.region());
  DeriveForwarding(binding);
  binding.Default(kViaAwsService, "false", Assumption::kViaAwsServiceFalse);
  binding.Default(kSecureTransport, "true", Assumption::kSecureTransportTrue);
  DeriveTime(binding);
}

}  // namespace postern::authz
