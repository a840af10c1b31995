// Hostile patterns. "hostile/PATTERN/MATCHER/BYTES" in ns a match; MATCHER is `postern`, `re2`
// (compiled beforehand) or `two-pointer` (policy/language/wildcard.h).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tests/bench/figures.h"
#include "tests/bench/workloads/hostile_patterns.h"

namespace postern::bench {

std::string HostileFigure(const HostilePattern& pattern, std::string_view matcher,
                          std::size_t bytes);
void RegisterHostileBenchmarks();

// The slowest of many random patterns against 1,024 bytes: "random/slowest" in ns; says on standard
// error which it was. Throws BenchError if one gives another answer than the reference.
void MeasureRandomPatterns(std::size_t count, Figures& figures);

// The table of the report; "" if nothing was measured.
std::string HostileText(const Figures& figures);

}  // namespace postern::bench
