// The `policies` of a generated case: every layer, in every state of knowledge.
#pragma once

#include "tests/differential/generate/plan.h"
#include "tests/differential/json.h"

namespace postern::differential {

void WritePolicies(SetPlan& plan, Random& random, JsonWriter& out);

}  // namespace postern::differential
