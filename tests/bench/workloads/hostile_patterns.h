// Patterns that matchers choke on, and random ones that might be worse.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace postern::bench {

struct HostilePattern {
  std::string name;     // "(*a)^511 *b"
  std::string pattern;  // as a policy writes it, 64 to 2,048 bytes
};

// Against `aaa...a` of so many bytes; none matches but those of the last family.
inline constexpr std::array<std::size_t, 3> kValueBytes = {256, 512, 1024};
std::vector<HostilePattern> HostilePatterns();

struct RandomMatch {
  std::string pattern;  // up to 2,048 bytes
  std::string value;    // up to 1,024 bytes of UTF-8
};
// Patterns of few letters and many wildcards, and values that they nearly match.
std::vector<RandomMatch> RandomMatches(std::size_t count);

}  // namespace postern::bench
