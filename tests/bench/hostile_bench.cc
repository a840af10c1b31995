#include "tests/bench/hostile_bench.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "policy/language/pattern.h"
#include "policy/language/wildcard.h"
#include "tests/bench/glob_expression.h"
#include "tests/bench/prepared.h"

namespace postern::bench {
namespace {

template <typename Match>
void Register(const std::string& name, bool expected, Match match) {
  benchmark::RegisterBenchmark(name.c_str(), [expected, match](benchmark::State& state) {
    bool matches = expected;
    for (auto _ : state) {
      matches = match();
      benchmark::DoNotOptimize(matches);
    }
    if (matches != expected) state.SkipWithError("wrong answer");
  })->MinTime(0.005);
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

  const auto expression = GlobExpression(hostile.pattern);
  if (!expression->ok()) return;  // too large for RE2's own limit
  Register(HostileFigure(hostile, "re2", bytes), expected,
           [expression, value] { return RE2::FullMatch(value, *expression); });
}

double LeastNanoseconds(const policy::Pattern& pattern, const std::string& value) {
  double least = 1e12;
  for (int i = 0; i < 7; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(pattern.Matches(value));
    const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - begin;
    least = std::min(least, time.count());
  }
  return least;
}

}  // namespace

std::string HostileFigure(const HostilePattern& pattern, std::string_view matcher,
                          std::size_t bytes) {
  return fmt::format("hostile/{}/{}/{}", pattern.name, matcher, bytes);
}

void RegisterHostileBenchmarks() {
  for (const HostilePattern& pattern : HostilePatterns()) {
    for (const std::size_t bytes : kValueBytes) RegisterPattern(pattern, bytes);
  }
}

void MeasureRandomPatterns(std::size_t count, Figures& figures) {
  double slowest = 0;
  RandomMatch worst;
  for (RandomMatch& match : RandomMatches(count)) {
    const std::string tokens = policy::WildcardTokens(match.pattern);
    const policy::Pattern pattern(tokens);
    if (pattern.Matches(match.value) != policy::ReferenceMatch(tokens, match.value)) {
      throw BenchError{fmt::format("`{}` against `{}`: wrong answer", match.pattern, match.value)};
    }
    const double time = LeastNanoseconds(pattern, match.value);
    if (time <= slowest) continue;
    slowest = time;
    worst = std::move(match);
  }
  figures.Add("random/slowest", slowest);
  fmt::print(stderr, "bench: the slowest of {} random patterns, {} bytes: {:.120}...\n", count,
             worst.pattern.size(), worst.pattern);
}

}  // namespace postern::bench
