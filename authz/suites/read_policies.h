// The `policies` and `organization` objects of a case, read over what another one said: the members
// that are given replace those of the base.
#pragma once

#include <memory>
#include <vector>

#include "authz/suites/case_file.h"

namespace postern::authz {

// Whether nothing was reported.
bool ReadPoliciesOver(const std::shared_ptr<const policy::Tree>& tree, const policy::Node& policies,
                      DocumentCache& documents, PolicySet& base,
                      std::vector<CaseProblem>& problems);
bool ReadOrganizationOver(const policy::Tree& tree, const policy::Node& organization,
                          PolicySet& base, std::vector<CaseProblem>& problems);

// An inline policy document.
DocumentPtr ReadDocument(const std::shared_ptr<const policy::Tree>& tree, const policy::Node& node,
                         policy::PolicyKind kind, std::vector<CaseProblem>& problems);

}  // namespace postern::authz
