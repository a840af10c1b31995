// Values of condition keys by the type that operators read: a few that meet, some that nearly do,
// the boundaries, and the malformed ones.
#pragma once

#include <span>
#include <string_view>

#include "policy/language/operators.h"
#include "tests/differential/json.h"

namespace postern::differential {

struct PoolValue {
  std::string_view text;
  bool bare = false;  // a number or a boolean of JSON, written without quotes
};

std::span<const PoolValue> PolicyValues(policy::OperatorFamily family);
std::span<const PoolValue> RequestValues(policy::OperatorFamily family);
// Policy values with `${...}` in all its forms.
std::span<const PoolValue> VariableValues(policy::OperatorFamily family);

void WriteValue(JsonWriter& out, const PoolValue& value);

}  // namespace postern::differential
