#include "policy/rules/size/own_text.h"

#include <utility>

#include "policy/compact_json.h"
#include "policy/json_escape.h"

namespace postern::policy {

bool IsTheFile(const PolicyDocument& document) {
  if (document.tree().layers() != 0) return false;
  const std::string_view file = document.source().text();
  const SourceRange range = document.root().range;
  constexpr std::string_view kSpace = " \t\r\n";
  return file.substr(range.begin).starts_with('{') &&
         file.substr(0, range.begin).find_first_not_of(kSpace) == file.npos &&
         file.find_first_not_of(kSpace, range.end) == file.npos;
}

std::string OwnText(const PolicyDocument& document) {
  if (IsTheFile(document)) return std::string(document.source().text());
  const Tree& tree = document.tree();
  if (tree.layers() == 0) return CompactJson(document.root());
  std::string text(document.source().Slice(document.root().range));
  for (std::uint32_t layer = 0; layer < tree.layers(); ++layer) {
    if (auto decoded = UnescapeJson(text)) text = std::move(*decoded);
  }
  return text;
}

Diagnostic& ReportAtBeginning(LintContext& context, std::string_view code, std::string message,
                              std::string help) {
  const Node& root = context.document().root();
  Diagnostic& finding = context.Report(code, root, std::move(message), std::move(help));
  finding.range.end = finding.range.begin + 1;  // not every line of the policy
  return finding;
}

}  // namespace postern::policy
