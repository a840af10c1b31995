#include "policy/fixes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

#include "policy/json_repair.h"
#include "policy/json_tree.h"

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
// The code of one that is new; "" if none is.
std::string_view NewError(std::span<const Diagnostic> before, std::span<const Diagnostic> after) {
  const bool only_of_reading = std::ranges::any_of(before, IsOfReading);
  ErrorCounts had = CountErrors(before, only_of_reading);
  const ErrorCounts has = CountErrors(after, only_of_reading);
  if (had.all >= kMaxRepairDiagnostics && has.all <= had.all) return {};
  const auto more = std::ranges::find_if(
      has.by_code, [&had](const auto& now) { return now.second > had.by_code[now.first]; });
  return more == has.by_code.end() ? std::string_view() : more->first;
}

// How many words stand where strict reading does not get. Words, because repairs put commas, quotes
// and brackets there too.
std::size_t WordsUnread(const std::shared_ptr<const Source>& source) {
  const JsonResult read = ReadJson(source);
  if (!read.error) return 0;
  const std::string_view text = source->text();
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  std::size_t words = 0;
  for (std::size_t at = read.error->offset; at < text.size(); ++at) {
    if (is_word(text[at]) && (at == 0 || !is_word(text[at - 1]))) ++words;
  }
  return words;
}

struct Repair {
  const Diagnostic* diagnostic;
  const Fix* fix;
  std::uint32_t begin;  // of the first edit
};

// Those of one round, without the repairs of `barred`.
std::vector<Repair> ChooseRepairs(std::span<const Diagnostic> diagnostics, FixLevel level,
                                  std::span<const Diagnostic* const> barred) {
  std::vector<Repair> candidates;
  // What looks like an item of a list may be the rest of a broken string: first things first.
  const bool only_syntax = std::ranges::any_of(diagnostics, IsOfSyntax);
  for (const Diagnostic& diagnostic : diagnostics) {
    if (only_syntax && !IsOfSyntax(diagnostic)) continue;
    if (std::ranges::find(barred, &diagnostic) != barred.end()) continue;
    const Fix* fix = PermittedFix(diagnostic, level);
    if (fix == nullptr || fix->edits.empty()) continue;
    const Edit& first = *std::ranges::min_element(
        fix->edits, {}, [](const Edit& edit) { return edit.range.begin; });
    candidates.push_back({&diagnostic, fix, first.range.begin});
  }
  std::ranges::stable_sort(candidates, {}, &Repair::begin);

  std::vector<Repair> chosen;
  Taken taken;
  for (const Repair& candidate : candidates) {
    const std::vector<Edit>& wanted = candidate.fix->edits;
    if (!std::ranges::all_of(wanted,
                             [&taken](const Edit& edit) { return taken.HasRoomFor(edit.range); })) {
      continue;
    }
    for (const Edit& edit : wanted) taken.Add(edit.range);
    chosen.push_back(candidate);
  }
  return chosen;
}

FixRound Make(std::string_view text, std::span<const Repair> repairs) {
  FixRound round;
  std::vector<Edit> edits;
  for (const Repair& repair : repairs) {
    edits.insert(edits.end(), repair.fix->edits.begin(), repair.fix->edits.end());
    round.applied.push_back({repair.diagnostic->code, repair.fix->title});
  }
  round.text = ApplyEdits(text, edits);
  return round;
}

struct Dropped {
  const Diagnostic* diagnostic;
  std::string_view error;
};

// Makes of one round's repairs those that bring no error. What it is given must outlive it.
class Trial {
 public:
  Trial(const std::shared_ptr<const Source>& source, std::span<const Diagnostic> problems,
        const FindProblems& find)
      : source_(source), problems_(problems), find_(find) {}

  void Run(std::span<const Repair> repairs, std::size_t& tries_left) {
    std::vector<Repair> all = kept_;
    all.insert(all.end(), repairs.begin(), repairs.end());
    auto next = std::make_shared<const Source>(source_->name(), Make(source_->text(), all).text);
    std::vector<Diagnostic> left = find_(next);
    const bool syntax = IsOfSyntax(*repairs.front().diagnostic);
    std::string_view error = NewError(problems_, left);
    if (error.empty() && syntax && WordsUnread(next) > WordsUnread(source_)) error = "JS101";
    if (error.empty()) {
      kept_ = std::move(all);
      next_ = std::move(next);
      left_ = std::move(left);
    } else if (repairs.size() == 1 || syntax) {
      Drop(repairs, error);
    } else {
      const std::size_t half = repairs.size() / 2;
      for (const auto part : {repairs.first(half), repairs.subspan(half)}) {
        if (tries_left == 0) {
          Drop(part, {});
        } else {
          Run(part, --tries_left);
        }
      }
    }
  }

  std::span<const Repair> kept() const { return kept_; }
  std::span<const Dropped> dropped() const { return dropped_; }
  // The text with what is kept, and the findings about it; null and none where nothing is.
  std::shared_ptr<const Source>& next() { return next_; }
  std::vector<Diagnostic>& left() { return left_; }

 private:
  void Drop(std::span<const Repair> repairs, std::string_view error) {
    for (const Repair& repair : repairs) dropped_.push_back({repair.diagnostic, error});
  }

  const std::shared_ptr<const Source>& source_;
  std::span<const Diagnostic> problems_;
  const FindProblems& find_;
  std::vector<Repair> kept_;
  std::vector<Dropped> dropped_;
  std::shared_ptr<const Source> next_;
  std::vector<Diagnostic> left_;
};

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
  return Make(text, ChooseRepairs(diagnostics, level, {}));
}

FixResult RunFixes(std::shared_ptr<const Source> source, const FindProblems& find, FixLevel level) {
  FixResult result;
  std::vector<Diagnostic> problems = find(source);
  std::vector<const Diagnostic*> barred;
  std::size_t tries_left = kMaxFixTries;
  for (std::size_t count = 0; count < kMaxFixRounds; ++count) {
    const std::vector<Repair> repairs = ChooseRepairs(problems, level, barred);
    if (repairs.empty()) break;
    Trial trial(source, problems, find);
    trial.Run(repairs, tries_left);
    if (trial.kept().empty()) {
      for (const auto& [diagnostic, error] : trial.dropped()) {
        result.dropped.push_back({diagnostic->code, diagnostic->range, error});
        barred.push_back(diagnostic);
      }
      if (IsOfSyntax(*repairs.front().diagnostic)) break;
      continue;  // with those that had to wait for them
    }
    result.dropped.clear();
    barred.clear();
    for (const Repair& repair : trial.kept()) {
      result.applied.push_back({repair.diagnostic->code, repair.fix->title});
    }
    source = std::move(trial.next());
    problems = std::move(trial.left());
  }
  result.source = std::move(source);
  return result;
}

}  // namespace postern::policy
