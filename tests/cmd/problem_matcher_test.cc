// .github/postern.matcher.json against what `lint` prints: GitHub makes annotations from it.
#include <doctest/doctest.h>
#include <re2/re2.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "policy/json_tree.h"
#include "tests/cmd/run_program.h"
#include "tests/files.h"

namespace postern {
namespace {

struct Annotation {
  std::string file;
  std::string line;
  std::string column;
  std::string severity;
  std::string message;
  std::string code;
  friend bool operator==(const Annotation&, const Annotation&) = default;
};

class Matcher {
 public:
  explicit Matcher(const policy::Node& node)
      : severity_(TextOf(node, "severity")),
        pattern_(*node.Find("pattern")->children().begin()),
        expression_(TextOf(pattern_, "regexp")) {
    REQUIRE(expression_.ok());
  }

  bool Match(const std::string& line, Annotation& into) const {
    std::vector<std::string> groups(
        static_cast<std::size_t>(expression_.NumberOfCapturingGroups()));
    std::vector<RE2::Arg> args(groups.size());
    std::vector<const RE2::Arg*> pointers(groups.size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
      args[i] = &groups[i];
      pointers[i] = &args[i];
    }
    if (!RE2::PartialMatchN(line, expression_, pointers.data(), static_cast<int>(groups.size()))) {
      return false;
    }
    const auto group = [&](std::string_view name) {
      const policy::Node* number = pattern_.Find(name);
      return number == nullptr ? severity_ : groups[std::stoul(std::string(number->text)) - 1];
    };
    into = {group("file"),     group("line"),    group("column"),
            group("severity"), group("message"), group("code")};
    return true;
  }

 private:
  static std::string TextOf(const policy::Node& node, std::string_view name) {
    const policy::Node* text = node.Find(name);
    return text == nullptr ? "" : std::string(text->text);
  }

  std::string severity_;  // of all that it matches, where no group says it
  const policy::Node& pattern_;
  RE2 expression_;
};

policy::Tree ReadTree(std::string name, std::string text) {
  auto json =
      policy::ReadJson(std::make_shared<const policy::Source>(std::move(name), std::move(text)),
                       policy::kSuiteLimits);
  REQUIRE(json.tree);
  return *std::move(json.tree);
}

// What the matcher should make of it: GitHub knows error, warning and notice.
std::vector<Annotation> FromJson(const policy::Tree& report) {
  std::vector<Annotation> annotations;
  for (const policy::Node& finding : report.root().Find("findings")->children()) {
    const auto text = [&](const policy::Node& node, std::string_view name) {
      return std::string(node.Find(name)->text);
    };
    const std::string severity = text(finding, "severity");
    annotations.push_back({text(finding, "file"), text(*finding.Find("start"), "line"),
                           text(*finding.Find("start"), "column"),
                           severity == "security"     ? "warning"
                           : severity == "suggestion" ? "notice"
                                                      : severity,
                           text(finding, "message"), text(finding, "rule")});
  }
  return annotations;
}

TEST_CASE("GitHub's problem matcher finds every finding that lint prints, and nothing else") {
  const policy::Tree file =
      ReadTree("matcher", testing::ReadAll(testing::SourceDir() / ".github/postern.matcher.json"));
  std::vector<std::unique_ptr<Matcher>> matchers;
  for (const policy::Node& node : file.root().Find("problemMatcher")->children()) {
    matchers.push_back(std::make_unique<Matcher>(node));
  }
  const std::string folder = (testing::SourceDir() / "corpus").string();
  const std::vector<std::string> lint{"-C", folder, "lint", "--preview", "files", "seeds"};
  std::vector<std::string> as_json = lint;
  as_json.insert(as_json.end(), {"-f", "json"});
  const std::vector<Annotation> expected =
      FromJson(ReadTree("json", test::RunProgram(as_json).out));
  CHECK(expected.size() > 100);

  std::vector<Annotation> found;
  std::vector<std::string> as_text = lint;
  as_text.emplace_back("-v");  // else many findings of one rule are counted, not printed
  std::istringstream lines(test::RunProgram(as_text).out);
  for (std::string line; std::getline(lines, line);) {
    Annotation annotation;
    int matched = 0;
    for (const auto& matcher : matchers) matched += matcher->Match(line, annotation) ? 1 : 0;
    CAPTURE(line);
    CHECK(matched <= 1);
    if (matched == 1) found.push_back(annotation);
  }
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CAPTURE(expected[i].message);
    CHECK(found[i] == expected[i]);
  }
}

}  // namespace
}  // namespace postern
