#include "policy/json_repair.h"

#include <string>
#include <utility>

#include "policy/json_repairer.h"
#include "policy/utf8.h"

namespace postern::policy {
namespace {

RepairResult RefuseAltogether(std::string_view code, SourceRange range, std::string message) {
  BoundedDiagnostics diagnostics(1);
  diagnostics.Add(code, range, std::move(message));
  return {std::nullopt, diagnostics.Take(range.end)};
}

}  // namespace

RepairResult RepairJson(std::shared_ptr<const Source> source, JsonLimits limits) {
  const std::string_view text = source->text();
  if (text.size() > limits.max_bytes) {
    return RefuseAltogether("JS101", {limits.max_bytes, limits.max_bytes},
                            "the text has " + std::to_string(text.size()) + " bytes, at most " +
                                std::to_string(limits.max_bytes) + " are read");
  }
  if (GuessEncoding(text) == TextEncoding::kUtf16) {
    return RefuseAltogether("JS111", {0, 2}, "the file is in UTF-16, not UTF-8");
  }
  Repairer by_kind(source, limits, false);
  by_kind.Run();
  if (!by_kind.brackets_went_wrong()) return by_kind.Take();
  Repairer by_indentation(std::move(source), limits, true);
  by_indentation.Run();
  return by_indentation.problem_count() <= by_kind.problem_count() ? by_indentation.Take()
                                                                   : by_kind.Take();
}

}  // namespace postern::policy
