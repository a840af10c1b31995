// Lint rules that ask the engine: what they report is a verdict, not a look at the text.
#pragma once

#include <span>

#include "policy/rule.h"

namespace postern::authz {

std::span<const policy::Rule> EngineRules();

}  // namespace postern::authz
