// Whole files: corpus/files/<name>/<kind>.json gives exactly <kind>.out under all rules, and what
// is in a folder good-* gives nothing to worry about by default. POSTERN_UPDATE writes down what is
// found.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "authz/rules.h"
#include "policy/catalogue.h"
#include "policy/lint.h"
#include "tests/files.h"

namespace postern {
namespace {

namespace fs = std::filesystem;

std::vector<policy::Rule> AllRules() {
  std::vector<policy::Rule> rules(policy::PolicyRules().begin(), policy::PolicyRules().end());
  rules.insert(rules.end(), authz::EngineRules().begin(), authz::EngineRules().end());
  return rules;
}

policy::LintResult Lint(const fs::path& file, const std::vector<policy::Rule>& rules) {
  const auto kind = policy::KindNamed(file.stem().string());
  REQUIRE_MESSAGE(kind.has_value(), "files are named after their kind: endpoint.json");
  policy::LintOptions options;
  options.kind = *kind;
  options.facts.catalogue = &policy::Catalogue::Embedded();
  return policy::LintText(testing::ReadSource(file), options, rules);
}

// One finding a line: `line:column CODE severity message`.
std::string Printed(const fs::path& file, const policy::LintResult& result) {
  const auto source = testing::ReadSource(file);
  std::ostringstream out;
  for (const policy::Diagnostic& found : result.diagnostics) {
    const policy::LineColumn at = source->Locate(found.range.begin);
    out << at.line << ':' << at.column << ' ' << found.code << ' '
        << policy::SeverityName(found.severity) << ' ' << found.message << '\n';
    CHECK(found.message.find('\n') == std::string::npos);
    CHECK_FALSE(found.message.ends_with('.'));
    CHECK(found.range.end <= source->text().size());
  }
  return out.str();
}

std::vector<fs::path> Files() {
  return testing::FilesBelow(testing::SourceDir() / "corpus/files", {".json"});
}

TEST_CASE("whole files give what is written down, under all rules") {
  const std::vector<policy::Rule> rules = AllRules();
  std::size_t files = 0;
  for (const fs::path& file : Files()) {
    CAPTURE(file.string());
    const std::string found = Printed(file, Lint(file, rules));
    const fs::path expected = fs::path(file).replace_extension(".out");
    if (std::getenv("POSTERN_UPDATE") != nullptr)
      std::ofstream(expected, std::ios::binary) << found;
    CHECK(found == testing::ReadAll(expected));
    ++files;
  }
  CHECK(files >= 20);
}

TEST_CASE("good files have no finding of warning or above by default") {
  std::vector<policy::Rule> rules = AllRules();
  std::erase_if(
      rules, [](const policy::Rule& rule) { return rule.status != policy::RuleStatus::kStable; });
  std::size_t files = 0;
  for (const fs::path& file : Files()) {
    if (!file.parent_path().filename().string().starts_with("good-")) continue;
    CAPTURE(file.string());
    for (const policy::Diagnostic& found : Lint(file, rules).diagnostics) {
      CAPTURE(found.code);
      CAPTURE(found.message);
      CHECK(found.severity == policy::Severity::kSuggestion);
    }
    ++files;
  }
  CHECK(files >= 8);
}

TEST_CASE("each row of the table is complete") {
  for (const policy::Rule& rule : AllRules()) {
    CAPTURE(rule.code);
    CHECK(rule.code.size() == 5);
    CHECK_FALSE(rule.summary.empty());
    CHECK(rule.summary.find('\n') == std::string_view::npos);
    CHECK_FALSE(rule.summary.ends_with('.'));
    CHECK(rule.rationale.ends_with('.'));
    CHECK_FALSE(rule.source.empty());
  }
}

}  // namespace
}  // namespace postern
