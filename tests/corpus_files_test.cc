// Whole files under all rules: corpus/files/<name>/policy.json gives exactly policy.out.
// POSTERN_UPDATE writes down what is found.
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

// One finding a line: `line:column CODE severity message`.
std::string Lint(const fs::path& file, policy::PolicyKind kind) {
  policy::LintOptions options;
  options.kind = kind;
  options.facts.catalogue = &policy::Catalogue::Embedded();
  const auto source = testing::ReadSource(file);
  const std::vector<policy::Rule> rules = AllRules();
  std::ostringstream out;
  for (const policy::Diagnostic& found : policy::LintText(source, options, rules).diagnostics) {
    const policy::LineColumn at = source->Locate(found.range.begin);
    out << at.line << ':' << at.column << ' ' << found.code << ' '
        << policy::SeverityName(found.severity) << ' ' << found.message << '\n';
    CHECK(found.message.find('\n') == std::string::npos);
    CHECK_FALSE(found.message.ends_with('.'));
    CHECK(found.range.end <= source->text().size());
  }
  return out.str();
}

TEST_CASE("whole files give what is written down, under all rules") {
  std::size_t files = 0;
  for (const fs::path& file :
       testing::FilesBelow(testing::SourceDir() / "corpus/files", {".json"})) {
    CAPTURE(file.string());
    const auto kind = policy::KindNamed(file.stem().string());
    REQUIRE_MESSAGE(kind.has_value(), "files are named after their kind: endpoint.json");
    const std::string found = Lint(file, *kind);
    const fs::path expected = fs::path(file).replace_extension(".out");
    if (std::getenv("POSTERN_UPDATE") != nullptr)
      std::ofstream(expected, std::ios::binary) << found;
    CHECK(found == testing::ReadAll(expected));
    ++files;
  }
  CHECK(files > 0);
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
