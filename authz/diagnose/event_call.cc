// eventSource and eventName -> the API, and what it asks for (semantics S7.14).
#include <algorithm>
#include <cctype>

#include "authz/diagnose/event_parts.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"

namespace postern::authz {
namespace {

using policy::EqualsIgnoreAsciiCase;
using policy::Node;

// Sources whose first word is neither a prefix of actions nor what an SDK calls the service.
constexpr std::pair<std::string_view, std::string_view> kSources[] = {
    {"streams.dynamodb", "dynamodb"},
    {"entitlement-marketplace", "aws-marketplace"},
    {"metering-marketplace", "aws-marketplace"},
};

// Where CloudTrail calls an operation otherwise than the service does.
constexpr struct {
  std::string_view service;
  std::string_view recorded;
  std::string_view operation;
} kNames[] = {
    {"s3", "DeleteBucketPublicAccessBlock", "DeletePublicAccessBlock"},
    {"s3", "DeleteMultipleObjects", "DeleteObjects"},
    {"s3", "GetObjectLockLegalHold", "GetObjectLegalHold"},
    {"s3", "GetObjectLockRetention", "GetObjectRetention"},
    {"s3", "InitiateMultipartUpload", "CreateMultipartUpload"},
    {"s3", "PutObjectLockLegalHold", "PutObjectLegalHold"},
    {"s3", "PutObjectLockRetention", "PutObjectRetention"},
};

// Parameters that are condition keys (S6.2).
constexpr struct {
  std::string_view service;
  std::string_view parameter;
  std::string_view key;
} kKeys[] = {
    {"s3", "delimiter", "s3:delimiter"},
    {"s3", "max-keys", "s3:max-keys"},
    {"s3", "prefix", "s3:prefix"},
    {"s3", "versionId", "s3:VersionId"},
    {"s3", "x-amz-acl", "s3:x-amz-acl"},
    {"s3", "x-amz-copy-source", "s3:x-amz-copy-source"},
    {"s3", "x-amz-metadata-directive", "s3:x-amz-metadata-directive"},
    {"s3", "x-amz-object-ownership", "s3:x-amz-object-ownership"},
    {"s3", "x-amz-server-side-encryption", "s3:x-amz-server-side-encryption"},
    {"s3", "x-amz-server-side-encryption-aws-kms-key-id",
     "s3:x-amz-server-side-encryption-aws-kms-key-id"},
    {"s3", "x-amz-storage-class", "s3:x-amz-storage-class"},
    {"sts", "externalId", "sts:ExternalId"},
    {"sts", "roleSessionName", "sts:RoleSessionName"},
    {"sts", "sourceIdentity", "sts:SourceIdentity"},
};

std::string Parameter(std::string_view name) {
  return std::string("requestParameters/").append(name);
}

bool HasParameter(const Node& record, std::string_view name) {
  return !TextAt(record, Parameter(name)).empty();
}

std::string_view ServiceOf(std::string_view source) {
  for (const std::string_view domain : {".amazonaws.com.cn", ".amazonaws.com", ".amazonaws.eu"}) {
    if (!source.ends_with(domain)) continue;
    source.remove_suffix(domain.size());
    break;
  }
  for (const auto& [recorded, service] : kSources) {
    if (source == recorded) return service;
  }
  return source.substr(0, source.find('.'));
}

bool IsDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Without the API's version: "ListFunctions20150331", "GetFunction20150331v2",
// "CreateDistribution2020_05_31".
std::string_view WithoutVersion(std::string_view name) {
  std::string_view stem = name;
  if (stem.size() > 2 && stem[stem.size() - 2] == 'v' && IsDigits(stem.substr(stem.size() - 1))) {
    stem.remove_suffix(2);
  }
  constexpr std::size_t kPlain = 8;    // 20150331
  constexpr std::size_t kSpaced = 10;  // 2020_05_31
  if (stem.size() > kPlain && IsDigits(stem.substr(stem.size() - kPlain))) {
    return stem.substr(0, stem.size() - kPlain);
  }
  if (stem.size() > kSpaced) {
    const std::string_view date = stem.substr(stem.size() - kSpaced);
    if (date[4] == '_' && date[7] == '_' && IsDigits(date.substr(0, 4))) {
      return stem.substr(0, stem.size() - kSpaced);
    }
  }
  return name;
}

std::string_view OperationName(std::string_view service, std::string_view recorded) {
  const std::string_view name = WithoutVersion(recorded);
  for (const auto& row : kNames) {
    if (row.service == service && row.recorded == name) return row.operation;
  }
  return name;
}

OperationResources PartsOfCall(const Node& record) {
  OperationResources parts;
  parts.resource = {};
  const auto any = [&](std::initializer_list<std::string_view> names) {
    return std::ranges::any_of(names,
                               [&](std::string_view name) { return HasParameter(record, name); });
  };
  parts.version = any({"versionId"});
  parts.acl =
      any({"x-amz-acl", "x-amz-grant-read", "x-amz-grant-write", "x-amz-grant-full-control"});
  parts.tags = any({"x-amz-tagging", "tags", "tagSpecificationSet"});
  parts.retention = any({"x-amz-object-lock-mode"});
  parts.legal_hold = any({"x-amz-object-lock-legal-hold"});
  parts.object_ownership = any({"x-amz-object-ownership"});
  parts.source_identity = any({"sourceIdentity"});
  return parts;
}

// The calls of the API; what is asked on the one resource of the call has it.
void ReadOperation(const Node& record, const policy::Catalogue& catalogue, CloudTrailEvent& event) {
  const std::string_view service = ServiceOf(event.source);
  const std::string_view name = OperationName(service, event.name);
  if (service.empty() || name.empty()) return;
  const std::string api = std::string(service).append(".").append(name);
  const auto operation = FindOperation(catalogue, api);
  if (!operation) {
    event.notes.push_back(operation.error().message);
    return;
  }
  event.api = api;
  OperationResources parts = PartsOfCall(record);
  const std::string_view region = TextAt(record, "awsRegion");
  const std::string source =
      CopySource(PartitionOf(region), TextAt(record, Parameter("x-amz-copy-source")));
  std::string destination;
  if (operation->TakesSourceAndDestination()) {
    parts.source = source;
    destination = ResourceOf(record, event, "s3:PutObject", catalogue);
    if (service == "s3") parts.destination = destination;
  }
  OperationCalls found = CallsOf(catalogue, *operation, parts);
  for (std::size_t i = 0; i < found.calls.size(); ++i) {
    Call& call = found.calls[i];
    const bool told = !call.resource.empty() || operation->TakesSourceAndDestination();
    if (!told) call.resource = ResourceOf(record, event, call.action, catalogue);
  }
  event.calls = std::move(found.calls);
  event.unjudged = std::move(found.unjudged);
  event.assumed_same_name = operation->assumed_same_name;
}

// The error names the permission that lacks, and mostly on what: that is the call to judge.
void PutDeniedCall(const Node& record, const policy::Catalogue& catalogue, CloudTrailEvent& event) {
  const DeniedMessage& message = event.message;
  if (message.action.empty()) return;
  const auto same = std::ranges::find_if(event.calls, [&](const Call& call) {
    return EqualsIgnoreAsciiCase(call.action, message.action);
  });
  Call denied;
  if (same != event.calls.end()) {
    denied = *same;
  } else {
    denied.action = message.action;
    denied.resource = ResourceOf(record, event, message.action, catalogue);
  }
  denied.either = false;
  const bool whole = policy::SplitConcreteArn(message.resource).valid();
  if (whole && (denied.resource.empty() || denied.resource != "*"))
    denied.resource = message.resource;
  event.calls = {std::move(denied)};
  event.unjudged.clear();
  event.assumed_same_name = false;
}

void ReadParameterKeys(const Node& record, std::string_view service, CloudTrailEvent& event) {
  for (const auto& row : kKeys) {
    if (row.service != service) continue;
    const std::string_view value = TextAt(record, Parameter(row.parameter));
    if (!value.empty()) event.keys.push_back({std::string(row.key), {std::string(value)}});
  }
  if (service != "s3") return;
  const std::string_view method = TextAt(record, "additionalEventData/AuthenticationMethod");
  const auto add = [&](const char* key, std::string_view value) {
    event.keys.push_back({key, {std::string(value)}});
  };
  if (method == "AuthHeader") add("s3:authType", "REST-HEADER");
  if (method == "QueryString") add("s3:authType", "REST-QUERY-STRING");
  if (TextAt(record, "additionalEventData/SignatureVersion") == "SigV4") {
    add("s3:signatureversion", "AWS4-HMAC-SHA256");
  }
  const std::string_view tls = TextAt(record, "tlsDetails/tlsVersion");
  if (tls.starts_with("TLSv")) add("s3:TlsVersion", tls.substr(4));
}

// S6.1: the Region of the request. Where the ARN names another one (a replica), which of them the
// key holds is not told.
void ReadRegion(const Node& record, CloudTrailEvent& event) {
  const std::string_view region = TextAt(record, "awsRegion");
  const bool elsewhere = std::ranges::any_of(event.calls, [&](const Call& call) {
    const std::string_view named = policy::SplitConcreteArn(call.resource).region();
    return !named.empty() && named != region;
  });
  if (region.empty() || elsewhere) {
    event.unknown_keys.emplace_back("aws:RequestedRegion");
  } else {
    event.keys.push_back({"aws:RequestedRegion", {std::string(region)}});
  }
}

// Where no ARN tells whose the resource is, the record may.
void ReadResourceAccount(const Node& record, CloudTrailEvent& event) {
  for (const Call& call : event.calls) {
    if (call.resource.empty() || call.resource == "*") continue;
    if (!policy::SplitConcreteArn(call.resource).account().empty()) return;
    const std::string_view account = ResourceAccountOf(record, call.resource);
    if (event.resource_account.empty()) event.resource_account = account;
    if (account.empty() || account != event.resource_account) {
      event.resource_account.clear();
      return;
    }
  }
}

}  // namespace

void ReadCalls(const Node& record, const policy::Catalogue& catalogue, CloudTrailEvent& event) {
  ReadOperation(record, catalogue, event);
  PutDeniedCall(record, catalogue, event);
  ReadParameterKeys(record, ServiceOf(event.source), event);
  ReadRegion(record, event);
  ReadResourceAccount(record, event);
  const bool open =
      std::ranges::any_of(event.calls, [](const Call& call) { return call.resource.empty(); });
  if (open)
    event.notes.emplace_back(
        "the event does not tell the ARN of the resource: `--resource` says it");
  if (event.calls.empty() && !event.api.empty()) {
    event.notes.push_back("`" + event.api + "` asks for no action that is known");
  }
}

}  // namespace postern::authz
