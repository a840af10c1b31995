// The `request` of a generated case.
#pragma once

#include "tests/differential/generate/plan.h"
#include "tests/differential/json.h"

namespace postern::differential {

// Supplies the keys that the plan's policies read, each in one of its states.
void WriteRequest(const SetPlan& plan, Random& random, JsonWriter& out);

}  // namespace postern::differential
