// W4: what `lint` does to a policy, step by step, in ns a policy: "W4/tree" reads the text,
// "W4/document" makes a document of it with the findings of reading and grammar, "W4/catalogue"
// asks the rules about actions, resources and condition keys as well, "W4/rules" asks all. "W4/dom"
// is RapidJSON's own document: in situ, iterative, validating, numbers as text.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/workloads/workloads.h"

namespace postern::bench {

void RegisterParseBenchmarks(const std::string& name, const std::vector<PolicyText>& policies);

}  // namespace postern::bench
