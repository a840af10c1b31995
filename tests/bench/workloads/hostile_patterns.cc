#include "tests/bench/workloads/hostile_patterns.h"

#include <fmt/format.h>

#include <string_view>

#include "tests/bench/workloads/random.h"

namespace postern::bench {
namespace {

struct Family {
  const char* name;  // `{}` is how often `repeated` comes
  std::string_view before, repeated, after;
};
constexpr std::array<Family, 5> kFamilies = {{
    {"(*a)^{} *b", "", "*a", "*b"},
    {"(*a)^{} *b*", "", "*a", "*b*"},
    {"*a^{} b*", "*", "a", "b*"},
    {"*(a?)^{} b*", "*", "a?", "b*"},
    {"(?*)^{}", "", "?*", ""},
}};
constexpr std::array<std::size_t, 4> kPatternBytes = {64, 512, 1024, 2048};

constexpr std::size_t kLongestPattern = 2048;
constexpr std::size_t kLongestValue = 1024;

// A mixture of its own for each: which pieces it is made of, and how long it is.
std::string RandomPattern(Random& random) {
  constexpr std::array<std::string_view, 8> kPieces = {"a", "aa", "a?", "?", "b", "*", "*a", "??a"};
  std::vector<std::string_view> mixture;
  for (std::size_t i = random.Between(2, 12); i > 0; --i) mixture.push_back(random.Pick(kPieces));
  // A few runs of wildcard-free text are harder than many short ones.
  const std::size_t per_star = random.Percent(50) ? random.Between(20, 1000) : 0;
  const std::size_t bytes = random.Between(64, kLongestPattern - 4);
  std::string pattern = "*";
  std::size_t since_star = 0;
  while (pattern.size() < bytes) {
    const std::string_view piece = random.Pick(mixture);
    const bool starred = piece.find('*') != piece.npos;
    if (per_star != 0 && starred && since_star < per_star) {
      pattern += 'a';
      ++since_star;
      continue;
    }
    since_star = starred ? 0 : since_star + piece.size();
    pattern += piece;
  }
  return pattern + (random.Percent(80) ? "b*" : "");
}

std::string RandomValue(Random& random) {
  const std::size_t others = random.Below(3) == 0 ? random.Between(1, 200) : 0;
  const std::string_view other = random.Percent(50) ? "b" : "\xC3\xA9";
  std::string value(kLongestValue, 'a');
  for (std::size_t i = 0; i < others; ++i) {
    const std::size_t at = random.Below(kLongestValue / 2) * 2;  // a whole letter of two bytes
    value.replace(at, other.size(), other);
  }
  return value;
}

}  // namespace

std::vector<HostilePattern> HostilePatterns() {
  std::vector<HostilePattern> patterns;
  for (const Family& family : kFamilies) {
    for (const std::size_t bytes : kPatternBytes) {
      const std::size_t times =
          (bytes - family.before.size() - family.after.size()) / family.repeated.size();
      std::string pattern(family.before);
      for (std::size_t i = 0; i < times; ++i) pattern += family.repeated;
      patterns.push_back(
          {fmt::format(fmt::runtime(family.name), times), pattern + std::string(family.after)});
    }
  }
  return patterns;
}

std::vector<RandomMatch> RandomMatches(std::size_t count) {
  Random random(5);
  std::vector<RandomMatch> matches;
  for (std::size_t i = 0; i < count; ++i) {
    std::string pattern = RandomPattern(random);
    matches.push_back({std::move(pattern), RandomValue(random)});
  }
  return matches;
}

}  // namespace postern::bench
