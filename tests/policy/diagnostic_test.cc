#include "policy/diagnostic.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace postern::policy {
namespace {

Diagnostic At(std::uint32_t begin, std::string_view code, std::string message) {
  Diagnostic diagnostic;
  diagnostic.range = {begin, begin + 1};
  diagnostic.code = code;
  diagnostic.message = std::move(message);
  return diagnostic;
}

TEST_CASE("diagnostics are sorted by position, then code, then message, from any order") {
  const std::vector<Diagnostic> sorted = {At(1, "JS102", "z"), At(2, "AC501", "b"),
                                          At(2, "JS101", "a"), At(2, "JS101", "b"),
                                          At(10, "AA000", "a")};
  std::vector<std::size_t> order = {0, 1, 2, 3, 4};
  do {
    std::vector<Diagnostic> diagnostics;
    for (const std::size_t i : order) diagnostics.push_back(sorted[i]);
    SortDiagnostics(diagnostics);
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      CAPTURE(i);
      CHECK(diagnostics[i].code == sorted[i].code);
      CHECK(diagnostics[i].message == sorted[i].message);
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a security finding weighs as much as a warning, and an error more than both") {
  CHECK(SeverityWeight(Severity::kError) > SeverityWeight(Severity::kSecurity));
  CHECK(SeverityWeight(Severity::kSecurity) == SeverityWeight(Severity::kWarning));
  CHECK(SeverityWeight(Severity::kWarning) > SeverityWeight(Severity::kSuggestion));
}

TEST_CASE("severities have the names that outputs print") {
  CHECK(SeverityName(Severity::kError) == "error");
  CHECK(SeverityName(Severity::kSecurity) == "security");
  CHECK(SeverityName(Severity::kWarning) == "warning");
  CHECK(SeverityName(Severity::kSuggestion) == "suggestion");
}

}  // namespace
}  // namespace postern::policy
