// A finding about one Source, as data. Text, JSON and SARIF only draw it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/source.h"

namespace postern::policy {

// In order of weight. error: AWS would refuse the document, or the part cannot mean anything;
// security: weakens access control; warning: probably not what was meant; suggestion: clearer so.
enum class Severity : std::uint8_t { kSuggestion, kWarning, kSecurity, kError };

std::string_view SeverityName(Severity severity);  // "error", "security", "warning", "suggestion"
// How much it weighs for --fail-on: error > security = warning > suggestion (spec: cli section 7).
int SeverityWeight(Severity severity);

// A second place that belongs to the finding: "first given here".
struct RelatedRange {
  SourceRange range;
  std::string message;
};

// Bytes of the Source to put `text` in the place of; an empty range inserts.
struct Edit {
  SourceRange range;
  std::string text;
};

// One way to repair it. safe: provably the same decision for every request, or AWS refuses the
// document as it stands and there is one repair; `lint --fix` applies it. The others change the
// meaning or guess it.
struct Fix {
  bool safe = false;
  std::string title;        // what it does, "write `Version`"
  std::vector<Edit> edits;  // none overlaps another
};

// Owns its strings, so it may outlive the document and cross threads. Messages: one line, lower
// case, no full stop, user text in backticks, AWS words.
struct Diagnostic {
  std::string_view code;  // "EP101"; static storage, never renumbered, never reused
  Severity severity = Severity::kError;
  SourceRange range;
  std::string pointer;  // JSON pointer inside the policy; "" is the whole document
  std::string message;
  std::string help;  // what to do; "" when there is nothing useful to add
  std::vector<RelatedRange> related;
  std::vector<Fix> fixes;
};

// At most so many findings come from one rule, or from the parser, about one document; the last one
// then says kMoreFindings.
inline constexpr std::size_t kMaxFindings = 1'000;
inline constexpr std::string_view kMoreFindings =
    "there are more findings like this, not listed here";

// By position, then code, then message: a total order, so that output is deterministic.
void SortDiagnostics(std::vector<Diagnostic>& diagnostics);

}  // namespace postern::policy
