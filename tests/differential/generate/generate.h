// The typed generator: policy sets and the requests asked of them, as JSON text.
//
//   {"policies": {...}, "organization": {...}, "requests": [{...}, ...]}
//
// `policies`, `organization` and each request are written as a case has them (README of cmd, case
// format). The text is the same for the same seed and set, everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "tests/differential/generate/random.h"

namespace postern::differential {

inline constexpr std::size_t kRequestsOfSet = 16;

std::string GenerateSet(std::uint64_t seed, std::uint64_t set,
                        std::size_t requests = kRequestsOfSet);
// The set that these numbers make.
std::string GenerateSet(Random& random, std::size_t requests);

}  // namespace postern::differential
