// Fixes for what parse.cc reports, by the code of the finding.
#pragma once

#include <vector>

#include "policy/diagnostic.h"
#include "policy/tree.h"

namespace postern::policy {

// `findings` are about the policy at `root`. Only for JSON that is the file: elsewhere text stands
// in another text, whose own quotes would need care.
void AddRepairs(std::vector<Diagnostic>& findings, const Tree& tree, const Node& root);

}  // namespace postern::policy
