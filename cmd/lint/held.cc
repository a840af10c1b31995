#include "cmd/lint/held.h"

#include <algorithm>
#include <utility>

namespace postern::cmd {

void HeldPolicies::Add(HeldPolicy policy) {
  if (policy.document && authz::IsLookedAtTogether(policy.document->kind())) {
    policies_.push_back(std::move(policy));
  }
}

authz::LintRun HeldPolicies::Run() const {
  authz::LintRun run;
  for (const HeldPolicy& held : policies_) {
    run.policies.push_back({&*held.document, &held.facts, held.file.get(), held.contained});
  }
  for (const HeldContainer& held : containers_) run.containers.push_back(held.container);
  return run;
}

const HeldPolicy* HeldPolicies::Find(const HeldContainer& container,
                                     std::string_view resource) const {
  const auto found = std::ranges::find_if(policies_, [&](const HeldPolicy& held) {
    return held.contained != nullptr && held.file == container.container->source &&
           held.contained->resource == resource;
  });
  return found == policies_.end() ? nullptr : &*found;
}

}  // namespace postern::cmd
