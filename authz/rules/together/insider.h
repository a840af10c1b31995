// A role that witnesses are about.
#pragma once

#include <string_view>

#include "authz/rules/together/context.h"

namespace postern::authz {

// Of the user's account and organization, as given, else as the policy says; made-up ones where it
// does not.
Role InsiderOf(const RunContext& context, std::size_t policy);
// The first value that a condition of the document compares the key with; "" if there is none that
// is final.
std::string_view FirstValue(const policy::PolicyDocument& document, std::string_view key);

}  // namespace postern::authz
