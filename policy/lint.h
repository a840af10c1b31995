// Runs rules over policies.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "policy/parse.h"
#include "policy/rule.h"

namespace postern::policy {

struct LintOptions {
  PolicyKind kind = PolicyKind::kIdentity;
  LintFacts facts;
};

struct LintResult {
  std::optional<PolicyDocument> document;
  std::vector<Diagnostic> diagnostics;  // sorted; severities as the rules' table has them
};

// Reads, parses and checks one policy text with `rules`. A rule that is not among them is silent,
// also where parse found it. Never throws on bad input.
LintResult LintText(std::shared_ptr<const Source> source, const LintOptions& options,
                    std::span<const Rule> rules);

// The same for a policy that is the node `root` of a larger tree.
LintResult LintNode(std::shared_ptr<const Tree> tree, const Node& root, const LintOptions& options,
                    std::span<const Rule> rules);

}  // namespace postern::policy
