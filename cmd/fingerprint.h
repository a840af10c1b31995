// A finding's name from one run to the next: the same after re-indenting.
#pragma once

#include <string>
#include <vector>

#include "policy/diagnostic.h"
#include "policy/source.h"

namespace postern::cmd {

// One for each diagnostic, in their order: 16 hex digits from the rule, the pointer, the text of
// the range without white space outside strings, and a count where all that is equal.
std::vector<std::string> Fingerprints(const policy::Source& source,
                                      const std::vector<policy::Diagnostic>& diagnostics);

}  // namespace postern::cmd
