#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "policy/json_repair.h"
#include "policy/json_tree.h"
#include "policy/parse.h"
#include "policy/unwrap.h"

namespace postern::policy {
namespace {

// The strict reader's word for what the tolerant one had nothing to say about.
Diagnostic OfJsonError(const JsonError& error) {
  Diagnostic diagnostic;
  diagnostic.code = error.kind == JsonError::Kind::kEncoding  ? "JS111"
                    : error.kind == JsonError::Kind::kTooDeep ? "JS119"
                                                              : "JS101";
  diagnostic.severity = Severity::kError;
  diagnostic.range = {error.offset, error.offset};
  diagnostic.message = error.message;
  return diagnostic;
}

// Whether it leaves open what was meant around it: text that was skipped, a bracket without
// partner.
bool LeavesAGap(const Diagnostic& diagnostic) {
  constexpr std::array<std::string_view, 4> kCodes = {"JS101", "JS105", "JS106", "JS119"};
  return std::ranges::find(kCodes, diagnostic.code) != kCodes.end();
}

// What the grammar says about an object that has a gap is a consequence of the gap, not news.
void DropConsequences(std::vector<Diagnostic>& findings, const PolicyDocument& document,
                      std::span<const Diagnostic> of_reading) {
  std::vector<std::uint32_t> gaps;
  for (const Diagnostic& diagnostic : of_reading) {
    if (LeavesAGap(diagnostic)) gaps.push_back(diagnostic.range.begin);
  }
  if (gaps.empty()) return;
  std::ranges::sort(gaps);
  const auto has_gap = [&gaps](SourceRange range) {
    const auto gap = std::ranges::lower_bound(gaps, range.begin);
    return gap != gaps.end() && *gap <= range.end;
  };
  std::erase_if(findings, [&](const Diagnostic& finding) {
    // What is missing is reported at the brace of the object that misses it.
    const auto statements = document.statements();
    const auto around =
        std::ranges::lower_bound(statements, finding.range.begin, {},
                                 [](const Statement& each) { return each.node->range.begin; });
    if (around != statements.end() && around->node->range.begin == finding.range.begin) {
      return has_gap(around->node->range);
    }
    if (finding.range.begin == document.root().range.begin) return true;
    return has_gap(finding.range);
  });
}

ParseResult ParseWrapped(const Unwrapped& inside, PolicyKind kind) {
  const SourceRange range = inside.tree->root().range;
  ParseResult result = Parse(inside.tree, inside.tree->root(), kind);
  Diagnostic finding;
  finding.code = "JS117";
  finding.severity = Severity::kWarning;
  finding.range = {range.begin, range.begin + 1};
  finding.message = "the policy is wrapped in " + std::string(inside.wrapping) +
                    "; what follows is about the inside";
  finding.help = "save the policy as plain JSON";
  result.diagnostics.push_back(std::move(finding));
  SortDiagnostics(result.diagnostics);
  return result;
}

ParseResult ParseTree(Tree tree, PolicyKind kind) {
  if (const Unwrapped inside = UnwrapString(tree); inside.tree) return ParseWrapped(inside, kind);
  const auto shared = std::make_shared<const Tree>(std::move(tree));
  return Parse(shared, shared->root(), kind);
}

}  // namespace

ParseResult ParseText(std::shared_ptr<const Source> source, PolicyKind kind) {
  JsonResult strict = ReadJson(source);
  if (strict.tree) return ParseTree(*std::move(strict.tree), kind);
  if (const Unwrapped inside = UnwrapUrl(source); inside.tree) return ParseWrapped(inside, kind);

  RepairResult repaired = RepairJson(std::move(source));
  // Valid after all: a number that the strict reader cannot hold.
  if (repaired.tree && repaired.diagnostics.empty()) {
    return ParseTree(*std::move(repaired.tree), kind);
  }
  if (repaired.diagnostics.empty()) repaired.diagnostics.push_back(OfJsonError(*strict.error));

  ParseResult result;
  if (repaired.tree && repaired.tree->root().IsObject()) {
    result = ParseTree(*std::move(repaired.tree), kind);
    DropConsequences(result.diagnostics, *result.document, repaired.diagnostics);
  }
  result.refused = true;
  std::ranges::move(repaired.diagnostics, std::back_inserter(result.diagnostics));
  SortDiagnostics(result.diagnostics);
  return result;
}

}  // namespace postern::policy
