// What a suite leaves open until it is run: its `parameters`, which stand in its texts as `{name}`.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "authz/suites/case_file.h"
#include "policy/tree.h"

namespace postern::authz {

using ParameterValues = std::map<std::string, std::string, std::less<>>;

// The code of the problem at `/parameters/NAME` where a parameter has to be given and is not.
inline constexpr std::string_view kMissingParameter = "missing-parameter";

inline constexpr std::size_t kMostParameters = 64;
// By their numbers in the suite's order.
using ParameterSet = std::bitset<kMostParameters>;

// For want of what texts of a suite are unknown.
struct Untold {
  struct Text {
    std::uint32_t place;  // its first byte
    ParameterSet parameters;
  };
  ParameterSet shared;         // in what all cases share
  std::vector<Text> of_cases;  // by place
};

struct FilledSuite {
  std::shared_ptr<const policy::Tree> tree;  // keeps the one that it was made of
  std::vector<std::string> parameters;       // names, in the suite's order
  Untold untold;
};

// Puts the values into every text of the suite but its `parameters`. One that is not given is what
// it is in the Region, else its default; where that is `{unknown: true}`, a text with it in becomes
// the same. `{partition}` and
// `{region-without-dashes}` follow from `region`. A suite without parameters is left as it is.
// Reports values that are missing and names that are none; the tree is null then.
FilledSuite FillParameters(std::shared_ptr<const policy::Tree> tree, const ParameterValues& values,
                           std::vector<CaseProblem>& problems);

}  // namespace postern::authz
