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

// S7.10.4: a gateway endpoint serves its own Region; a request to another does not use it.
bool IsForAnotherRegion(const Binding& binding, const Endpoint& endpoint) {
  if (endpoint.type != policy::EndpointType::kGateway || endpoint.region.empty()) return false;
  std::string_view region = binding.ValueOf(kRequestedRegion);
  if (region.empty()) region = binding.state.resource_arn.region();
  return !region.empty() && region != endpoint.region;
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
  const OrganizationAccount* owner = binding.policies.organization.Find(endpoint.account);
  if (owner == nullptr) return;
  if (Sends(binding, kVpceOrgId)) binding.Derive(kVpceOrgId, binding.policies.organization.id);
  if (Sends(binding, kVpceOrgPaths)) binding.DeriveIfAbsent(kVpceOrgPaths, owner->path);
}

// A call that a service forwards does not pass the caller's endpoint and carries none of its keys
// (S6.4.6). The alternative: it carries the network keys of the caller's own call. They are those
// of the endpoint in the case; without one they are not known (A20).
void BindForwardedCall(Binding& binding) {
  if (binding.supplied_endpoint_key) {
    return ContradictsEndpoint(binding, "a call that an AWS service forwards");
  }
  const auto tested = [&](KeyId key) { return binding.TestsWhatIsNotGiven(key); };
  if (tested(kSourceIp) || std::ranges::any_of(kEndpointKeys, tested)) {
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

}  // namespace

void BindEndpoint(Binding& binding) {
  for (KeyId key : kEndpointKeys) binding.supplied_endpoint_key |= binding.Supplied(key);
  const Knowledge knowledge =
      binding.policies.knowledge[static_cast<std::size_t>(Layer::kEndpoint)];
  if (!binding.request.forwarded_by.empty()) return BindForwardedCall(binding);
  if (binding.request.route == Route::kInternet) {
    if (binding.supplied_endpoint_key) ContradictsEndpoint(binding, "a request past the endpoint");
    return;
  }
  if (binding.request.route == Route::kOtherEndpoint) {
    binding.state.endpoint = EndpointUse::kDefaultPolicy;
  } else if (binding.policies.endpoint) {
    const Endpoint& endpoint = *binding.policies.endpoint;
    if (IsForAnotherRegion(binding, endpoint)) {
      binding.state.assumed.Add(Assumption::kEndpointNotUsed);
      return;
    }
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
  } else if (binding.supplied_endpoint_key) {
    binding.state.endpoint = EndpointUse::kDefaultPolicy;
    binding.state.assumed.Add(Assumption::kEndpointNotGiven);
  }
}

void DeriveNetworkKeys(Binding& binding) {
  if (binding.state.endpoint != EndpointUse::kNone &&
      binding.state.endpoint != EndpointUse::kUnknown) {
    binding.MustBeAbsent(kSourceIp, "a request through a VPC endpoint has no such key");
  }
  if (binding.state.endpoint == EndpointUse::kUnknown && binding.endpoint == nullptr) {
    // Not even known whether there is an endpoint.
    for (KeyId key : kEndpointKeys) binding.SetUnknown(key);
    if (!binding.supplied_endpoint_key) binding.SetUnknown(kSourceIp);
  }
  if (!binding.request.forwarded_by.empty()) return;
  if (binding.request.route == Route::kOtherEndpoint)
    binding.Derive(kSourceVpce, binding.request.other_endpoint);
  if (binding.endpoint == nullptr) return;
  DeriveEndpointKeys(binding, *binding.endpoint);
  binding.DeriveIfAbsent(kRequestedRegion, binding.endpoint->region);
}

void DeriveAlwaysSentKeys(Binding& binding) {
  binding.DeriveIfAbsent(kRequestedRegion, binding.state.resource_arn.region());
  if (!binding.request.forwarded_by.empty()) {
    binding.Derive(kViaAwsService, "true");
    binding.DeriveIfAbsent(kCalledVia, binding.request.forwarded_by);
    binding.DeriveIfAbsent(kCalledViaFirst, binding.request.forwarded_by);
    binding.DeriveIfAbsent(kCalledViaLast, binding.request.forwarded_by);
  }
  binding.Default(kViaAwsService, "false", Assumption::kViaAwsServiceFalse);
  binding.Default(kSecureTransport, "true", Assumption::kSecureTransportTrue);
  // Two spellings of one instant (S4.11).
  binding.DeriveIfAbsent(kEpochTime, binding.ValueOf(kCurrentTime));
  binding.DeriveIfAbsent(kCurrentTime, binding.ValueOf(kEpochTime));
  if (binding.state.slots[kCurrentTime].source == KeySource::kAbsent &&
      (binding.policies.keys.IsTested(kCurrentTime) ||
       binding.policies.keys.IsTested(kEpochTime))) {
    binding.state.assumed.Add(Assumption::kCurrentTimeMissing);
  }
}

}  // namespace postern::authz
