// The groups of rules, each a table in its folder: by the letters of its codes.
#pragma once

#include <span>

#include "policy/rule.h"

namespace postern::policy {

std::span<const Rule> JsonRules();          // JS
std::span<const Rule> GrammarRules();       // GR
std::span<const Rule> SizeRules();          // SZ
std::span<const Rule> PrincipalRules();     // PR
std::span<const Rule> ActionRules();        // AC
std::span<const Rule> ResourceRules();      // RS
std::span<const Rule> ConditionRules();     // CO
std::span<const Rule> VariableRules();      // VA
std::span<const Rule> LogicRules();         // LO
std::span<const Rule> SecurityRules();      // SE
std::span<const Rule> EndpointRules();      // EP
std::span<const Rule> BucketRules();        // BP
std::span<const Rule> OrganizationRules();  // OR
std::span<const Rule> TrustRules();         // TR
std::span<const Rule> StyleRules();         // SU

}  // namespace postern::policy
