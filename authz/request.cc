#include "authz/request.h"

namespace postern::authz {

void Principal::Clear() {
  kind = RequesterKind::kUnknown;
  arn = service = provider = account = {};
  org_id.reset();
  org_paths.clear();
  tags.clear();
  unique_id = canonical_id = path = federating_user = {};
  service_linked = false;
}

void Request::Clear() {
  principal.Clear();
  action = {};
  resource = "*";
  resource_unknown = false;
  resource_account_state = ResourceAccountState::kDerive;
  resource_account = {};
  resource_org_id.reset();
  resource_org_paths.clear();
  resource_shared = false;
  bucket_resource = forwarded_by = {};
  bucket_resource_unknown = false;
  route = Route::kAsGiven;
  other_endpoint = {};
  layers = LayerMask::All();
  other_keys_unknown = false;
  context.clear();
  values.clear();
}

void Request::AddContext(std::string_view key, std::string_view value) {
  OpenContext(key);
  AddValue(value);
}

void Request::AddUnknown(std::string_view key) {
  OpenContext(key);
  context.back().unknown = true;
}

}  // namespace postern::authz
