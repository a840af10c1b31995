// YAML: every place is in the text, pointers lead back, and what is JSON too is the same tree.
#include <algorithm>

#include "policy/json_tree.h"
#include "policy/yaml_tree.h"
#include "tests/fuzz/lie_in.h"
#include "tests/fuzz/properties.h"
#include "tests/fuzz/seeds.h"

namespace postern::fuzz {
namespace {

using policy::Node;

// Aliases make a tree much larger than its text.
constexpr policy::YamlLimits kLimits{1u << 20, 64, 20'000};

void CheckNode(const policy::Tree& tree, const Node& node) {
  Require(LiesIn(tree.source(), node.range), "a node is outside the text");
  Require(LiesIn(tree.source(), node.key_range), "a key is outside the text");
  if (node.IsObject() || node.IsArray() || node.kind == policy::NodeKind::kIntrinsic) {
    for (const Node& child : node.children()) CheckNode(tree, child);
  }
}

// Pointers end at CloudFormation's functions: what is in them has no name.
void CheckPointers(const policy::Tree& tree) {
  constexpr std::uint32_t kAsked = 200;
  if (!policy::FindDuplicateKeys(tree.root()).empty()) return;
  bool functions = false;
  for (std::uint32_t i = 0; i < std::min(tree.root().span, kAsked); ++i) {
    const Node* const node = &tree.root() + i;
    const Node* const found = tree.At(tree.PointerTo(*node));
    Require(found == node || (functions && found == nullptr), "a pointer leads elsewhere");
    functions = functions || node->kind == policy::NodeKind::kIntrinsic;
  }
}

void MustBeSame(const Node& json, const Node& yaml) {
  Require(json.kind == yaml.kind, "JSON as YAML has a value of another kind");
  Require(json.key == yaml.key, "JSON as YAML has another key");
  Require(json.text == yaml.text, "JSON as YAML has another text");
  Require(json.count == yaml.count, "JSON as YAML has another number of values");
  if (!json.IsObject() && !json.IsArray()) return;
  auto other = yaml.children().begin();
  for (const Node& child : json.children()) {
    MustBeSame(child, *other);
    ++other;
  }
}

}  // namespace

void CheckYaml(std::string_view bytes) {
  const auto source = std::make_shared<const policy::Source>("text.yaml", std::string(bytes));
  const policy::YamlResult read = policy::ReadYaml(source, kLimits);
  Require(read.tree.has_value() != read.error.has_value(), "neither a tree nor an error");
  if (!read.tree) {
    Require(read.error->offset <= bytes.size(), "the error is outside the text");
    Require(!read.error->message.empty(), "an error without a message");
    return;
  }
  CheckNode(*read.tree, read.tree->root());
  CheckPointers(*read.tree);
  // yaml-cpp takes a carriage return by itself for a letter.
  const policy::JsonResult json = policy::ReadJson(source);
  if (json.tree && bytes.find('\r') == bytes.npos) MustBeSame(json.tree->root(), read.tree->root());
}

std::vector<std::string> YamlSeeds(const std::filesystem::path& root) {
  std::vector<std::string> seeds = FilesIn(root / "corpus", ".yaml");
  for (const auto& file : {"cloudformation_test.cc", "contents_test.cc"}) {
    for (std::string& text : LiteralsIn(root / "tests/policy/containers" / file)) {
      seeds.push_back(std::move(text));
    }
  }
  for (std::string& text : FilesIn(root / "corpus/files", ".json")) {
    seeds.push_back(std::move(text));
  }
  return seeds;
}

}  // namespace postern::fuzz
