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

// `facts`, and before them what the container tells of the endpoint.
LintFacts FactsOf(const ContainedPolicy& policy, LintFacts facts);

// From the places of the policy's document to those of the container's source.
void MoveToContainer(const ContainedPolicy& policy, Diagnostic& diagnostic);

}  // namespace postern::policy
