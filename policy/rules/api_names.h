// API operations whose permission has another name (semantics S7.14).
#pragma once

#include <span>
#include <string_view>

namespace postern::policy {

struct ApiName {
  std::string_view api;      // "s3:ListBuckets"; no action of that name exists
  std::string_view actions;  // "s3:ListAllMyBuckets"; several with " and " between them
};

std::span<const ApiName> ApiNames();
const ApiName* FindApiName(std::string_view action);  // ignores case; null if not in the table

}  // namespace postern::policy
