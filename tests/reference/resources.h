#pragma once

#include <string>

#include "tests/reference/cases.h"
#include "tests/reference/truth.h"

// S3: what an Action and a Resource element mean.
namespace postern::reference {

class Keys;

// Short ARNs and API Gateway's own form are read by the kind of policy (S3.3.5, S3.3.9).
enum class ResourceReading { kIdentity, kResource, kEndpoint, kScp, kRcp };

bool MatchAction(const Statement& statement, const std::string& service, const std::string& action);
Truth MatchResource(const Statement& statement, bool variables, ResourceReading reading,
                    const Resource& resource, const Keys& keys);

}  // namespace postern::reference
