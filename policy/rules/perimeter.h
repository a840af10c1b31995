// Denies that draw a line around a network or an organization, and whom they spare.
#pragma once

#include "policy/document.h"

namespace postern::policy {

// The first condition that is true of whoever does not come through an endpoint, a VPC or an
// address that it lists; null if there is none.
const Condition* FindNetworkLimit(const Statement& statement);
// The same for whoever is not of an organization or account that it lists.
const Condition* FindIdentityLimit(const Statement& statement);

// Whether the statement leaves AWS services that call by themselves alone, or looks at them in a
// way that says they were thought of.
bool SparesServices(const Statement& statement);
// The same for calls that a service makes on the caller's behalf.
bool SparesForwardedCalls(const Statement& statement);
// Some principals are told apart by who they are.
bool LooksAtPrincipal(const Statement& statement);

}  // namespace postern::policy
