#include "tests/reference/cases.h"

#include <algorithm>

#include "tests/reference/callers.h"
#include "tests/reference/facts.h"
#include "tests/reference/patterns.h"
#include "tests/reference/refusal.h"

namespace postern::reference {
namespace {

using Json = rapidjson::Value;

const Json* Find(const Json& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

std::string FindText(const Json& object, const char* name) {
  const Json* value = Find(object, name);
  if (value == nullptr || value->IsNull()) return "";
  RefuseIf(!value->IsString(), "`" + std::string(name) + "` is no string");
  return value->GetString();
}

bool Is(const Json& json, const char* text) {
  return json.IsString() && std::string(json.GetString()) == text;
}

bool IsUnknown(const Json& json) {
  return Is(json, "unknown") || (json.IsObject() && Find(json, "unknown") != nullptr);
}

bool StartsWith(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

PolicyLayer ReadLayer(const Json* json, Kind kind) {
  PolicyLayer layer;
  if (json == nullptr || json->IsNull()) return layer;
  if (Is(*json, "unknown")) {
    layer.state = PolicyLayer::kUnknown;
    return layer;
  }
  if (json->IsArray()) {
    for (const Json& item : json->GetArray()) layer.documents.push_back(ReadDocument(item, kind));
  } else {
    layer.documents.push_back(ReadDocument(*json, kind));
  }
  if (!layer.documents.empty()) layer.state = PolicyLayer::kGiven;
  return layer;
}

Levels ReadLevels(const Json* json, Kind kind) {
  Levels levels;
  if (json == nullptr || json->IsNull()) return levels;
  if (Is(*json, "unknown")) {
    levels.state = PolicyLayer::kUnknown;
    return levels;
  }
  RefuseIf(!json->IsArray(), "levels are no list");
  for (const Json& level : json->GetArray()) {
    RefuseIf(!level.IsArray(), "a level is no list");
    levels.levels.push_back(ReadLayer(&level, kind).documents);
  }
  if (!levels.levels.empty()) levels.state = PolicyLayer::kGiven;
  return levels;
}

// The endpoint's service: `s3` or com.amazonaws.eu-west-1.s3.
void ReadEndpointService(const std::string& service, Endpoint& endpoint) {
  static const std::string kDomain = "com.amazonaws.";
  const size_t start = service.find(kDomain);
  if (start == std::string::npos) {
    endpoint.service = service;
    return;
  }
  const std::string rest = service.substr(start + kDomain.size());
  const size_t dot = rest.find('.');
  const bool third_party = StartsWith(rest, "vpce.");
  endpoint.service = dot == std::string::npos || third_party ? rest : rest.substr(dot + 1);
  if (dot == std::string::npos || third_party) return;
  const std::string region = rest.substr(0, dot);
  RefuseIf(!endpoint.region.empty() && endpoint.region != region,
           "the endpoint's service and `region` differ");
  endpoint.region = region;
}

void ReadEndpointPolicy(const Json* json, Endpoint& endpoint) {
  if (json == nullptr || json->IsNull() || Is(*json, "default")) return;
  if (Is(*json, "unknown")) {
    endpoint.policy = Endpoint::kAny;
    return;
  }
  endpoint.policy = Endpoint::kDocument;
  endpoint.documents = {ReadDocument(*json, Kind::kEndpoint)};
}

Endpoint ReadEndpoint(const Json* json) {
  Endpoint endpoint;
  if (json == nullptr) return endpoint;
  if (Is(*json, "unknown")) {
    endpoint.state = Endpoint::kUnknown;
    endpoint.policy = Endpoint::kAny;
    return endpoint;
  }
  endpoint.state = Endpoint::kGiven;
  if (!json->IsObject() || Find(*json, "Statement") != nullptr) {
    ReadEndpointPolicy(json, endpoint);
    return endpoint;
  }
  ReadEndpointPolicy(Find(*json, "policy"), endpoint);
  endpoint.gateway = FindText(*json, "type") == "gateway";
  endpoint.region = FindText(*json, "region");
  ReadEndpointService(FindText(*json, "service"), endpoint);
  endpoint.id = FindText(*json, "id");
  endpoint.vpc = FindText(*json, "vpc");
  endpoint.account = FindText(*json, "account");
  return endpoint;
}

std::optional<AccessPoint> ReadAccessPoint(const Json* json) {
  if (json == nullptr || json->IsNull()) return std::nullopt;
  AccessPoint point;
  if (Is(*json, "unknown")) {
    point.unknown = true;
    point.policy.state = PolicyLayer::kUnknown;
    return point;
  }
  if (!json->IsObject() || Find(*json, "Statement") != nullptr) {
    point.policy = ReadLayer(json, Kind::kBucket);
    return point;
  }
  point.policy = ReadLayer(Find(*json, "policy"), Kind::kBucket);
  point.arn = FindText(*json, "arn");
  point.vpc_origin = FindText(*json, "network_origin") == "VPC";
  point.vpc = FindText(*json, "vpc");
  return point;
}

std::optional<Organization> ReadOrganization(const Json* json) {
  if (json == nullptr || json->IsNull()) return std::nullopt;
  RefuseIf(!json->IsObject(), "`organization` is no object");
  Organization organization;
  organization.id = FindText(*json, "id");
  organization.management_account = FindText(*json, "management_account");
  if (const Json* accounts = Find(*json, "accounts")) {
    RefuseIf(!accounts->IsObject(), "`accounts` is no object");
    for (const auto& account : accounts->GetObject()) {
      RefuseIf(!account.value.IsString(), "an account's path is no string");
      organization.accounts[account.name.GetString()] = account.value.GetString();
    }
  }
  return organization;
}

// S1.9: whose policy the resource policy is; a trust policy shows by itself.
PolicyLayer ReadResourcePolicy(const Json* json, const std::string& service) {
  const Kind kind = service == "s3"    ? Kind::kBucket
                    : service == "kms" ? Kind::kKey
                                       : Kind::kResource;
  PolicyLayer layer = ReadLayer(json, kind);
  const auto looks_like_trust = [](const Document& document) {
    return LooksLikeTrustPolicy(document);
  };
  if (std::any_of(layer.documents.begin(), layer.documents.end(), looks_like_trust)) {
    return ReadLayer(json, Kind::kTrust);
  }
  return layer;
}

void ReadPolicies(const Json& json, Case& result) {
  result.endpoint = ReadEndpoint(Find(json, "endpoint"));
  result.identity = ReadLayer(Find(json, "identity"), Kind::kIdentity);
  result.boundary = ReadLayer(Find(json, "boundary"), Kind::kIdentity);
  result.session = ReadLayer(Find(json, "session"), Kind::kIdentity);
  result.resource_policy = ReadResourcePolicy(Find(json, "resource"), result.service);
  result.access_point = ReadAccessPoint(Find(json, "access_point"));
  result.scps = ReadLevels(Find(json, "scps"), Kind::kScp);
  result.rcps = ReadLevels(Find(json, "rcps"), Kind::kRcp);
  const Json* block = Find(json, "block_public_access");
  if (block == nullptr) return;
  if (block->IsObject()) block = Find(*block, "restrict_public_buckets");
  if (block != nullptr && block->IsBool() && block->GetBool()) {
    result.restrict_public_buckets = Case::kOn;
  } else if (block != nullptr && Is(*block, "unknown")) {
    result.restrict_public_buckets = Case::kMaybe;
  }
}

Resource ReadResource(const Json* json) {
  Resource resource;
  if (json == nullptr || Is(*json, "*")) {
    resource.text = "*";
    return resource;
  }
  if (IsUnknown(*json)) {
    resource.kind = Resource::kUnknown;
    return resource;
  }
  RefuseIf(!json->IsString(), "`resource` is no string");
  resource.kind = Resource::kArn;
  resource.text = std::string(json->GetString(), json->GetStringLength());
  resource.components = SplitArn(resource.text, false);
  RefuseIf(resource.components.size() != 6 || resource.components[0] != "arn",
           "`" + resource.text + "` is no ARN");
  return resource;
}

void ReadAction(const std::string& action, Case& result) {
  const size_t colon = action.find(':');
  const bool valid = colon != std::string::npos && colon > 0 && colon + 1 < action.size() &&
                     action.find(':', colon + 1) == std::string::npos &&
                     action.find_first_of("*? \t\r\n") == std::string::npos;
  RefuseIf(!valid, "`" + action + "` is no action");
  result.service = LowerText(action.substr(0, colon));
  result.action = LowerText(action.substr(colon + 1));
  RefuseIf(IsOperationOnly(result.service, result.action),
           "`" + action + "` is an operation and no action");
}

void ReadContext(const Json& request, Case& result) {
  if (const Json* context = Find(request, "context")) {
    RefuseIf(!context->IsObject(), "`context` is no object");
    for (const auto& key : context->GetObject()) {
      const std::string name = LowerText(key.name.GetString());
      const Texts values = ReadScalars(key.value, "`context`");
      const bool first = result.context.emplace(name, values).second;
      RefuseIf(!first, "`" + name + "` twice in `context`");  // S4.16
      const auto multivalued = IsMultivalued(result.service, name);
      RefuseIf(values.size() > 1 && multivalued == false,
               "two values of the single-valued key `" + name + "`");  // S4.15
    }
  }
  if (const Json* unknown = Find(request, "unknown")) {
    for (const std::string& key : ReadScalars(*unknown, "`unknown`")) {
      const std::string name = LowerText(key);
      RefuseIf(result.context.count(name) > 0, "`" + name + "` is given and unknown");
      result.unknown_keys.insert(name);
    }
  }
}

void ReadResourceOwner(const Json& request, Case& result) {
  if (const Json* account = Find(request, "resource_account")) {
    if (IsUnknown(*account)) {
      result.resource_account_unknown = true;
    } else {
      result.resource_account = FindText(request, "resource_account");
    }
  }
  const Json* org = Find(request, "resource_org_id");
  if (org != nullptr && org->IsNull()) result.resource_in_no_organization = true;
  if (org != nullptr && org->IsString()) result.resource_org_id = org->GetString();
  if (const Json* paths = Find(request, "resource_org_paths")) {
    result.resource_org_paths = ReadScalars(*paths, "`resource_org_paths`");
  }
  const Json* shared = Find(request, "shared");
  result.shared = shared != nullptr && shared->IsBool() && shared->GetBool();
}

// S6.4.3
void ReadRoute(const Json& request, Case& result) {
  const std::string via = FindText(request, "via");
  if (via == "internet") {
    result.past_endpoints = true;
    result.endpoint = {};
  } else if (via == "endpoint") {
    RefuseIf(result.endpoint.state == Endpoint::kNone, "`via: endpoint` without one");
  } else if (!via.empty()) {
    RefuseIf(!StartsWith(via, "vpce-") || via == "vpce-", "`" + via + "` is no way");
    if (result.endpoint.state == Endpoint::kGiven && result.endpoint.id == via) return;
    result.endpoint = {};
    result.endpoint.state = Endpoint::kGiven;
    result.endpoint.id = via;
  }
}

// S2.4: a supplied aws:PrincipalArn shows the path of a session's role.
void SettlePath(Case& result) {
  Caller& caller = result.caller;
  const auto supplied = result.context.find("aws:principalarn");
  const bool open = caller.kind == Caller::kRoleSession && !caller.path;
  caller.path_unknown = open && result.unknown_keys.count("aws:principalarn") > 0;
  if (!open || supplied == result.context.end() || supplied->second.empty()) return;
  const Texts parts = SplitArn(supplied->second[0], false);
  if (parts.size() != 6 || !StartsWith(parts[5], "role/")) return;
  const size_t last = parts[5].rfind('/');
  if (parts[5].substr(last + 1) == caller.name) caller.path = parts[5].substr(4, last + 1 - 4);
}

// S7.12: the access point's ARN without the object behind it; empty where it is none.
std::string AccessPointArn(const Resource& resource) {
  const bool is_one = resource.kind == Resource::kArn && resource.components[2] == "s3" &&
                      StartsWith(resource.components[5], "accesspoint/");
  if (!is_one) return "";
  return resource.text.substr(0, resource.text.find("/object/"));
}

// S7.12.7: calls about access points do not go through one.
bool IsAboutAccessPoints(const std::string& action) {
  return action.find("accesspoint") != std::string::npos || action == "tagresource" ||
         action == "untagresource" || action == "listtagsforresource";
}

// S7.12.7: what stands behind an access point is a bucket or the same object.
void CheckBehind(const std::string& arn, const Resource& through, const Resource& behind) {
  if (behind.kind == Resource::kUnknown) return;
  RefuseIf(behind.kind != Resource::kArn, "`bucket_resource` is no ARN");
  const Texts& parts = behind.components;
  RefuseIf(parts[2] != "s3" || !parts[3].empty() || !parts[4].empty(),
           "`bucket_resource` is neither a bucket nor an object");
  const std::string object = through.text.substr(arn.size());
  const std::string key = object.empty() ? "" : object.substr(std::string("/object").size());
  const size_t slash = parts[5].find('/');
  const std::string other = slash == std::string::npos ? "" : parts[5].substr(slash);
  RefuseIf(key != other, "`resource` and `bucket_resource` are not the same object");
}

void SettleAccessPoint(bool has_behind, Case& result) {
  const std::string arn = AccessPointArn(result.resource);
  RefuseIf(arn.empty() && has_behind && result.resource.kind != Resource::kUnknown,
           "`bucket_resource` without an access point");
  result.through_access_point =
      result.service == "s3" && !arn.empty() && !IsAboutAccessPoints(result.action);
  if (!result.through_access_point) {
    result.access_point.reset();
    return;
  }
  RefuseIf(!has_behind, "an access point without `bucket_resource`");
  CheckBehind(arn, result.resource, result.bucket_resource);
  // S7.12.6: one that the case does not describe
  if (!result.access_point) result.access_point = AccessPoint{};
  RefuseIf(!result.access_point->arn.empty() && result.access_point->arn != arn,
           "the case describes another access point");
  result.access_point->arn = arn;
}

}  // namespace

bool IsAccount(const std::string& text) {
  return text.size() == 12 && text.find_first_not_of("0123456789") == std::string::npos;
}

Case ReadCase(const Json* policies, const Json* organization, const Json* layers,
              const Json& request) {
  RefuseIf(!request.IsObject(), "`request` is no object");
  RefuseIf(Find(request, "api") != nullptr || Find(request, "calls") != nullptr,
           "`api` and `calls` are not read here");
  Case result;
  ReadAction(FindText(request, "action"), result);
  ReadContext(request, result);
  const Json* principal = Find(request, "principal");
  RefuseIf(principal == nullptr, "no `principal`");
  std::map<std::string, Texts> claims;
  result.caller = ReadCaller(*principal, claims);
  for (const auto& [key, values] : claims) {
    const auto [given, first] = result.context.emplace(key, values);
    RefuseIf(!first && given->second != values, "`" + key + "` contradicts the claims");
  }
  result.resource = ReadResource(Find(request, "resource"));
  result.bucket_resource = ReadResource(Find(request, "bucket_resource"));
  if (Find(request, "bucket_resource") == nullptr) {
    result.bucket_resource.kind = Resource::kUnknown;
  }
  ReadResourceOwner(request, result);
  result.forwarded_by = FindText(request, "forwarded_by");
  result.organization = ReadOrganization(organization);
  if (policies != nullptr && !policies->IsNull()) {
    RefuseIf(!policies->IsObject(), "`policies` is no object");
    ReadPolicies(*policies, result);
  }
  ReadRoute(request, result);
  if (layers != nullptr) {
    const Texts asked = ReadScalars(*layers, "`layers`");
    result.layers = std::set<std::string>(asked.begin(), asked.end());
  }
  SettlePath(result);
  SettleAccessPoint(Find(request, "bucket_resource") != nullptr, result);
  return result;
}

}  // namespace postern::reference
