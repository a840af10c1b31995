// Keys of which a record of the request says nothing.
#include "authz/bind/binding.h"
#include "authz/resource_keys.h"

namespace postern::authz {
namespace {

bool IsUnsigned(RequesterKind kind) {
  return kind == RequesterKind::kAnonymous || kind == RequesterKind::kFederated;
}

// Whether requests like this one never carry the key, or do not where it was not derived (S6.1,
// S6.3).
bool NeverCarried(const Binding& binding, KeyId key) {
  const BoundRequest::State& state = binding.state;
  const RequesterKind requester = binding.request.principal.kind;
  const bool service = requester == RequesterKind::kService;
  switch (key) {
    case kUsername:
      return requester != RequesterKind::kUnknown;  // a user's was derived
    case kPrincipalServiceName:
      return requester != RequesterKind::kUnknown && !service;
    case kPrincipalArn:
    case kPrincipalAccount:
    case kPrincipalIsAwsService:
    case kPrincipalOrgId:
    case kPrincipalOrgPaths:
      return service || IsUnsigned(requester);
    case kSourceIp:
      return state.through_any_endpoint == Ternary::kYes;
    case kSourceVpce:
    case kSourceVpc:
    case kVpcSourceIp:
      return state.through_any_endpoint == Ternary::kNo;
    case kSourceVpcArn:
    case kVpceAccount:
    case kVpceOrgId:
    case kVpceOrgPaths:
      return state.through_any_endpoint == Ternary::kNo ||
             !binding.policies.catalogue.SendsEndpointKey(state.vendor,
                                                          binding.policies.keys.NameOf(key));
    case kResourceAccount:
    case kResourceOrgId:
    case kResourceOrgPaths:
      return CarriesNoResourceAccount(state.vendor, state.name);
    case kS3ResourceAccount:
      return state.vendor != "s3";
    case kCalledVia:
    case kCalledViaFirst:
    case kCalledViaLast:
      return binding.ValueOf(kViaAwsService) == "false";
    case kDataAccessPointArn:
    case kDataAccessPointAccount:
    case kAccessPointNetworkOrigin:
      return !state.through_access_point && !state.resource_unknown;
    default:
      return false;
  }
}

}  // namespace

void BindKeysNotTold(Binding& binding) {
  if (!binding.request.other_keys_unknown) return;
  for (std::size_t i = 0; i < binding.policies.keys.size(); ++i) {
    const auto key = static_cast<KeyId>(i);
    const bool matters = binding.policies.keys.IsTested(key);
    if (matters && !NeverCarried(binding, key)) binding.SetUnknown(key);
  }
}

}  // namespace postern::authz
