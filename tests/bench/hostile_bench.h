// Patterns that matchers choke on, against `aaa...a`, none of which match but the last family.
// "hostile/PATTERN/MATCHER/BYTES" in ns a match; MATCHER is `postern`, `re2` (compiled beforehand)
// or `two-pointer` (policy/language/wildcard.h).
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace postern::bench {

struct HostilePattern {
  std::string name;     // "(*a)^511 *b"
  std::string pattern;  // as a policy writes it, 64 to 2,048 bytes
};

inline constexpr std::array<std::size_t, 3> kValueBytes = {256, 512, 1024};
inline constexpr std::array<std::string_view, 3> kMatchers = {"postern", "re2", "two-pointer"};

std::vector<HostilePattern> HostilePatterns();
std::string HostileFigure(const HostilePattern& pattern, std::string_view matcher,
                          std::size_t bytes);
void RegisterHostileBenchmarks();

}  // namespace postern::bench
