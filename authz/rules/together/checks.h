// The checks behind the rows of this folder.
#pragma once

#include "authz/rules/together/context.h"

namespace postern::authz {

// handshake.cc
void CheckHandshakeImpossible(RunContext& context);         // BP118
void CheckEndpointAllowsBucketDenies(RunContext& context);  // BP119

void CheckThreeWayHole(RunContext& context);  // BP120, hole.cc

// endpoints.cc
void CheckCompanionEndpoints(RunContext& context);  // EP206
void CheckPrivateApis(RunContext& context);         // EP704

void CheckNoFullAccess(RunContext& context);  // OR103, service_control.cc

}  // namespace postern::authz
