// Some of AWS's services, with actions and the ARNs of their resources: what made-up policies and
// requests are about. A table of its own, so that the loads stay the same when the catalogue grows.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace postern::bench {

struct ServiceAction {
  std::string_view name;
  // `#` is a name; "" = the action has no resource type, so its resource is `*`.
  std::string_view resource;
};

struct Service {
  std::string_view prefix;
  std::array<ServiceAction, 12> actions;
};

// All but S3.
std::span<const Service> Services();

}  // namespace postern::bench
