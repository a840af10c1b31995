// Every folder of corpus/lint: bad.json gives exactly bad.out, good.json nothing of that rule.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
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

fs::path Corpus() { return testing::SourceDir() / "corpus" / "lint"; }

std::vector<fs::path> Folders() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(Corpus())) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::vector<policy::Rule> AllRules() {
  std::vector<policy::Rule> rules(policy::PolicyRules().begin(), policy::PolicyRules().end());
  rules.insert(rules.end(), authz::EngineRules().begin(), authz::EngineRules().end());
  return rules;
}

// The rule alone, and what says that the text is no policy at all.
std::vector<policy::Rule> RulesFor(std::string_view code) {
  std::vector<policy::Rule> rules;
  for (const policy::Rule& rule : AllRules()) {
    if (rule.code == code || rule.code.starts_with("JS") || rule.code.starts_with("GR")) {
      rules.push_back(rule);
    }
  }
  return rules;
}

// What is the user's own, by its name in options.txt.
struct OwnList {
  std::string_view name;
  std::vector<std::string> policy::LintFacts::*list;
};
constexpr OwnList kOwnLists[] = {{"org", &policy::LintFacts::organizations},
                                 {"account", &policy::LintFacts::accounts},
                                 {"vpc", &policy::LintFacts::vpcs},
                                 {"vpce", &policy::LintFacts::endpoints},
                                 {"cidr", &policy::LintFacts::vpc_cidrs}};

// options.txt: `kind=endpoint type=gateway service=s3 region=eu-west-1 org=o-a1b2c3d4e5
// account=111122223333 vpc=vpc-... vpce=vpce-... cidr=10.0.0.0/16 uses=ecr`, all of them optional;
// those of kOwnLists and `uses` may be repeated.
policy::LintOptions OptionsOf(const fs::path& folder) {
  policy::LintOptions options;
  options.facts.catalogue = &policy::Catalogue::Embedded();
  std::ifstream file(folder / "options.txt");
  std::string word;
  while (file >> word) {
    const std::size_t equals = word.find('=');
    REQUIRE(equals != word.npos);
    const std::string name = word.substr(0, equals);
    const std::string value = word.substr(equals + 1);
    if (name == "kind") {
      const auto kind = policy::KindNamed(value);
      REQUIRE_MESSAGE(kind.has_value(), value);
      options.kind = *kind;
    } else if (name == "type") {
      REQUIRE((value == "gateway" || value == "interface"));
      options.facts.endpoint.type =
          value == "gateway" ? policy::EndpointType::kGateway : policy::EndpointType::kInterface;
    } else if (name == "service") {
      options.facts.endpoint.service = value;
    } else if (name == "region") {
      options.facts.endpoint.region = value;
    } else if (name == "uses") {
      options.facts.endpoint.uses.push_back(value);
    } else {
      const auto own = std::ranges::find(kOwnLists, name, &OwnList::name);
      REQUIRE_MESSAGE(own != std::end(kOwnLists), word);
      (options.facts.*own->list).push_back(value);
    }
  }
  return options;
}

// One finding a line: `line:column CODE severity message`.
std::string Print(const policy::Source& source, const std::vector<policy::Diagnostic>& findings) {
  std::ostringstream out;
  for (const policy::Diagnostic& finding : findings) {
    const policy::LineColumn at = source.Locate(finding.range.begin);
    out << at.line << ':' << at.column << ' ' << finding.code << ' '
        << policy::SeverityName(finding.severity) << ' ' << finding.message << '\n';
  }
  return out.str();
}

std::string Lint(const fs::path& file, std::string_view code, const policy::LintOptions& options) {
  const auto source =
      std::make_shared<const policy::Source>(file.filename().string(), testing::ReadAll(file));
  const std::vector<policy::Rule> rules = RulesFor(code);
  return Print(*source, policy::LintText(source, options, rules).diagnostics);
}

TEST_CASE("every folder of corpus/lint does what it says") {
  for (const fs::path& folder : Folders()) {
    const std::string name = folder.filename().string();
    CAPTURE(name);
    const std::string code = name.substr(0, name.find('-'));
    const policy::LintOptions options = OptionsOf(folder);

    const std::string bad = Lint(folder / "bad.json", code, options);
    if (std::getenv("POSTERN_UPDATE") != nullptr) std::ofstream(folder / "bad.out") << bad;
    CHECK(bad == testing::ReadAll(folder / "bad.out"));
    CHECK(bad.find(" " + code + " ") != bad.npos);

    const std::string good = Lint(folder / "good.json", code, options);
    CAPTURE(good);
    CHECK(good.find(" " + code + " ") == good.npos);
  }
}

std::string Apply(const std::string& text, std::vector<policy::Edit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const auto& a, const auto& b) { return a.range.begin > b.range.begin; });
  std::string fixed = text;
  for (const policy::Edit& edit : edits) {
    fixed.replace(edit.range.begin, edit.range.end - edit.range.begin, edit.text);
  }
  return fixed;
}

TEST_CASE("a fix takes its finding away") {
  std::size_t fixes = 0;
  for (const fs::path& folder : Folders()) {
    const std::string name = folder.filename().string();
    CAPTURE(name);
    const std::string code = name.substr(0, name.find('-'));
    const policy::LintOptions options = OptionsOf(folder);
    const std::vector<policy::Rule> rules = RulesFor(code);
    const auto findings = [&](const std::string& text) {
      auto source = std::make_shared<const policy::Source>("bad.json", text);
      return policy::LintText(std::move(source), options, rules).diagnostics;
    };
    const auto count = [&code](const std::vector<policy::Diagnostic>& of) {
      return std::count_if(of.begin(), of.end(),
                           [&code](const policy::Diagnostic& each) { return each.code == code; });
    };
    const std::string text = testing::ReadAll(folder / "bad.json");
    const std::vector<policy::Diagnostic> before = findings(text);
    for (const policy::Diagnostic& finding : before) {
      if (finding.code != code) continue;
      for (const policy::Fix& fix : finding.fixes) {
        const std::string fixed = Apply(text, fix.edits);
        CAPTURE(finding.message);
        CAPTURE(fixed);
        CHECK(count(findings(fixed)) < count(before));
        ++fixes;
      }
    }
  }
  CHECK(fixes > 20);
}

TEST_CASE("every rule has its folder, and every folder its rule") {
  std::set<std::string> folders;
  for (const fs::path& folder : Folders()) folders.insert(folder.filename().string());
  for (const policy::Rule& rule : AllRules()) {
    const std::string name = std::string(rule.code) + "-" + std::string(rule.name);
    CAPTURE(name);
    CHECK(folders.erase(name) == 1);
  }
  CHECK(folders == std::set<std::string>{});
}

}  // namespace
}  // namespace postern
