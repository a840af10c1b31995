// Lint rules that look at several policies of one run: what one of them says about another.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "policy/containers/container.h"
#include "policy/document.h"
#include "policy/rule.h"

namespace postern::authz {

// One policy of the run. Whoever makes the run keeps what this points to.
struct RunPolicy {
  const policy::PolicyDocument* document = nullptr;  // never null in a run
  const policy::LintFacts* facts = nullptr;          // likewise; what the container tells included
  const policy::Source* file = nullptr;              // likewise; what messages name
  const policy::ContainedPolicy* contained = nullptr;  // null: the policy is the file
};

// The policies of one run and the containers they were found in, in any order.
struct LintRun {
  std::vector<RunPolicy> policies;
  std::vector<std::shared_ptr<const policy::Container>> containers;
};

// Whether a policy of that kind is of any use in a run.
bool IsLookedAtTogether(policy::PolicyKind kind);

// What was found about a policy of the run, or about something else in a container.
struct RunFinding {
  std::optional<std::size_t> policy;  // index in LintRun::policies
  std::size_t container = 0;          // without one: index in LintRun::containers,
  std::string resource;               // and what it is about there
  policy::Diagnostic diagnostic;      // its places are in the file
};

// Asks those of `rules` that are rules of this kind. Their findings in the order of the rules.
std::vector<RunFinding> LintTogether(const LintRun& run, std::span<const policy::Rule> rules);

// Their rows; `check` is null in them.
std::span<const policy::Rule> TogetherRules();

}  // namespace postern::authz
