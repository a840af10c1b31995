// One line of `postern eval --stream`.
#pragma once

#include <string>
#include <string_view>

#include "authz/compile.h"
#include "authz/verdict.h"

namespace postern::cmd {

// {"id":"…","verdict":"…","decided_by":[…]}, with "statements", "missing" and "assumed" where they
// say something.
void AppendResultLine(std::string& out, std::string_view id,
                      const authz::CompiledPolicySet& policies, const authz::Decision& decision);

}  // namespace postern::cmd
