// The order in which AWS's grammar and its examples write the elements of a policy. It has no
// meaning.
#pragma once

#include <array>
#include <string_view>

namespace postern::policy {

inline constexpr std::array<std::string_view, 3> kDocumentOrder = {"Version", "Id", "Statement"};
inline constexpr std::array<std::string_view, 9> kStatementOrder = {
    "Sid",       "Effect",   "Principal",   "NotPrincipal", "Action",
    "NotAction", "Resource", "NotResource", "Condition"};

}  // namespace postern::policy
