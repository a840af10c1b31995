#include <string>

#include "policy/compact_json.h"
#include "policy/json_escape.h"
#include "policy/limits.h"
#include "policy/rules/size/checks.h"

namespace postern::policy {
namespace {

// The text that AWS is sent: the whole file where the policy is the file, white space behind it
// included; the decoded string where it stands in a string; without white space where it is a part
// of a larger file, for then a program writes it.
std::string OwnText(const PolicyDocument& document) {
  const Tree& tree = document.tree();
  std::string_view file = document.source().text();
  const SourceRange range = document.root().range;
  constexpr std::string_view kSpace = " \t\r\n";
  const bool is_the_file = file.substr(0, range.begin).find_first_not_of(kSpace) == file.npos &&
                           file.find_first_not_of(kSpace, range.end) == file.npos;
  if (tree.layers() == 0 && !(is_the_file && file.substr(range.begin).starts_with('{'))) {
    return CompactJson(document.root());
  }
  std::string text(is_the_file ? file : document.source().Slice(range));
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

std::string IfMinified(std::size_t minified, std::size_t limit) {
  const std::string size =
      "without the white space between its parts it has " + std::to_string(minified);
  return minified <= limit
             ? size + " and fits, with " + std::to_string(limit - minified) + " to spare"
             : size + ", still " + std::to_string(minified - limit) + " too many";
}

}  // namespace

void CheckEndpointPolicySize(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  const SizeLimit& row = LimitsOf(PolicyKind::kEndpoint).front();
  const TextSize size = Measure(OwnText(context.document()));
  const std::string bytes = std::to_string(size.bytes) + " bytes";
  if (size.characters > row.limit) {
    ReportAtBeginning(context, "SZ301",
                      std::to_string(size.characters) + " characters (" + bytes + "); " +
                          std::string(row.counted) + " may have " + std::to_string(row.limit) +
                          ", white space included",
                      IfMinified(size.minified_characters(), row.limit));
  } else if (size.bytes > row.limit) {
    ReportAtBeginning(context, "SZ301",
                      bytes + "; the limit of " + std::to_string(row.limit) +
                          " is documented in characters, of which there are " +
                          std::to_string(size.characters),
                      IfMinified(size.minified_bytes(), row.limit))
        .severity = Severity::kWarning;
  }
}

void CheckBucketPolicySize(LintContext& context) {
  if (!IsS3Resource(context.kind())) return;
  const SizeLimit& row = LimitsOf(context.kind()).front();
  const TextSize size = Measure(OwnText(context.document()));
  if (size.bytes <= row.limit) return;
  ReportAtBeginning(context, "SZ307",
                    std::to_string(size.bytes) + " bytes; " + std::string(row.counted) +
                        " may have " + std::to_string(row.limit),
                    IfMinified(size.minified_bytes(), row.limit));
}

}  // namespace postern::policy
