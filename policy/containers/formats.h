// The container formats, for ReadContainer: each says whether a tree is of its format, and finds
// what is in it.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "policy/containers/container.h"
#include "policy/tree.h"

namespace postern::policy {

struct ContainerFormat {
  std::string_view name;
  bool (*is)(const Node& root);
  Contents (*find)(const std::shared_ptr<const Tree>& tree);
};

bool IsTerraformPlan(const Node& root);
Contents FindInTerraformPlan(const std::shared_ptr<const Tree>& tree);

bool IsCloudFormation(const Node& root);
Contents FindInCloudFormation(const std::shared_ptr<const Tree>& tree);

bool IsAwsOutput(const Node& root);
Contents FindInAwsOutput(const std::shared_ptr<const Tree>& tree);

}  // namespace postern::policy
