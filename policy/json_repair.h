// The tolerant scanner behind the JS rules: reads what strict reading refused, says what is missing
// where it is missing (not where a parser gave up), and hands on a tree so that the other rules can
// speak about the rest of the document too.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "policy/diagnostic.h"
#include "policy/json_tree.h"

namespace postern::policy {

struct RepairResult {
  // What could be recovered; absent if there is nothing of the shape of JSON in the text.
  std::optional<Tree> tree;
  // JS101 to JS111, JS114, JS115, JS119, JS120, in source order; empty if the text is valid JSON
  // after all (a number such as 1e400 that the strict reader cannot hold).
  std::vector<Diagnostic> diagnostics;
};

// Never throws on bad input, does not recurse, linear in the text. The number of diagnostics is
// bounded (kMaxRepairDiagnostics, then one that says how many more there are).
inline constexpr std::size_t kMaxRepairDiagnostics = 50;
RepairResult RepairJson(std::shared_ptr<const Source> source, JsonLimits limits = kPolicyLimits);

}  // namespace postern::policy
