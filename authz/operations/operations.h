// API operations -> the (action, resource) pairs that must all be allowed (semantics S7.14).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::authz {

struct Call {
  std::string action;    // "s3:ListAllMyBuckets"
  std::string resource;  // ARN or "*"; "" where the case says that it is unknown
};

// What the case says the call is about.
struct OperationResources {
  std::string_view resource = "*";  // the one resource of most operations
  std::string_view source;          // s3.CopyObject, s3.UploadPartCopy
  std::string_view destination;
  // Parts of the call that need a permission of their own.
  bool version = false;           // a versionId: GetObjectVersion instead of GetObject
  bool acl = false;               // ACL headers
  bool tags = false;              // object tags
  bool retention = false;         // object lock: mode and date
  bool legal_hold = false;        // object lock: legal hold
  bool object_ownership = false;  // CreateBucket with an ownership setting
};

struct OperationCalls {
  std::vector<Call> calls;
  // The operation is not in the table: the action of the same name was taken (S7.14).
  bool assumed_same_name = false;
};

// `api` is "service.Operation", for example "s3.ListBuckets"; absent if it has not that form. The
// service is written as in actions or as the SDKs name it (s3control); the case of letters is free.
std::optional<OperationCalls> CallsOf(std::string_view api, const OperationResources& resources);

// Whether the operation reads one resource and writes another: it then takes `source` and
// `destination` and no `resource`.
bool TakesSourceAndDestination(std::string_view api);

// "s3:ListBuckets" -> "s3:ListAllMyBuckets": set if the text names an API operation whose
// permission is called otherwise and is not itself an action.
std::optional<std::string_view> PermissionOfOperation(std::string_view action);

}  // namespace postern::authz
