#include "authz/operations/operations.h"

#include <algorithm>
#include <optional>

#include "policy/suggest.h"

namespace postern::authz {

namespace {

using policy::Api;
using policy::Catalogue;
using enum policy::AskedOn;
using enum policy::AskedWhen;

struct ApiName {
  std::string_view service;
  std::string_view operation;
};

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::optional<ApiName> SplitApi(std::string_view api) {
  const std::size_t dot = api.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const ApiName name{api.substr(0, dot), api.substr(dot + 1)};
  const auto in_service = [](char c) { return IsAlphanumeric(c) || c == '-'; };
  if (name.service.empty() || !std::ranges::all_of(name.service, in_service)) return std::nullopt;
  if (name.operation.empty() || !std::ranges::all_of(name.operation, IsAlphanumeric)) {
    return std::nullopt;
  }
  return name;
}

std::string Ticked(std::string_view text) { return "`" + std::string(text) + "`"; }

NoOperation UnknownService(const Catalogue& catalogue, std::string_view service) {
  std::string help = policy::DidYouMean(service, catalogue.ApiNames());
  if (help.empty()) help = "a prefix of actions, such as s3, or the name of an SDK's client";
  return {"unknown-service", Ticked(service) + " is not a service of AWS", std::move(help)};
}

NoOperation UnknownOperation(const Catalogue& catalogue, const Api& api, std::string_view service,
                             std::string_view operation) {
  std::vector<std::string_view> names = catalogue.OperationsOf(api);
  for (const policy::Action& action : catalogue.ActionsOf(api.prefix)) names.push_back(action.name);
  std::string help = policy::DidYouMean(operation, names);
  if (help.empty()) help = "where AWS is newer than the catalogue, write `action` or `calls`";
  return {"unknown-operation",
          "the catalogue of " + std::string(catalogue.date()) + " has no operation " +
              Ticked(operation) + " of " + Ticked(service),
          std::move(help)};
}

std::string ActionOf(std::string_view prefix, std::string_view name) {
  return std::string(prefix).append(":").append(name);
}

bool IsPartOf(policy::AskedWhen when, const OperationResources& resources) {
  switch (when) {
    case kAlways:
    case kEither:
      return true;
    case kWithoutVersion:
      return !resources.version;
    case kWithVersion:
      return resources.version;
    case kWithAcl:
      return resources.acl;
    case kWithTags:
      return resources.tags;
    case kWithRetention:
      return resources.retention;
    case kWithLegalHold:
      return resources.legal_hold;
    case kWithOwnership:
      return resources.object_ownership;
    case kWithSourceIdentity:
      return resources.source_identity;
  }
  return false;
}

// An action without resource types is asked on `*` (S3.5).
bool IsAccountLevel(const Catalogue& catalogue, std::string_view action) {
  const std::size_t colon = action.find(':');
  const auto found = catalogue.FindAction(action.substr(0, colon), action.substr(colon + 1));
  return found && catalogue.ResourceTypesOf(*found).empty();
}

std::string_view ResourceOf(const Catalogue& catalogue, const OperationPermission& permission,
                            const OperationResources& resources) {
  if (permission.on == kAccount || IsAccountLevel(catalogue, permission.action)) return "*";
  if (permission.on == kSource) return resources.source;
  if (permission.on == kDestination) return resources.destination;
  return resources.resource;
}

bool IsCalled(const std::vector<Call>& calls, std::string_view action) {
  return std::ranges::find(calls, action, &Call::action) != calls.end();
}

}  // namespace

bool Operation::TakesSourceAndDestination() const {
  return std::ranges::find(permissions, kSource, &OperationPermission::on) != permissions.end();
}

tl::expected<Operation, NoOperation> FindOperation(const Catalogue& catalogue,
                                                   std::string_view text) {
  const std::optional<ApiName> name = SplitApi(text);
  if (!name) {
    return tl::make_unexpected(NoOperation{"bad-api", Ticked(text) + " is not an API operation",
                                           "SERVICE.OPERATION, such as s3.ListBuckets"});
  }
  const std::optional<Api> api = catalogue.FindApi(name->service);
  if (!api) return tl::make_unexpected(UnknownService(catalogue, name->service));
  Operation operation;
  for (const policy::NeededPermission& needed : catalogue.PermissionsOf(*api, name->operation)) {
    operation.permissions.push_back({std::string(needed.action), needed.on, needed.when});
  }
  if (!std::ranges::all_of(operation.permissions, [](const OperationPermission& permission) {
        return permission.on == kUnsaid;
      })) {
    return operation;
  }
  const auto action = catalogue.FindAction(api->prefix, name->operation);
  if (!action && catalogue.HoldsActionsOf(api->prefix)) {
    return tl::make_unexpected(UnknownOperation(catalogue, *api, name->service, name->operation));
  }
  operation.permissions.insert(
      operation.permissions.begin(),
      {ActionOf(api->prefix, action ? action->name : name->operation), kResource, kAlways});
  operation.assumed_same_name = !action;
  return operation;
}

OperationCalls CallsOf(const Catalogue& catalogue, const Operation& operation,
                       const OperationResources& resources) {
  OperationCalls result;
  for (const OperationPermission& permission : operation.permissions) {
    if (permission.on == kUnsaid || !IsPartOf(permission.when, resources)) continue;
    result.calls.push_back({permission.action,
                            std::string(ResourceOf(catalogue, permission, resources)),
                            permission.when == kEither});
  }
  for (const OperationPermission& permission : operation.permissions) {
    if (permission.on != kUnsaid || !IsPartOf(permission.when, resources)) continue;
    if (!IsCalled(result.calls, permission.action)) result.unjudged.push_back(permission.action);
  }
  return result;
}

}  // namespace postern::authz
