// One generated set through everything: engine against reference evaluator, Decide against Explain,
// and the properties.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/differential/coverage.h"
#include "tests/differential/engine_set.h"
#include "tests/differential/json.h"

namespace postern::differential {

// A rule that a case breaks.
struct Failure {
  std::string rule;  // "reference", "explain", "S12.7 (f)", ...
  std::string what;  // one line for people
  std::string kind;  // failures that are probably the same have the same
  std::string text;  // the case, with this one request; see generate/generate.h
};

void CheckSet(const std::string& text, std::uint64_t seed, std::uint64_t set, Coverage& coverage,
              std::vector<Failure>& failures);

// What the reference evaluator answers to one request of a case that was read for it.
Answer AskReference(const JsonDocument& json, std::size_t request);

// Whether a case with one request breaks the rule; the failure that shows it. Properties are tried
// with several draws.
std::vector<Failure> Failures(const std::string& text, std::string_view rule);

}  // namespace postern::differential
