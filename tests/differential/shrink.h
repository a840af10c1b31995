// Makes a failing case small enough to read.
#pragma once

#include <functional>
#include <string>

#include "tests/differential/check.h"

namespace postern::differential {

// Drops and simplifies parts of the case for as long as `still_fails` says so of what is left. The
// case has one request, which stays, as does `policies`.
std::string Shrink(const std::string& text,
                   const std::function<bool(const std::string&)>& still_fails);

// The smallest case found that breaks the same rule in the same kind of way.
Failure Shrink(const Failure& failure);

}  // namespace postern::differential
