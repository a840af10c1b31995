#include <fmt/format.h>

#include "cmd/render/findings.h"
#include "cmd/render/github.h"
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

std::string Command(const LintReport& report, const LintedFile& file,
                    const policy::Diagnostic& diagnostic) {
  const policy::Source& source = *file.source;
  const policy::Rule* rule = policy::FindRule(report.rules, diagnostic.code);
  std::string message = OneLine(diagnostic.message);
  if (!file.Resource().empty()) message += "\nin: " + OneLine(file.Resource());
  if (!diagnostic.help.empty()) message += "\nhelp: " + OneLine(diagnostic.help);
  message += fmt::format("\nwhy: postern rules {}", diagnostic.code);
  return fmt::format("::{} {},title={} {}::{}\n", CommandOf(diagnostic.severity),
                     GithubPlace(source, diagnostic.range), diagnostic.code,
                     rule == nullptr ? std::string_view() : rule->name, GithubText(message));
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
    text += fmt::format("::error::{}\n", GithubText(OneLine(error)));
  }
  return text;
}

}  // namespace postern::cmd
