// Which resources of Terraform's AWS provider hold policies.
#pragma once

#include <span>
#include <string_view>

#include "policy/kind.h"

namespace postern::policy {

struct TerraformAttribute {
  std::string_view type;  // "aws_vpc_endpoint"
  std::string_view path;  // of the policy in the resource's values: "inline_policy/*/policy"
  PolicyKind kind;        // for aws_organizations_policy its type says
  // Where the configuration says nothing of it, AWS or another resource fills it in.
  bool computed;
};

// Those of one type; empty for most types.
std::span<const TerraformAttribute> TerraformAttributesOf(std::string_view type);

}  // namespace postern::policy
