#include "cmd/render/catalog_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "cmd/render/json_writer.h"
#include "cmd/render/snippet.h"
#include "policy/language/fold.h"

namespace postern::cmd {
namespace {

using policy::Action;
using policy::Catalogue;
using policy::ConditionKey;
using policy::ResourceType;

constexpr std::string_view kSchema = "postern/catalog/1";

struct Counts {
  std::size_t services = 0;
  std::size_t actions = 0;
  std::size_t resource_types = 0;
  std::size_t condition_keys = 0;
};

Counts CountsOf(const Catalogue& catalogue) {
  Counts counts;
  counts.condition_keys = catalogue.GlobalConditionKeys().size();
  for (const std::string_view service : catalogue.Services()) {
    ++counts.services;
    counts.actions += catalogue.ActionsOf(service).size();
    counts.resource_types += catalogue.ResourceTypesOf(service).size();
    counts.condition_keys += catalogue.ConditionKeysOfService(service).size();
  }
  return counts;
}

std::string_view Arity(const ConditionKey& key) { return key.multivalued ? "multivalued" : ""; }

// The operations of APIs of the service that need the action.
std::vector<std::string> OperationsThatNeed(const Catalogue& catalogue, const Action& action) {
  const std::string permission = fmt::format("{}:{}", action.service, action.name);
  std::vector<std::string> operations;
  for (const std::string_view name : catalogue.ApiNames()) {
    const auto api = catalogue.FindApi(name);
    if (!api) continue;
    for (const std::string_view operation : catalogue.OperationsOf(*api)) {
      const auto needed = catalogue.PermissionsOf(*api, operation);
      const bool needs = std::ranges::any_of(needed, [&](const policy::NeededPermission& one) {
        return policy::EqualsIgnoreAsciiCase(one.action, permission);
      });
      if (needs) operations.push_back(fmt::format("{}.{}", name, operation));
    }
  }
  return operations;
}

// "gateway, interface", or "" where the service has no endpoint of its own name.
std::string EndpointTypes(const Catalogue& catalogue, std::string_view service) {
  const auto endpoint = catalogue.FindEndpointService(service);
  if (!endpoint) return {};
  std::string types = endpoint->gateway ? "gateway" : "";
  if (endpoint->interface) types += types.empty() ? "interface" : ", interface";
  return types;
}

std::string_view PolicyOfEndpoint(const Catalogue& catalogue, std::string_view service) {
  const auto endpoint = catalogue.FindEndpointService(service);
  if (!endpoint || !endpoint->policy_supported) return "not known";
  return *endpoint->policy_supported ? "taken" : "not taken";
}

void AddNames(JsonWriter& json, std::string_view key, const std::vector<std::string_view>& names) {
  json.Key(key).BeginArray();
  for (const std::string_view name : names) json.String(name);
  json.EndArray();
}

void AddResourceTypes(JsonWriter& json, const std::vector<ResourceType>& types) {
  json.Key("resource_types").BeginArray();
  for (const ResourceType& type : types) {
    json.BeginObject().Member("name", type.name).Member("arn", type.arn_template).EndObject();
  }
  json.EndArray();
}

void AddConditionKey(JsonWriter& json, const ConditionKey& key) {
  json.BeginObject().Member("name", key.name).Member("type", policy::KeyTypeName(key.type));
  json.Key("multivalued").Bool(key.multivalued).EndObject();
}

std::string ResourceTypesAsText(const std::vector<ResourceType>& types) {
  std::string text;
  for (const ResourceType& type : types) {
    text += fmt::format("  {:<34} {}\n", type.name, type.arn_template);
  }
  return text;
}

std::string Heading(std::string_view text, const Palette& palette) {
  return fmt::format("\n{}{}{}\n", palette.bold, text, palette.reset);
}

}  // namespace

std::string CatalogInfoAsText(const Catalogue& catalogue, std::string_view file) {
  const Counts counts = CountsOf(catalogue);
  return fmt::format(
      "catalogue of {} (iam-data {}){}{}\n"
      "{:>6} services\n{:>6} actions\n{:>6} resource types\n{:>6} condition keys\n",
      catalogue.date(), catalogue.version(), file.empty() ? "" : " from ", file, counts.services,
      counts.actions, counts.resource_types, counts.condition_keys);
}

std::string CatalogInfoAsJson(const Catalogue& catalogue, std::string_view file) {
  const Counts counts = CountsOf(catalogue);
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", kSchema).Key("catalogue").BeginObject();
  json.Member("date", catalogue.date()).Member("version", catalogue.version());
  if (!file.empty()) json.Member("file", file);
  json.Key("services").Number(counts.services).Key("actions").Number(counts.actions);
  json.Key("resource_types").Number(counts.resource_types);
  json.Key("condition_keys").Number(counts.condition_keys).EndObject().EndObject();
  return text;
}

std::string ServiceAsText(const Catalogue& catalogue, std::string_view service, bool color) {
  const Palette palette(color);
  std::string text = fmt::format("{}{}{}\n", palette.bold, service, palette.reset);
  const std::string types = EndpointTypes(catalogue, service);
  if (!types.empty()) {
    text += fmt::format("VPC endpoints: {}; endpoint policy {}\n", types,
                        PolicyOfEndpoint(catalogue, service));
  }
  text += fmt::format("resource control policies: {}\n",
                      catalogue.IsRcpCapable(service) ? "apply" : "do not apply");
  if (!catalogue.HoldsActionsOf(service)) {
    return text + "its actions, resource types and condition keys are not in this catalogue\n";
  }
  text += Heading("actions", palette);
  for (const Action& action : catalogue.ActionsOf(service)) {
    std::string types_of;
    for (const ResourceType& type : catalogue.ResourceTypesOf(action)) {
      types_of += types_of.empty() ? "" : ", ";
      types_of += type.name;
    }
    text += fmt::format("  {:<42} {:<22} {}\n", action.name, policy::AccessLevelName(action.level),
                        types_of.empty() ? "*" : types_of);
  }
  const auto resource_types = catalogue.ResourceTypesOf(service);
  if (!resource_types.empty()) text += Heading("resource types", palette);
  text += ResourceTypesAsText(resource_types);
  const auto keys = catalogue.ConditionKeysOfService(service);
  if (!keys.empty()) text += Heading("condition keys", palette);
  for (const ConditionKey& key : keys) {
    text +=
        fmt::format("  {:<50} {:<10} {}\n", key.name, policy::KeyTypeName(key.type), Arity(key));
  }
  return text;
}

std::string ServiceAsJson(const Catalogue& catalogue, std::string_view service) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", kSchema).Key("service").BeginObject();
  json.Member("prefix", service);
  json.Key("resource_control_policies").Bool(catalogue.IsRcpCapable(service));
  json.Key("actions").BeginArray();
  for (const Action& action : catalogue.ActionsOf(service)) json.String(action.name);
  json.EndArray();
  AddResourceTypes(json, catalogue.ResourceTypesOf(service));
  json.Key("condition_keys").BeginArray();
  for (const ConditionKey& key : catalogue.ConditionKeysOfService(service)) {
    AddConditionKey(json, key);
  }
  json.EndArray().EndObject().EndObject();
  return text;
}

std::string ActionAsText(const Catalogue& catalogue, const Action& action, bool color) {
  const Palette palette(color);
  std::string text = fmt::format("{}{}:{}{}  {}\n", palette.bold, action.service, action.name,
                                 palette.reset, policy::AccessLevelName(action.level));
  const auto types = catalogue.ResourceTypesOf(action);
  text += Heading("resource types", palette);
  text += types.empty() ? "  none: only Resource `*` allows it\n" : ResourceTypesAsText(types);
  const auto keys = catalogue.ConditionKeysOf(action);
  if (!keys.empty()) text += Heading("condition keys, beside the global ones", palette);
  for (const std::string_view key : keys) text += fmt::format("  {}\n", key);
  const auto operations = OperationsThatNeed(catalogue, action);
  if (!operations.empty()) text += Heading("operations that need it", palette);
  for (const std::string& operation : operations) text += fmt::format("  {}\n", operation);
  return text;
}

std::string ActionAsJson(const Catalogue& catalogue, const Action& action) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", kSchema).Key("action").BeginObject();
  json.Member("name", fmt::format("{}:{}", action.service, action.name));
  json.Member("access_level", policy::AccessLevelName(action.level));
  AddResourceTypes(json, catalogue.ResourceTypesOf(action));
  AddNames(json, "condition_keys", catalogue.ConditionKeysOf(action));
  json.Key("operations").BeginArray();
  for (const std::string& operation : OperationsThatNeed(catalogue, action)) json.String(operation);
  json.EndArray().EndObject().EndObject();
  return text;
}

std::string ConditionKeyAsText(const ConditionKey& key, bool color) {
  const Palette palette(color);
  return fmt::format("{}{}{}  {}, {}\n{}", palette.bold, key.name, palette.reset,
                     policy::KeyTypeName(key.type), key.multivalued ? "multivalued" : "one value",
                     key.has_tail ? "the name goes on behind the last character\n" : "");
}

std::string ConditionKeyAsJson(const ConditionKey& key) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", kSchema).Key("condition_key");
  AddConditionKey(json, key);
  json.EndObject();
  return text;
}

}  // namespace postern::cmd
