// Short words for the rows of the tables.
#pragma once

#include "policy/rule.h"

namespace postern::policy::rows {

inline constexpr auto kError = Severity::kError;
inline constexpr auto kSecurity = Severity::kSecurity;
inline constexpr auto kWarning = Severity::kWarning;
inline constexpr auto kSuggestion = Severity::kSuggestion;
inline constexpr auto kStable = RuleStatus::kStable;
inline constexpr bool kRestsOnCatalogue = true;
inline constexpr auto kPreview = RuleStatus::kPreview;

}  // namespace postern::policy::rows
