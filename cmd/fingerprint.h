// A finding's name from one run to the next: the same after re-indenting.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/diagnostic.h"
#include "policy/source.h"

namespace postern::cmd {

// One for each diagnostic, in their order: 16 hex digits from the resource that the policy belongs
// to ("" where it is a file), the rule, the pointer, the text of the range without white space
// outside strings, and a count where all that is equal.
std::vector<std::string> Fingerprints(const policy::Source& source, std::string_view resource,
                                      const std::vector<policy::Diagnostic>& diagnostics);

}  // namespace postern::cmd
