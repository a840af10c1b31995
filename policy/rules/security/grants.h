// Shapes of grants that several rules of this folder ask for.
#pragma once

#include "policy/document.h"

namespace postern::policy {

// Every action on every resource, without a condition: SE101 says all that is to be said.
bool IsAdminStar(const Statement& statement);
// Resource is `*`, or every role of an account or of all of them.
bool IsOnEveryRole(const Statement& statement);

}  // namespace postern::policy
