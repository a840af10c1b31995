#include "authz/operations/operations.h"

#include <algorithm>

#include "authz/operations/operation_table.h"
#include "policy/language/fold.h"

namespace postern::authz {

namespace {

using policy::EqualsIgnoreAsciiCase;

using enum CallTarget;
using enum CallPart;

// Services beside S3. Each row's operation is no action of its service.
constexpr OperationRow kOtherRows[] = {
    {"dynamodb", "TransactGetItems", "dynamodb:GetItem"},
    {"kms", "ReEncrypt", "kms:ReEncryptFrom", kSource},
    {"kms", "ReEncrypt", "kms:ReEncryptTo", kDestination},
    {"lambda", "Invoke", "lambda:InvokeFunction"},
    {"lambda", "InvokeWithResponseStream", "lambda:InvokeFunction"},
    {"sns", "PublishBatch", "sns:Publish"},
    {"sqs", "ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibility"},
    {"sqs", "DeleteMessageBatch", "sqs:DeleteMessage"},
    {"sqs", "SendMessageBatch", "sqs:SendMessage"},
};

// What the SDKs call otherwise than IAM does.
constexpr struct {
  std::string_view sdk;
  std::string_view prefix;
} kServicePrefixes[] = {{"s3control", "s3"}, {"s3api", "s3"}};

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
  ApiName name{api.substr(0, dot), api.substr(dot + 1)};
  const auto in_service = [](char c) { return IsAlphanumeric(c) || c == '-'; };
  if (name.service.empty() || !std::ranges::all_of(name.service, in_service)) return std::nullopt;
  if (name.operation.empty() || !std::ranges::all_of(name.operation, IsAlphanumeric)) {
    return std::nullopt;
  }
  if (EqualsIgnoreAsciiCase(name.service, "s3api")) name.service = "s3";
  return name;
}

bool IsRowOf(const OperationRow& row, const ApiName& api) {
  return EqualsIgnoreAsciiCase(row.operation, api.operation) &&
         EqualsIgnoreAsciiCase(row.service, api.service);
}

// The rows of an operation stand together.
std::span<const OperationRow> RowsOf(const ApiName& api) {
  for (const std::span<const OperationRow> table : {S3Operations(), OtherOperations()}) {
    const auto is_row = [&](const OperationRow& row) { return IsRowOf(row, api); };
    const auto first = std::ranges::find_if(table, is_row);
    if (first != table.end()) {
      return {first, std::ranges::find_if_not(first, table.end(), is_row)};
    }
  }
  return {};
}

bool IsPartOf(CallPart part, const OperationResources& resources) {
  switch (part) {
    case kAlways:
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
  }
  return false;
}

std::string_view TargetIn(CallTarget target, const OperationResources& resources) {
  switch (target) {
    case kResource:
      return resources.resource;
    case kAccount:
      return "*";
    case kSource:
      return resources.source;
    case kDestination:
      return resources.destination;
  }
  return resources.resource;
}

std::string_view PrefixOf(std::string_view service) {
  for (const auto& [sdk, prefix] : kServicePrefixes) {
    if (EqualsIgnoreAsciiCase(sdk, service)) return prefix;
  }
  return service;
}

// "GetObject" is the operation and the action.
bool IsOwnAction(std::span<const OperationRow> rows, std::string_view action) {
  return std::ranges::any_of(
      rows, [&](const OperationRow& row) { return EqualsIgnoreAsciiCase(row.action, action); });
}

}  // namespace

std::span<const OperationRow> OtherOperations() { return kOtherRows; }

std::optional<OperationCalls> CallsOf(std::string_view api, const OperationResources& resources) {
  const std::optional<ApiName> name = SplitApi(api);
  if (!name) return std::nullopt;
  OperationCalls result;
  const std::span<const OperationRow> rows = RowsOf(*name);
  for (const OperationRow& row : rows) {
    if (!IsPartOf(row.part, resources)) continue;
    result.calls.push_back({std::string(row.action), std::string(TargetIn(row.target, resources))});
  }
  if (rows.empty()) {
    std::string action(PrefixOf(name->service));
    action.append(":").append(name->operation);
    result.calls.push_back({std::move(action), std::string(resources.resource)});
    result.assumed_same_name = true;
  }
  return result;
}

bool TakesSourceAndDestination(std::string_view api) {
  const std::optional<ApiName> name = SplitApi(api);
  return name && std::ranges::any_of(RowsOf(*name),
                                     [](const OperationRow& row) { return row.target == kSource; });
}

std::optional<std::string_view> PermissionOfOperation(std::string_view action) {
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const ApiName name{action.substr(0, colon), action.substr(colon + 1)};
  const std::span<const OperationRow> rows = RowsOf(name);
  if (rows.empty() || IsOwnAction(rows, action)) return std::nullopt;
  // A copy reads and writes: what it is named for is the writing.
  const auto destination = std::ranges::find(rows, kDestination, &OperationRow::target);
  return destination == rows.end() ? rows.front().action : destination->action;
}

}  // namespace postern::authz
