#include "tests/bench/hostile_bench.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <re2/re2.h>

#include <memory>

#include "policy/language/pattern.h"
#include "policy/language/wildcard.h"

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

std::string RegularExpression(std::string_view pattern) {
  std::string expression;
  for (const char c : pattern) {
    if (c == '*') {
      expression += ".*";
    } else if (c == '?') {
      expression += '.';
    } else {
      expression += RE2::QuoteMeta(std::string(1, c));
    }
  }
  return expression;
}

template <typename Match>
void Register(const std::string& name, bool expected, Match match) {
  benchmark::RegisterBenchmark(name.c_str(), [expected, match](benchmark::State& state) {
    bool matches = expected;
    for (auto _ : state) {
      matches = match();
      benchmark::DoNotOptimize(matches);
    }
    if (matches != expected) state.SkipWithError("wrong answer");
  });
}

void RegisterPattern(const HostilePattern& hostile, std::size_t bytes) {
  const auto tokens = std::make_shared<const std::string>(policy::WildcardTokens(hostile.pattern));
  const policy::Pattern pattern(*tokens);
  const std::string value(bytes, 'a');
  const bool expected = policy::ReferenceMatch(*tokens, value);
  Register(HostileFigure(hostile, "postern", bytes), expected,
           [tokens, pattern, value] { return pattern.Matches(value); });
  Register(HostileFigure(hostile, "two-pointer", bytes), expected,
           [tokens, value] { return policy::ReferenceMatch(*tokens, value); });

  RE2::Options options;
  options.set_dot_nl(true);
  options.set_log_errors(false);
  options.set_never_capture(true);
  const auto expression = std::make_shared<const RE2>(RegularExpression(hostile.pattern), options);
  if (!expression->ok()) return;  // too large for RE2's own limit
  Register(HostileFigure(hostile, "re2", bytes), expected,
           [expression, value] { return RE2::FullMatch(value, *expression); });
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

std::string HostileFigure(const HostilePattern& pattern, std::string_view matcher,
                          std::size_t bytes) {
  return fmt::format("hostile/{}/{}/{}", pattern.name, matcher, bytes);
}

void RegisterHostileBenchmarks() {
  for (const HostilePattern& pattern : HostilePatterns()) {
    for (const std::size_t bytes : kValueBytes) RegisterPattern(pattern, bytes);
  }
}

}  // namespace postern::bench
