#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/reference/layers.h"

namespace postern::reference {

struct Decision {
  std::string verdict;  // "unknown" where the bounds of the layers give two verdicts (S4.19)
  std::vector<std::string> decided_by;
};

// S7.3, S7.6 to S7.9, S8.3.
Decision Decide(const Case& the_case, const Reading& reading, const Judgement& judgement);

// In the order of S8.3.
std::vector<std::string> InOrder(const std::set<std::string>& layers);

}  // namespace postern::reference
