// A case that was read, decided and explained in every way.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "authz/compile.h"
#include "authz/suites/case_file.h"
#include "authz/verdict.h"
#include "policy/tree.h"

namespace postern::fuzz {

// Policies for any path: an endpoint's, a bucket's, a role's, by its words.
authz::ReadPolicyFile AnyPolicyFile();

// Every problem says something, at a place in its source.
void CheckProblems(const std::vector<authz::CaseProblem>& problems);

// The decision; nothing for an input error. What explains it must agree with it.
std::optional<authz::Decision> DecideAlike(const authz::PolicySet& policies,
                                           const authz::Case& question,
                                           authz::CompileOptions options);

}  // namespace postern::fuzz
