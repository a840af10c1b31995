#include <fmt/format.h>

#include "cmd/render/findings.h"
#include "cmd/render/snippet.h"

namespace postern::cmd {
namespace {

using policy::Severity;

std::string_view CommandOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kSecurity:
    case Severity::kWarning:
      return "warning";
    case Severity::kSuggestion:
      break;
  }
  return "notice";
}

// The runner undoes these; `:` and `,` would end a property.
std::string Escaped(std::string_view text, bool property) {
  std::string escaped;
  for (char c : text) {
    if (c == '%') {
      escaped += "%25";
    } else if (c == '\r') {
      escaped += "%0D";
    } else if (c == '\n') {
      escaped += "%0A";
    } else if (property && c == ':') {
      escaped += "%3A";
    } else if (property && c == ',') {
      escaped += "%2C";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string Command(const LintReport& report, const LintedFile& file,
                    const policy::Diagnostic& diagnostic) {
  const policy::Source& source = *file.source;
  const policy::Rule* rule = policy::FindRule(report.rules, diagnostic.code);
  const policy::LineColumn begin = source.Locate(diagnostic.range.begin);
  const policy::LineColumn end = source.Locate(diagnostic.range.end);
  std::string message = OneLine(diagnostic.message);
  if (!file.Resource().empty()) message += "\nin: " + OneLine(file.Resource());
  if (!diagnostic.help.empty()) message += "\nhelp: " + OneLine(diagnostic.help);
  message += fmt::format("\nwhy: postern rules {}", diagnostic.code);
  return fmt::format("::{} file={},line={},endLine={},col={},title={} {}::{}\n",
                     CommandOf(diagnostic.severity), Escaped(source.name(), true), begin.line,
                     end.line, begin.column, diagnostic.code,
                     rule == nullptr ? std::string_view() : rule->name, Escaped(message, false));
}

}  // namespace

std::string FindingsAsGithub(const LintReport& report) {
  std::string text;
  for (const LintedFile& file : report.files) {
    for (const policy::Diagnostic& diagnostic : file.diagnostics) {
      text += Command(report, file, diagnostic);
    }
  }
  for (const std::string& error : report.errors) {
    text += fmt::format("::error::{}\n", Escaped(OneLine(error), false));
  }
  return text;
}

}  // namespace postern::cmd
