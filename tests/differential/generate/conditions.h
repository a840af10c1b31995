// The Condition element of generated statements: typed values, and now and then others.
#pragma once

#include <cstddef>

#include "tests/differential/generate/plan.h"
#include "tests/differential/json.h"

namespace postern::differential {

// An object with about `count` conditions, each with an operator of its own. Marks the keys that it
// reads as used.
void WriteCondition(std::size_t count, SetPlan& plan, Random& random, JsonWriter& out);

}  // namespace postern::differential
