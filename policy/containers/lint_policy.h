// Runs rules over a policy of a container.
#pragma once

#include <span>

#include "policy/containers/container.h"
#include "policy/lint.h"

namespace postern::policy {

// As LintText; `options.kind` is taken, and what the container tells of an endpoint goes before
// what `options` say of it. The places of the findings are in the container's source. Rules stay
// silent about values that are known only at deployment. `policy` must be readable.
LintResult LintContained(const ContainedPolicy& policy, LintOptions options,
                         std::span<const Rule> rules);

}  // namespace postern::policy
