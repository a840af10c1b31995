// Real policies: each is read, parsed and linted, whatever is in it.
#include <doctest/doctest.h>

#include <memory>
#include <sstream>
#include <string>

#include "authz/rules.h"
#include "policy/catalogue.h"
#include "policy/lint.h"
#include "tests/external/external_data.h"
#include "tests/external/gzip.h"
#include "tests/files.h"

namespace postern {
namespace {

policy::LintResult Lint(std::string name, std::string text, policy::PolicyKind kind) {
  policy::LintOptions options;
  options.kind = kind;
  options.facts.catalogue = &policy::Catalogue::Embedded();
  std::vector<policy::Rule> rules(policy::PolicyRules().begin(), policy::PolicyRules().end());
  rules.insert(rules.end(), authz::EngineRules().begin(), authz::EngineRules().end());
  return policy::LintText(std::make_shared<const policy::Source>(std::move(name), std::move(text)),
                          options, rules);
}

bool HasCode(const policy::LintResult& result, std::string_view prefix) {
  for (const auto& diagnostic : result.diagnostics) {
    if (diagnostic.code.starts_with(prefix)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every AWS managed policy parses, and none is refused for its JSON or grammar") {
  const auto file = testing::ExternalData("bench/w4-managed-policies.ndjson.gz");
  if (!file) return;
  std::istringstream lines(testing::ReadGzip(*file));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    CAPTURE(line.substr(0, 80));
    const auto parsed = policy::ParseText(std::make_shared<const policy::Source>("managed", line),
                                          policy::PolicyKind::kManaged);
    CHECK(parsed.document.has_value());
    CHECK_FALSE(parsed.refused);
    const auto linted = Lint("managed", line, policy::PolicyKind::kManaged);
    CHECK_FALSE(HasCode(linted, "JS"));
  }
  CHECK(count == 1523);
}

TEST_CASE("every real endpoint policy is read, and what is refused says why") {
  const auto folder = testing::ExternalData("data/endpoint-policies");
  if (!folder) return;
  std::size_t count = 0;
  for (const auto& file : testing::FilesBelow(*folder, {".json"})) {
    if (file.filename() == "index.json") continue;
    ++count;
    CAPTURE(file.string());
    const auto parsed = policy::ParseText(testing::ReadSource(file), policy::PolicyKind::kEndpoint);
    bool has_error = false;
    for (const auto& diagnostic : parsed.diagnostics) {
      has_error |= diagnostic.severity == policy::Severity::kError;
    }
    CHECK(parsed.refused <= has_error);
    CHECK(parsed.document.has_value());
  }
  CHECK(count == 82);
}

}  // namespace postern
