#include "authz/policy_set.h"

#include <algorithm>

namespace postern::authz {

const OrganizationAccount* Organization::Find(std::string_view account) const {
  const auto found = std::ranges::find(accounts, account, &OrganizationAccount::account);
  return found == accounts.end() ? nullptr : &*found;
}

}  // namespace postern::authz
