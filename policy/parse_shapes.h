// Shapes of values that parsing knows by sight, for parse.cc.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "policy/tree.h"

namespace postern::policy {

inline constexpr std::array<std::string_view, 3> kDocumentElements = {"Version", "Id", "Statement"};
inline constexpr std::array<std::string_view, 9> kStatementElements = {
    "Sid",       "Effect",   "Principal",   "NotPrincipal", "Action",
    "NotAction", "Resource", "NotResource", "Condition"};

// A CloudFormation function, also in its long form, or what Terraform does not know yet.
bool IsUnresolved(const Node& node);

// A list of policies: each of them an object with Statement.
bool IsListOfPolicies(const Node& node);

// A block of Terraform's in the place of a condition: its test, variable and values.
bool IsHclCondition(const Node& node);
// The same as JSON has it: `{"StringEquals": {"aws:PrincipalOrgID": ["o-…"]}}`; `values` as they
// are written in `text`.
std::string ConditionOfHcl(const Node& node, std::string_view text);

}  // namespace postern::policy
