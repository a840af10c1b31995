#include "cmd/lint/threshold.h"

#include <algorithm>
#include <array>

namespace postern::cmd {
namespace {

using policy::Severity;

constexpr std::array<std::string_view, 5> kThresholds{"error", "security", "warning", "suggestion",
                                                      "never"};
constexpr std::array<Severity, 4> kSeverities{Severity::kError, Severity::kSecurity,
                                              Severity::kWarning, Severity::kSuggestion};

}  // namespace

std::span<const std::string_view> Thresholds() { return kThresholds; }

std::optional<Severity> SeverityNamed(std::string_view name) {
  const auto* const found = std::ranges::find(kSeverities, name, &policy::SeverityName);
  if (found == kSeverities.end()) return std::nullopt;
  return *found;
}

bool Reaches(Severity severity, std::string_view threshold) {
  const std::optional<Severity> least = SeverityNamed(threshold);
  return least && policy::SeverityWeight(severity) >= policy::SeverityWeight(*least);
}

}  // namespace postern::cmd
