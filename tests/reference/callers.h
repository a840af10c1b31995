#pragma once

#include <rapidjson/document.h>

#include "tests/reference/cases.h"

namespace postern::reference {

// Who calls, as `request.principal` says it (cli.md 4); the claims of a web identity go to
// `claims`. Throws Refusal.
Caller ReadCaller(const rapidjson::Value& json, std::map<std::string, Texts>& claims);

}  // namespace postern::reference
