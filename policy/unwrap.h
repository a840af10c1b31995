// A policy file whose text is the policy in another spelling: a JSON string, as
// DescribeVpcEndpoints prints it, or URL-encoded, as IAM's API does.
#pragma once

#include <memory>
#include <string_view>

#include "policy/tree.h"

namespace postern::policy {

struct Unwrapped {
  std::shared_ptr<const Tree> tree;  // what was inside; null if the file is not wrapped
  std::string_view wrapping;         // "a JSON string"
};

// Only where what is inside is JSON; its ranges are bytes of the file.
Unwrapped UnwrapString(const Tree& tree);
Unwrapped UnwrapUrl(std::shared_ptr<const Source> source);

}  // namespace postern::policy
