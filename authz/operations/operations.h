// API operations -> the (action, resource) pairs that must be allowed (semantics S7.14). What each
// needs stands in schemas/catalogue/operations.tsv.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "policy/catalogue.h"

namespace postern::authz {

struct Call {
  std::string action;    // "s3:ListAllMyBuckets"
  std::string resource;  // ARN or "*"; "" where the case says that it is unknown
  // One of several of which the operation needs at least one: what it is sent with says which
  // (S7.14.1).
  bool either = false;
};

struct OperationPermission {
  std::string action;
  policy::AskedOn on = policy::AskedOn::kResource;
  policy::AskedWhen when = policy::AskedWhen::kAlways;
};

struct Operation {
  std::vector<OperationPermission> permissions;
  // Nothing is known of the operation but its name: the action of that name was taken (S7.14.5).
  bool assumed_same_name = false;

  // Whether it reads one resource and writes another: it then takes `source` and `destination` and
  // no `resource`.
  bool TakesSourceAndDestination() const;
};

// Why a text names no operation.
struct NoOperation {
  std::string code;  // "bad-api", "unknown-service", "unknown-operation"
  std::string message;
  std::string help;
};

// `api` is "service.Operation", for example "s3.ListBuckets". The service is a prefix of actions or
// what an SDK or the CLI calls it (s3control, elbv2, CloudWatchLogs); the case of letters is free.
tl::expected<Operation, NoOperation> FindOperation(const policy::Catalogue& catalogue,
                                                   std::string_view api);

// What the case says the call is about.
struct OperationResources {
  std::string_view resource = "*";  // the one resource of most operations
  std::string_view source;          // s3.CopyObject, s3.UploadPartCopy, kms.ReEncrypt
  std::string_view destination;
  // Parts of the call that need a permission of their own.
  bool version = false;           // a versionId: GetObjectVersion instead of GetObject
  bool acl = false;               // ACL headers
  bool tags = false;              // tags of what is created
  bool retention = false;         // object lock: mode and date
  bool legal_hold = false;        // object lock: legal hold
  bool object_ownership = false;  // CreateBucket with an ownership setting
  bool source_identity = false;   // AssumeRole with a source identity
};

struct OperationCalls {
  std::vector<Call> calls;
  // Actions that the operation may need as well, on resources or with parts that a case cannot say:
  // a role that it passes, a key that encrypts. They are not judged.
  std::vector<std::string> unjudged;
};

OperationCalls CallsOf(const policy::Catalogue& catalogue, const Operation& operation,
                       const OperationResources& resources);

}  // namespace postern::authz
