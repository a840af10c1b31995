// Fixes for what parse.cc reports, by the code of the finding.
#pragma once

#include <vector>

#include "policy/diagnostic.h"
#include "policy/tree.h"

namespace postern::policy {

// `findings` are about the policy at `root`. For JSON; where it is a string in another text, whose
// own quotes need care, only names are repaired.
void AddRepairs(std::vector<Diagnostic>& findings, const Tree& tree, const Node& root);

}  // namespace postern::policy
