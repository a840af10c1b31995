// What the fixes of the rules make of the bad cases.
#include "policy/rules/fixes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "policy/catalogue.h"
#include "policy/fixes.h"
#include "policy/lint.h"
#include "policy/parse.h"
#include "tests/files.h"

namespace postern::policy {
namespace {

namespace fs = std::filesystem;

std::vector<Diagnostic> Lint(const std::string& text, PolicyKind kind) {
  LintOptions options;
  options.kind = kind;
  options.facts.catalogue = &Catalogue::Embedded();
  return LintText(std::make_shared<const Source>("policy.json", text), options, PolicyRules())
      .diagnostics;
}

std::string Apply(const std::string& text, const Fix& fix) {
  std::vector<Edit> edits = fix.edits;
  std::ranges::sort(edits, {}, [](const Edit& edit) { return edit.range.begin; });
  return ApplyEdits(text, edits);
}

std::ptrdiff_t CountOf(const std::vector<Diagnostic>& findings, std::string_view code) {
  return std::ranges::count(findings, code, &Diagnostic::code);
}

bool IsReadable(const std::vector<Diagnostic>& findings) {
  return std::ranges::none_of(findings, [](const Diagnostic& finding) {
    return (finding.code.starts_with("JS") && finding.severity == Severity::kError) ||
           finding.code == "GR217";
  });
}

PolicyKind KindOf(const fs::path& folder) {
  const std::string options = testing::ReadAll(folder / "options.txt");
  const std::size_t at = options.find("kind=");
  if (at == options.npos) return PolicyKind::kIdentity;
  const std::string name = options.substr(at + 5, options.find_first_of(" \n", at) - at - 5);
  return KindNamed(name).value_or(PolicyKind::kIdentity);
}

const Node& Child(const Node& list, std::size_t index) {
  auto child = list.children().begin();
  for (; index > 0; --index) ++child;
  return *child;
}

std::string Without(const std::string& text, std::string_view list_name, std::size_t index) {
  const auto source = std::make_shared<const Source>("policy.json", text);
  const ParseResult parsed = ParseText(source, PolicyKind::kIdentity);
  REQUIRE(parsed.document);
  const Node& root = parsed.document->root();
  const Node& list = list_name.empty() ? root : *root.Find(list_name);
  Diagnostic finding;
  AddRemoval(finding, *parsed.document, list, Child(list, index), FixSafety::kSafe);
  return finding.fixes.empty() ? text : Apply(text, finding.fixes[0]);
}

TEST_CASE("every fix of a bad case leaves a policy with one finding less") {
  std::size_t fixes = 0;
  for (const auto& entry : fs::directory_iterator(testing::SourceDir() / "corpus/lint")) {
    const std::string name = entry.path().filename().string();
    const std::string code = name.substr(0, name.find('-'));
    if (!fs::exists(entry.path() / "bad.json")) continue;
    CAPTURE(name);
    const std::string bad = testing::ReadAll(entry.path() / "bad.json");
    const PolicyKind kind = KindOf(entry.path());
    const std::vector<Diagnostic> before = Lint(bad, kind);
    for (const Diagnostic& finding : before) {
      if (finding.code != code) continue;
      for (const Fix& fix : finding.fixes) {
        CAPTURE(fix.title);
        const std::string text = Apply(bad, fix);
        CAPTURE(text);
        const std::vector<Diagnostic> after = Lint(text, kind);
        CHECK((IsReadable(after) || !IsReadable(before)));
        CHECK(CountOf(after, code) < CountOf(before, code));
        ++fixes;
      }
    }
  }
  CHECK(fixes > 60);
}

TEST_CASE("an element goes with its comma") {
  CHECK(Without(R"({"Statement": [{"a": 1}, {"b": 2}, {"c": 3}]})", "Statement", 0) ==
        R"({"Statement": [{"b": 2}, {"c": 3}]})");
  CHECK(Without(R"({"Statement": [{"a": 1}, {"b": 2}, {"c": 3}]})", "Statement", 1) ==
        R"({"Statement": [{"a": 1}, {"c": 3}]})");
  CHECK(Without(R"({"Statement": [{"a": 1}, {"b": 2}, {"c": 3}]})", "Statement", 2) ==
        R"({"Statement": [{"a": 1}, {"b": 2}]})");
}

TEST_CASE("a member goes with its name") {
  CHECK(Without(R"({"Version": "2012-10-17", "Id": "x", "Statement": []})", "", 1) ==
        R"({"Version": "2012-10-17", "Statement": []})");
  CHECK(Without(R"({"Statement": [], "Id": "x"})", "", 1) == R"({"Statement": []})");
}

TEST_CASE("the only element stays") {
  CHECK(Without(R"({"Statement": [{"a": 1}]})", "Statement", 0) == R"({"Statement": [{"a": 1}]})");
}

TEST_CASE("an item leaves a list with its comma") {
  const std::string text =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject", "s3:*"],)"
      R"("Resource":"*"}]})";
  for (const Diagnostic& finding : Lint(text, PolicyKind::kIdentity)) {
    if (finding.code != "AC507") continue;
    REQUIRE(finding.fixes.size() == 1);
    CHECK(finding.fixes[0].safe);
    CHECK(Apply(text, finding.fixes[0]).find(R"("Action":["s3:*"])") != std::string::npos);
    return;
  }
  FAIL("AC507 is silent");
}

}  // namespace
}  // namespace postern::policy
