// What callers in a VPC use an S3 endpoint for, as `--uses` names it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/rule.h"

namespace postern::policy {

inline constexpr std::string_view kUsesAccessPoints = "access-points";
inline constexpr std::string_view kUsesDockerHub = "docker-hub";
inline constexpr std::string_view kUsesCopy = "s3-copy";

// These, and the features of AwsBuckets(); sorted.
std::vector<std::string_view> KnownUses();
bool Uses(const EndpointFacts& endpoint, std::string_view use);

}  // namespace postern::policy
