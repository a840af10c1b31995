// The narrowest Allow statement that lets one request through a policy.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "authz/remedy/policy_edit.h"
#include "authz/request.h"
#include "authz/verdict.h"
#include "policy/document.h"

namespace postern::authz {

struct NarrowStatement {
  JsonValue statement;
  std::string others;  // who else it is for: "every principal of account `...`"; "" = nobody
};

// A statement for `document`, which stands in `layer`: a Sid of its own, the action, the resources,
// and as little more than the caller as that kind of policy can say. Absent where only everybody
// could be named, or a resource cannot be written without wildcards.
std::optional<NarrowStatement> MakeNarrowAllow(const policy::PolicyDocument& document, Layer layer,
                                               const Request& request, std::string_view action,
                                               std::span<const std::string> resources);

// The resource as a policy writes it: wildcards and `$` of the name itself are escaped. Absent
// where the language version cannot.
std::optional<std::string> AsPattern(std::string_view resource, policy::LanguageVersion version);

}  // namespace postern::authz
