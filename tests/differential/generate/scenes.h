// What generated requests are about: a service's actions and resources, and the patterns of
// policies that meet them or nearly do.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace postern::differential {

// What stands as `resource` beside the request.
enum class ResourcePolicyForm : std::uint8_t {
  kWithResource,
  kMayLackResource,  // a queue or key policy: without Resource it is about what it is attached to
  kTrust,            // never has Resource
  kNone,             // the call names no resource, or the service has no such policies
};

struct Scene {
  std::string_view name;
  unsigned weight;
  std::span<const std::string_view> actions;
  std::span<const std::string_view> action_patterns;
  std::span<const std::string_view> resources;
  std::span<const std::string_view> resource_patterns;
  ResourcePolicyForm resource_policy;
  std::string_view endpoint_service;
  bool has_gateway = false;
  bool is_s3 = false;
  // The resources are what stands behind an access point's ARN: "" or "/object/KEY".
  bool through_access_point = false;
};

std::span<const Scene> Scenes();
// Of access points.
std::span<const std::string_view> AccessPointArns();
// Patterns that any policy may hold.
std::span<const std::string_view> OddActionPatterns();
std::span<const std::string_view> OddResourcePatterns();

}  // namespace postern::differential
