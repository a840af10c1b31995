// The forms of a request's principal (cli section 4).
#pragma once

#include "authz/suites/case_file.h"
#include "authz/suites/reading.h"

namespace postern::authz {

// Into into.request.principal. `principals`: names that a suite gave to principals; may be null.
// The claims of a federated caller become context of the request.
void ReadPrincipal(const policy::Node& node, const policy::Node* principals, Case& into,
                   Reading& read);

bool IsServicePrincipal(std::string_view text);

// One value of a context key or a claim, or a list of them, appended to the open entry.
void ReadContextValues(const policy::Node& node, Request& request, Reading& read);

}  // namespace postern::authz
