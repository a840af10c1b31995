// What policies have to do with one bucket.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/document.h"

namespace postern::authz {

// The one bucket that a bucket policy is about; "" where it is about several, or it cannot be told.
std::string BucketOf(const policy::PolicyDocument& document);
// The bucket that a resource pattern names in full, with its objects or without; else "".
std::string_view BucketNamed(std::string_view pattern);

// A call on the bucket or on an object in it.
struct BucketCall {
  std::string_view action;
  std::string resource;
};
// The usual calls that the statement is about, on what its resources name in the bucket. `bucket`
// is what Resource `*` means there. Some of them, where there are many.
std::vector<BucketCall> CallsOf(const policy::Statement& statement, std::string_view bucket);
// The same for one of the patterns alone; added to `calls`.
void AddCalls(const policy::Statement& statement, const policy::Node& pattern,
              std::string_view bucket, std::vector<BucketCall>& calls);
// As messages name them: objects are what buckets are for.
void ObjectsFirst(std::vector<BucketCall>& calls);

// Whether some request about the bucket or its objects may pass the endpoint policy, going by its
// actions, its resources and the Denies without a condition. False is sure.
bool MayAdmit(const policy::PolicyDocument& endpoint, std::string_view bucket);
// The Deny without a condition that shuts the bucket; null if there is none.
const policy::Statement* FindShutting(const policy::PolicyDocument& endpoint,
                                      std::string_view bucket);

}  // namespace postern::authz
