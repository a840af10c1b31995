// The groups of rules that ask the engine, each a table in its folder: by the letters of its codes.
#pragma once

#include <span>

#include "policy/rule.h"

namespace postern::authz {

std::span<const policy::Rule> EndpointEngineRules();  // EP
std::span<const policy::Rule> ExposureEngineRules();  // LO910, SE114, SE115: who else gets in

}  // namespace postern::authz
