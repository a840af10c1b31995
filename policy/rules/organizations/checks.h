// The checks behind the rows of this folder.
#pragma once

#include "policy/rule.h"

namespace postern::policy {

// network.cc
void CheckScpDeniesServices(LintContext& context);       // OR104
void CheckEndpointKeyUnsupported(LintContext& context);  // OR105
void CheckRcpBlocksServices(LintContext& context);       // OR113
void CheckSourceOrgAbsent(LintContext& context);         // OR114
// rcp.cc
void CheckRcpPrincipal(LintContext& context);  // OR108
void CheckRcpAllow(LintContext& context);      // OR109
void CheckRcpNotAction(LintContext& context);  // OR110
void CheckRcpAction(LintContext& context);     // OR111

}  // namespace postern::policy
