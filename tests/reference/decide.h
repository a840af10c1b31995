#ifndef POSTERN_TESTS_REFERENCE_DECIDE_H_
#define POSTERN_TESTS_REFERENCE_DECIDE_H_

#include <string>
#include <vector>

#include "tests/reference/layers.h"

namespace postern::reference {

struct Decision {
  std::string verdict;  // "unknown" where the bounds of the layers give two verdicts (S4.19)
  std::vector<std::string> decided_by;
};

// S7.3, S7.6 to S7.9, S8.3.
Decision Decide(const Case& the_case, const Reading& reading, const Layers& layers);

}  // namespace postern::reference

#endif  // POSTERN_TESTS_REFERENCE_DECIDE_H_
