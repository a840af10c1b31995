// The text of a policy by itself, and findings about it as a whole.
#pragma once

#include <string>
#include <string_view>

#include "policy/rule.h"

namespace postern::policy {

// Whether the policy is the file, as JSON.
bool IsTheFile(const PolicyDocument& document);

// The text that AWS is sent: the whole file where the policy is the file, white space behind it
// included; the decoded string where it stands in a string; without white space where it is a part
// of a larger file, for then a program writes it.
std::string OwnText(const PolicyDocument& document);

// At the first byte of the policy, not on every line of it.
Diagnostic& ReportAtBeginning(LintContext& context, std::string_view code, std::string message,
                              std::string help);

}  // namespace postern::policy
