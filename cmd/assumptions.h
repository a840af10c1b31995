// The assumption register of authz/semantics.md (S10), read from the text itself.
#pragma once

#include <string_view>
#include <vector>

namespace postern::cmd {

// One row of the table; views into the embedded text.
struct AssumptionRow {
  std::string_view number;       // "A9"
  std::string_view standard;     // what postern takes for granted
  std::string_view alternative;  // what AWS might do instead
  std::string_view settle;       // what to try on AWS to find out
};

std::vector<AssumptionRow> ReadAssumptions(std::string_view semantics);

}  // namespace postern::cmd
