// One line of `postern eval --stream`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "authz/compile.h"
#include "authz/verdict.h"

namespace postern::cmd {

// {"id":"…","verdict":"…","decided_by":[…]}, with "statements", "missing" and "assumed" where they
// say something. `assumed_of_api` stands in "assumed" behind what the decision assumed.
void AppendResultLine(std::string& out, std::string_view id,
                      const authz::CompiledPolicySet& policies, const authz::Decision& decision,
                      const std::vector<std::string>& assumed_of_api);

}  // namespace postern::cmd
