// The ARNs of S3 access points, and which calls go through one (semantics S7.12).
#pragma once

#include <string_view>

#include "policy/language/arn.h"

namespace postern::authz {

// arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME, with or without /object/KEY; a multi-Region access
// point has no Region.
bool IsAccessPoint(const policy::Arn& arn);
bool IsAccessPoint(std::string_view arn);

// The two parts of such an ARN. Views into its text.
struct AccessPointParts {
  std::string_view own;  // the access point's own ARN
  bool is_object = false;
  std::string_view key;  // of the object
};
AccessPointParts SplitAccessPoint(std::string_view text, const policy::Arn& arn);

// Whether an S3 action, its name in lower case, reaches through the access point to the bucket.
// Those that manage access points are about the access point itself (S7.12.7).
bool ReachesThrough(std::string_view action_name);

}  // namespace postern::authz
