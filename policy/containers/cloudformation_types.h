// Which resources of CloudFormation hold policies.
#pragma once

#include <span>
#include <string_view>

#include "policy/kind.h"

namespace postern::policy {

struct CloudFormationProperty {
  std::string_view type;  // "AWS::EC2::VPCEndpoint"
  std::string_view path;  // of the policy in the properties: "Policies/*/PolicyDocument"
  PolicyKind kind;        // for AWS::Organizations::Policy its type says
  // What is there may be something else, such as the name of a managed policy: it is a policy where
  // it has Statement.
  bool mixed = false;
};

// Those of one type; empty for most types.
std::span<const CloudFormationProperty> CloudFormationPropertiesOf(std::string_view type);

}  // namespace postern::policy
