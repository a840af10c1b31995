#include <fmt/format.h>

#include <algorithm>

#include "cmd/lint/threshold.h"
#include "cmd/render/findings.h"
#include "cmd/render/snippet.h"
#include "cmd/render/xml.h"

namespace postern::cmd {
namespace {

using policy::Diagnostic;

bool Fails(const LintedFile& file, const Diagnostic& diagnostic) {
  return Reaches(diagnostic.severity, file.fail_on);
}

std::string Case(const LintReport& report, const LintedFile& file, const Diagnostic& diagnostic) {
  const policy::Rule* rule = policy::FindRule(report.rules, diagnostic.code);
  const std::string_view name = rule == nullptr ? std::string_view() : rule->name;
  const std::string text = XmlText(FindingAsText(file, diagnostic, name, false));
  const std::string title =
      fmt::format("{} {} at {}", diagnostic.code, name, At(*file.source, diagnostic.range));
  std::string xml = fmt::format("    <testcase classname=\"{}\" name=\"{}\">\n",
                                XmlText(file.source->name()), XmlText(title));
  if (Fails(file, diagnostic)) {
    xml += fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                       policy::SeverityName(diagnostic.severity),
                       XmlText(OneLine(diagnostic.message)), text);
  } else {
    xml += fmt::format("      <system-out>{}</system-out>\n", text);
  }
  return xml + "    </testcase>\n";
}

// "aws_vpc_endpoint.s3 (plan.json)", or the file.
std::string NameOf(const LintedFile& file) {
  if (file.Resource().empty()) return file.source->name();
  return fmt::format("{} ({})", OneLine(file.Resource()), file.source->name());
}

// A policy without findings is one test that passes.
std::string Suite(const LintReport& report, const LintedFile& file) {
  const std::string name = XmlText(NameOf(file));
  const auto failures = std::ranges::count_if(
      file.diagnostics, [&file](const Diagnostic& each) { return Fails(file, each); });
  std::string xml =
      fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n", name,
                  std::max<std::size_t>(file.diagnostics.size(), 1), failures);
  for (const Diagnostic& diagnostic : file.diagnostics) xml += Case(report, file, diagnostic);
  if (file.diagnostics.empty()) {
    xml += fmt::format("    <testcase classname=\"{}\" name=\"no findings\"/>\n", name);
  }
  return xml + "  </testsuite>\n";
}

std::string Errors(const LintReport& report) {
  if (report.errors.empty()) return {};
  std::string xml =
      fmt::format("  <testsuite name=\"postern\" tests=\"{0}\" failures=\"0\" errors=\"{0}\">\n",
                  report.errors.size());
  for (const std::string& error : report.errors) {
    xml += fmt::format(
        "    <testcase classname=\"postern\" name=\"{0}\">\n      <error message=\"{0}\"/>\n"
        "    </testcase>\n",
        XmlText(OneLine(error)));
  }
  return xml + "  </testsuite>\n";
}

}  // namespace

std::string FindingsAsJunit(const LintReport& report) {
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"postern lint\">\n";
  for (const LintedFile& file : report.files) xml += Suite(report, file);
  return xml + Errors(report) + "</testsuites>\n";
}

}  // namespace postern::cmd
