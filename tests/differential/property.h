// What must hold of every case (semantics S12.7, S4.19), as a table of checks: each changes the
// case in some way, asks the engine again and compares.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tests/differential/examined.h"
#include "tests/differential/generate/random.h"

namespace postern::differential {

struct Violation {
  std::size_t request;
  std::string what;  // one line for people
};

struct Property {
  std::string_view rule;  // "S12.7 (f)"
  std::string_view says;
  // Draws one change and checks it on some of the requests. The case is whole and not refused.
  std::optional<Violation> (*check)(Examined& examined, Random& random);
};

std::span<const Property> VerdictProperties();     // invariants.cc
std::span<const Property> LegProperties();         // legs.cc
std::span<const Property> UnknownProperties();     // unknowns.cc
std::span<const Property> AssumptionProperties();  // assumptions.cc

}  // namespace postern::differential
