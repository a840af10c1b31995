#include "policy/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace postern::policy {

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kSuggestion:
      return "suggestion";
    case Severity::kWarning:
      return "warning";
    case Severity::kSecurity:
      return "security";
    case Severity::kError:
      return "error";
  }
  return "";
}

int SeverityWeight(Severity severity) {
  switch (severity) {
    case Severity::kSuggestion:
      return 1;
    case Severity::kWarning:
    case Severity::kSecurity:
      return 2;
    case Severity::kError:
      return 3;
  }
  return 0;
}

void SortDiagnostics(std::vector<Diagnostic>& diagnostics) {
  const auto order = [](const Diagnostic& d) {
    return std::tie(d.range.begin, d.code, d.message, d.range.end, d.pointer, d.help);
  };
  std::stable_sort(
      diagnostics.begin(), diagnostics.end(),
      [&order](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); });
}

}  // namespace postern::policy
