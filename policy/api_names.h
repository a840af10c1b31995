// API operations written in the place of actions (semantics S7.14).
#pragma once

#include <string>
#include <string_view>

namespace postern::policy {

class Catalogue;

// What to write instead of "s3:ListBuckets": "s3:ListAllMyBuckets"; several have " and " between
// them, or " or " where the operation needs one of them. "" if an action of that name exists, or if
// the catalogue knows no such operation.
std::string PermissionInPlaceOf(const Catalogue& catalogue, std::string_view action);

}  // namespace postern::policy
