// Every folder of corpus/lint: bad.json gives exactly bad.out, good.json nothing of that rule.
// Where the rule looks at several policies, with-KIND.json and with-KIND-NAME.json are in the run
// of both.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "authz/rules.h"
#include "authz/rules/together.h"
#include "policy/catalogue.h"
#include "policy/containers/lint_policy.h"
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
// account=111122223333 vpc=vpc-... vpce=vpce-... cidr=10.0.0.0/16 uses=ecr today=2026-11-27`, all
// of them optional; those of kOwnLists and `uses` may be repeated.
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
    } else if (name == "today") {
      options.facts.today = value;
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

// The kind of a companion, by its name: "endpoint" of with-endpoint-old.json.
policy::PolicyKind KindOfCompanion(const fs::path& file) {
  std::string name = file.stem().string().substr(5);
  while (!policy::KindNamed(name)) {
    const std::size_t dash = name.rfind('-');
    REQUIRE_MESSAGE(dash != name.npos, file.string());
    name.resize(dash);
  }
  return *policy::KindNamed(name);
}

std::vector<fs::path> Companions(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with("with-")) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// A run of several files, and what keeps it.
class Together {
 public:
  void Add(const fs::path& file, const policy::LintOptions& options) {
    const auto source =
        std::make_shared<const policy::Source>(file.filename().string(), testing::ReadAll(file));
    policy::ContainerResult read = policy::ReadContainer(source);
    if (!read.container) {
      return Hold(policy::LintText(source, options, {}), options.facts, source, nullptr);
    }
    const auto container = std::make_shared<const policy::Container>(*std::move(read.container));
    run_.containers.push_back(container);
    for (const policy::ContainedPolicy& contained : container->policies) {
      policy::LintOptions own = options;
      own.kind = contained.kind;
      Hold(policy::LintContained(contained, own, {}), policy::FactsOf(contained, own.facts),
           container->source, &contained);
    }
  }

  std::vector<policy::Diagnostic> Lint(std::span<const policy::Rule> rules) {
    for (const Held& held : held_) {
      run_.policies.push_back(
          {&*held.result.document, &held.facts, held.file.get(), held.contained});
    }
    std::vector<policy::Diagnostic> findings;
    for (authz::RunFinding& found : authz::LintTogether(run_, rules)) {
      if (found.policy.value_or(0) == 0) findings.push_back(std::move(found.diagnostic));
    }
    return findings;
  }

 private:
  struct Held {
    policy::LintResult result;
    policy::LintFacts facts;
    std::shared_ptr<const policy::Source> file;
    const policy::ContainedPolicy* contained;
  };
  void Hold(policy::LintResult result, policy::LintFacts facts,
            std::shared_ptr<const policy::Source> file, const policy::ContainedPolicy* contained) {
    REQUIRE(result.document.has_value());
    held_.push_back({std::move(result), std::move(facts), std::move(file), contained});
  }

  std::deque<Held> held_;
  authz::LintRun run_;
};

std::string LintTogether(const fs::path& file, std::string_view code,
                         const policy::LintOptions& options) {
  Together together;
  together.Add(file, options);
  for (const fs::path& companion : Companions(file.parent_path())) {
    policy::LintOptions own = options;
    own.kind = KindOfCompanion(companion);
    together.Add(companion, own);
  }
  const policy::Source source(file.filename().string(), testing::ReadAll(file));
  return Print(source, together.Lint(RulesFor(code)));
}

std::string Lint(const fs::path& file, std::string_view code, const policy::LintOptions& options) {
  if (policy::FindRule(authz::TogetherRules(), code) != nullptr) {
    return LintTogether(file, code, options);
  }
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
