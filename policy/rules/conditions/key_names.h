// Whether a condition key exists, as far as the catalogue can tell.
#pragma once

#include <string_view>

namespace postern::policy {

class Catalogue;

// "aws:ResourceTag" or "aws:ResourceTag/": a tag key has to follow.
bool LacksTagKey(const Catalogue& catalogue, std::string_view key);

// A key of a service whose keys the catalogue holds all of, and that is none of them. Keys of
// identity providers ("token.actions.githubusercontent.com:sub") are of no service.
bool IsUnknownServiceKey(const Catalogue& catalogue, std::string_view key);

// The key of the same service within a small slip; "" if there is none.
std::string_view ClosestServiceKey(const Catalogue& catalogue, std::string_view key);

}  // namespace postern::policy
