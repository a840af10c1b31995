// Names in the requests of a case or suite that AWS does not have: a request with one of them is
// denied whatever the policies say, so a case that expects it passes for the wrong reason.
#pragma once

#include <vector>

#include "authz/suites/case_file.h"
#include "policy/catalogue.h"
#include "policy/tree.h"

namespace postern::authz {

// Actions and condition keys of services whose names the catalogue holds, and global condition
// keys, that it does not have; each place, at most 1,000. They are warnings: a name may be newer
// than the catalogue. Names of services that it does not have, and patterns, are taken as they are.
std::vector<CaseProblem> UnknownNames(const policy::Catalogue& catalogue, const policy::Tree& tree);

}  // namespace postern::authz
