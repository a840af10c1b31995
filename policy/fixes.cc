#include "policy/fixes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

#include "policy/json_repair.h"

namespace postern::policy {
namespace {

// Edits that were accepted, begin -> end. Edits that touch count as overlapping: two insertions at
// one place have no order.
class Taken {
 public:
  bool HasRoomFor(SourceRange range) const {
    const auto after = ends_.upper_bound(range.end);
    return after == ends_.begin() || std::prev(after)->second < range.begin;
  }
  void Add(SourceRange range) { ends_.emplace(range.begin, range.end); }

 private:
  std::map<std::uint32_t, std::uint32_t> ends_;
};

// JS and GR: about the text and the grammar.
bool IsOfReading(const Diagnostic& diagnostic) {
  return diagnostic.severity == Severity::kError &&
         (diagnostic.code.starts_with("JS") || diagnostic.code.starts_with("GR"));
}

// What stands in a text that is JSON all the same.
constexpr std::array<std::string_view, 4> kInJson = {"JS110", "JS113", "JS116", "JS117"};

bool IsOfSyntax(const Diagnostic& diagnostic) {
  return diagnostic.severity == Severity::kError && diagnostic.code.starts_with("JS") &&
         std::ranges::find(kInJson, diagnostic.code) == kInJson.end();
}

struct ErrorCounts {
  std::map<std::string_view, std::size_t> by_code;
  std::size_t all = 0;
};

ErrorCounts CountErrors(std::span<const Diagnostic> diagnostics, bool only_of_reading) {
  ErrorCounts counts;
  for (const Diagnostic& diagnostic : diagnostics) {
    const bool counts_here =
        only_of_reading ? IsOfReading(diagnostic) : diagnostic.severity == Severity::kError;
    if (!counts_here) continue;
    ++counts.by_code[diagnostic.code];
    ++counts.all;
  }
  return counts;
}

// What could not be read before was hidden from the other rules: what they say of it afterwards is
// not new. Nor is what a list that was cut did not hold: then only the number of all errors tells.
bool BringsErrors(std::span<const Diagnostic> before, std::span<const Diagnostic> after) {
  const bool only_of_reading = std::ranges::any_of(before, IsOfReading);
  ErrorCounts had = CountErrors(before, only_of_reading);
  const ErrorCounts has = CountErrors(after, only_of_reading);
  if (had.all >= kMaxRepairDiagnostics) return has.all > had.all;
  return std::ranges::any_of(
      has.by_code, [&had](const auto& now) { return now.second > had.by_code[now.first]; });
}

}  // namespace

const Fix* PermittedFix(const Diagnostic& diagnostic, FixLevel level) {
  const auto safe = std::ranges::find(diagnostic.fixes, true, &Fix::safe);
  if (safe != diagnostic.fixes.end()) return &*safe;
  return level == FixLevel::kSafe || diagnostic.fixes.empty() ? nullptr : &diagnostic.fixes.front();
}

std::string ApplyEdits(std::string_view text, std::span<const Edit> edits) {
  std::vector<const Edit*> sorted;
  for (const Edit& edit : edits) sorted.push_back(&edit);
  std::ranges::sort(sorted, {}, [](const Edit* edit) { return edit->range.begin; });
  std::string result;
  std::size_t at = 0;
  for (const Edit* edit : sorted) {
    result += text.substr(at, edit->range.begin - at);
    result += edit->text;
    at = edit->range.end;
  }
  result += text.substr(at);
  return result;
}

FixRound RunFixRound(std::string_view text, std::span<const Diagnostic> diagnostics,
                     FixLevel level) {
  struct Candidate {
    const Diagnostic* diagnostic;
    const Fix* fix;
    std::uint32_t begin;  // of the first edit
  };
  std::vector<Candidate> candidates;
  // What looks like an item of a list may be the rest of a broken string: first things first.
  const bool only_syntax = std::ranges::any_of(diagnostics, IsOfSyntax);
  for (const Diagnostic& diagnostic : diagnostics) {
    if (only_syntax && !IsOfSyntax(diagnostic)) continue;
    const Fix* fix = PermittedFix(diagnostic, level);
    if (fix == nullptr || fix->edits.empty()) continue;
    const Edit& first = *std::ranges::min_element(
        fix->edits, {}, [](const Edit& edit) { return edit.range.begin; });
    candidates.push_back({&diagnostic, fix, first.range.begin});
  }
  std::ranges::stable_sort(candidates, {}, &Candidate::begin);

  FixRound round;
  Taken taken;
  std::vector<Edit> edits;
  for (const Candidate& candidate : candidates) {
    const std::vector<Edit>& wanted = candidate.fix->edits;
    if (!std::ranges::all_of(wanted,
                             [&taken](const Edit& edit) { return taken.HasRoomFor(edit.range); })) {
      continue;
    }
    for (const Edit& edit : wanted) taken.Add(edit.range);
    edits.insert(edits.end(), wanted.begin(), wanted.end());
    round.applied.push_back({candidate.diagnostic->code, candidate.fix->title});
  }
  round.text = ApplyEdits(text, edits);
  return round;
}

FixResult RunFixes(std::shared_ptr<const Source> source, const FindProblems& find, FixLevel level) {
  FixResult result;
  std::vector<Diagnostic> problems = find(source);
  for (std::size_t count = 0; count < kMaxFixRounds; ++count) {
    FixRound round = RunFixRound(source->text(), problems, level);
    if (round.applied.empty()) break;
    auto next = std::make_shared<const Source>(source->name(), std::move(round.text));
    std::vector<Diagnostic> left = find(next);
    if (BringsErrors(problems, left)) {
      result.dropped = std::move(round.applied);
      break;
    }
    std::ranges::move(round.applied, std::back_inserter(result.applied));
    source = std::move(next);
    problems = std::move(left);
  }
  result.source = std::move(source);
  return result;
}

}  // namespace postern::policy
