// Policies that the generator of tests/differential makes, one by one.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/differential/engine_set.h"
#include "tests/differential/generate/generate.h"

namespace postern::testing {

// Those of the set number `number`; none where one of them is refused.
inline std::vector<authz::DocumentPtr> GeneratedPolicies(std::uint64_t number) {
  std::vector<authz::DocumentPtr> documents;
  const auto add = [&documents](const std::vector<authz::DocumentPtr>& more) {
    documents.insert(documents.end(), more.begin(), more.end());
  };
  differential::EngineSet generated(differential::GenerateSet(20'261'127, number, 1));
  if (!generated.refused().empty()) return documents;
  const authz::PolicySet& set = generated.policies();
  if (set.endpoint && set.endpoint->document) documents.push_back(set.endpoint->document);
  for (const authz::PolicyLayer* layer :
       {&set.identity, &set.boundary, &set.session, &set.resource}) {
    add(layer->policies);
  }
  for (const authz::LeveledLayer* layer : {&set.scps, &set.rcps}) {
    for (const auto& level : layer->levels) add(level);
  }
  return documents;
}

}  // namespace postern::testing
