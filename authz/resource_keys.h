// Actions whose requests carry no aws:ResourceAccount, aws:ResourceOrgID and aws:ResourceOrgPaths,
// although the resource has an owner (semantics S6.1).
#pragma once

#include <string_view>

namespace postern::authz {

// Both in lower case.
bool CarriesNoResourceAccount(std::string_view vendor, std::string_view name);

}  // namespace postern::authz
