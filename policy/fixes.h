// Applies the fixes of findings to a text. Pure: who reads the file and writes it back is
// elsewhere.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/diagnostic.h"
#include "policy/source.h"

namespace postern::policy {

enum class FixLevel { kSafe, kUnsafe };  // kUnsafe: the safe ones and the others

// The fix of a finding that `level` permits: the first safe one, else the first; null if none.
const Fix* PermittedFix(const Diagnostic& diagnostic, FixLevel level);

// `text` with `edits` made; none may overlap another or reach beyond the text.
std::string ApplyEdits(std::string_view text, std::span<const Edit> edits);

// One finding that was repaired.
struct AppliedFix {
  std::string_view code;
  std::string title;
};

// One that was left, because a new error would come of it.
struct DroppedFix {
  std::string_view code;
  SourceRange range;       // of the finding, in FixResult::source
  std::string_view error;  // the code of the new error; "" where it was not tried any more
};

// One round: the permitted fixes in document order, each unless one of its edits overlaps or
// touches an edit before it. Those wait for the next round, and all others where the text has
// errors of syntax.
struct FixRound {
  std::string text;
  std::vector<AppliedFix> applied;  // empty: there is nothing to do, `text` is as it was
};
FixRound RunFixRound(std::string_view text, std::span<const Diagnostic> diagnostics,
                     FixLevel level);

inline constexpr std::size_t kMaxFixRounds = 10;
// How often, beside once for each round, it is tried which repairs bring a new error.
inline constexpr std::size_t kMaxFixTries = 64;

struct FixResult {
  std::shared_ptr<const Source> source;  // the one given, if nothing was applied
  std::vector<AppliedFix> applied;
  std::vector<DroppedFix> dropped;
};

// The findings about a text, sorted; empty also where its fixes must not be applied.
using FindProblems = std::function<std::vector<Diagnostic>(const std::shared_ptr<const Source>&)>;

// Round after round until nothing is left to do, at most kMaxFixRounds. Of a round after which
// there are more errors of one code than before, those repairs are dropped that bring them (found
// by halves, so long as kMaxFixTries last) and tried again when the others are made. One of syntax
// is dropped whole, also where strict reading would stop earlier: its repairs belong together.
// Where the text was not readable before (errors of JS and GR), only such errors count: they hide
// what other rules say. Where there were so many that their list was cut (kMaxRepairDiagnostics),
// more of all count.
FixResult RunFixes(std::shared_ptr<const Source> source, const FindProblems& find, FixLevel level);

}  // namespace postern::policy
