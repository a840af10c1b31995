// A policy file of JSON, as `postern lint --fix` takes it: read, repaired, checked, fixed.
#include <algorithm>

#include "cmd/rule_table.h"
#include "policy/catalogue.h"
#include "policy/fixes.h"
#include "policy/json_repair.h"
#include "policy/json_tree.h"
#include "policy/lint.h"
#include "tests/fuzz/lie_in.h"
#include "tests/fuzz/properties.h"
#include "tests/fuzz/seeds.h"
#include "tests/words_not_reached.h"

namespace postern::fuzz {
namespace {

using policy::Node;
using policy::Severity;

void MustNest(const policy::Source& source, const Node& node) {
  Require(LiesIn(source, node.range) && LiesIn(source, node.key_range),
          "a node is outside the text");
  if (!node.IsObject() && !node.IsArray()) return;
  std::uint32_t at = node.range.begin;
  for (const Node& child : node.children()) {
    Require(at <= child.range.begin && child.range.end <= node.range.end,
            "a node is outside its parent, or before its neighbour");
    at = child.range.end;
    MustNest(source, child);
  }
}

// The reader, and the scanner that repairs, against a reader that is not ours.
void CheckReading(const std::shared_ptr<const policy::Source>& source) {
  const policy::JsonResult strict = policy::ReadJson(source);
  Require(strict.tree.has_value() != strict.error.has_value(), "neither a tree nor an error");
  if (strict.tree) {
    Require(testing::IsJson(source->text()), "ReadJson takes what is no JSON");
    MustNest(*source, strict.tree->root());
  } else {
    Require(strict.error->offset <= source->text().size(), "the error is outside the text");
  }
  const policy::RepairResult repaired = policy::RepairJson(source);
  MustLieIn(*source, repaired.diagnostics);
  Require(!strict.tree || repaired.diagnostics.empty(), "valid JSON is repaired");
  Require(!strict.tree || repaired.tree, "valid JSON is lost in the repair");
  if (!repaired.tree) return;
  const Node& root = repaired.tree->root();
  for (std::uint32_t i = 0; i < root.span; ++i) {
    const Node& node = (&root)[i];
    Require(LiesIn(*source, node.range) && LiesIn(*source, node.key_range),
            "a repaired node is outside the text");
  }
}

void CheckRefusal(const std::shared_ptr<const policy::Source>& source, policy::PolicyKind kind) {
  const policy::ParseResult parsed = policy::ParseText(source, kind);
  // A function of a template that is not resolved is a warning.
  const bool told = std::ranges::any_of(parsed.diagnostics, [](const auto& found) {
    return found.severity == Severity::kError || found.code == "GR220";
  });
  Require(!parsed.refused || told, "refused, and nothing says why");
}

void CheckFixes(const std::shared_ptr<const policy::Source>& source,
                const policy::LintOptions& options, policy::FixLevel level) {
  const policy::FindProblems find = [&options](const auto& text) {
    auto findings = policy::LintText(text, options, cmd::AllRules()).diagnostics;
    MustLieIn(*text, findings);
    return findings;
  };
  const policy::FixResult fixed = policy::RunFixes(source, find, level);
  Require(fixed.applied.empty() == (fixed.source == source), "fixes that are not told");
  Require(testing::IsReadAsFar(fixed.source->text(), source->text()),
          "the repaired text is not read as far as it was:\n" + std::string(fixed.source->text()));
}

}  // namespace

// The first byte chooses the kind of policy, what is known, and which fixes are made.
void CheckPolicy(std::string_view bytes) {
  Input input(bytes);
  const std::uint8_t choice = input.Byte();
  const auto kinds = policy::AllKinds();
  policy::LintOptions options;
  options.kind = kinds[choice % kinds.size()].kind;
  options.facts.catalogue = &policy::Catalogue::Embedded();
  if ((choice & 0x10) != 0) {
    options.facts.endpoint.service = "s3";
    options.facts.endpoint.region = "eu-west-1";
    options.facts.endpoint.type = policy::EndpointType::kGateway;
    options.facts.organizations = {"o-a1b2c3d4e5"};
    options.facts.accounts = {"111122223333"};
  }
  const auto source =
      std::make_shared<const policy::Source>("policy.json", std::string(input.rest()));
  CheckReading(source);
  CheckRefusal(source, options.kind);
  CheckFixes(source, options,
             (choice & 0x20) != 0 ? policy::FixLevel::kUnsafe : policy::FixLevel::kSafe);
}

std::vector<std::string> PolicySeeds(const std::filesystem::path& root) {
  std::vector<std::string> seeds;
  for (const std::string& text : FilesIn(root / "corpus/lint", "bad.json", 1024)) {
    const auto choice = static_cast<char>(seeds.size() % 64);
    seeds.push_back(choice + text);
  }
  return seeds;
}

}  // namespace postern::fuzz
