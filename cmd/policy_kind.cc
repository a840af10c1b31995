#include "cmd/policy_kind.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string>

#include "policy/json_repair.h"
#include "policy/json_tree.h"
#include "policy/unwrap.h"

namespace postern::cmd {
namespace {

using policy::Node;

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return lower;
}

const Node* FindWithoutCase(const Node& object, std::string_view lower_name) {
  if (!object.IsObject()) return nullptr;
  for (const Node& member : object.children()) {
    if (Lower(member.key) == lower_name) return &member;
  }
  return nullptr;
}

bool AnyChild(const Node& node, bool (*holds)(const Node&)) {
  for (const Node& child : node.children()) {
    if (holds(child)) return true;
  }
  return false;
}

bool IsStatement(const Node& node) {
  return FindWithoutCase(node, "effect") != nullptr || FindWithoutCase(node, "action") != nullptr ||
         FindWithoutCase(node, "notaction") != nullptr;
}

bool IsPolicyObject(const Node& root) {
  if (root.count == 0 || FindWithoutCase(root, "statement") != nullptr ||
      FindWithoutCase(root, "statements") != nullptr || IsStatement(root)) {
    return true;
  }
  const Node* version = FindWithoutCase(root, "version");
  return version != nullptr && (version->text == "2012-10-17" || version->text == "2008-10-17");
}

PolicyLikeness LikenessOf(const Node& root) {
  if (root.IsObject())
    return IsPolicyObject(root) ? PolicyLikeness::kPolicy : PolicyLikeness::kOther;
  if (!root.IsArray()) return PolicyLikeness::kOther;
  return AnyChild(root, IsStatement) ? PolicyLikeness::kPolicy : PolicyLikeness::kOther;
}

bool HasPrincipal(const Node& statement) {
  return FindWithoutCase(statement, "principal") != nullptr ||
         FindWithoutCase(statement, "notprincipal") != nullptr;
}

bool AnyPrincipal(const Node& root) {
  const Node* statements = FindWithoutCase(root, "statement");
  const Node& list = statements == nullptr ? root : *statements;
  if (!list.IsArray()) return HasPrincipal(list);
  return AnyChild(list, HasPrincipal);
}

// The bytes of a text that no reader takes: UTF-16 has a NUL beside every letter.
bool MentionsStatements(std::string_view text) {
  std::string letters;
  letters.reserve(text.size());
  std::copy_if(text.begin(), text.end(), std::back_inserter(letters),
               [](char c) { return c != '\0'; });
  return letters.find("Statement") != letters.npos || letters.find("Effect") != letters.npos;
}

bool NamedEndpoint(std::string_view name) {
  const std::string lower = Lower(name);
  return lower.find("endpoint") != lower.npos || lower.find("vpce") != lower.npos;
}

// "endpoints", "vpc-endpoint-policies": a folder of endpoint policies, and not one whose name tells
// a story about an endpoint.
bool IsEndpointFolder(std::string_view name) {
  constexpr std::array<std::string_view, 11> kWords{"endpoint", "endpoints", "vpce",      "vpces",
                                                    "vpc",      "policy",    "policies",  "gateway",
                                                    "gateways", "interface", "interfaces"};
  const std::string lower = Lower(name);
  std::size_t begin = 0;
  while (begin <= lower.size()) {
    const std::size_t end = std::min(lower.find_first_of("-_. ", begin), lower.size());
    const std::string_view word = std::string_view(lower).substr(begin, end - begin);
    if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) return false;
    begin = end + 1;
  }
  return NamedEndpoint(name);
}

KindGuess GuessKind(const Node* root, std::string_view path) {
  const std::filesystem::path file(path);
  if (NamedEndpoint(file.filename().string())) {
    return {policy::PolicyKind::kEndpoint, "the file is named so"};
  }
  if (IsEndpointFolder(file.parent_path().filename().string())) {
    return {policy::PolicyKind::kEndpoint, "its folder is named so"};
  }
  if (root != nullptr && AnyPrincipal(*root)) {
    return {policy::PolicyKind::kResource, "a statement has `Principal` or `NotPrincipal`"};
  }
  return {policy::PolicyKind::kIdentity, "no statement has `Principal`"};
}

}  // namespace

bool IsNamedEndpoint(std::string_view path) {
  return GuessKind(nullptr, path).kind == policy::PolicyKind::kEndpoint;
}

PolicyShape LookAt(const std::shared_ptr<const policy::Source>& source, std::string_view path) {
  const policy::JsonResult strict = policy::ReadJson(source);
  const policy::Unwrapped inside =
      strict.tree ? policy::UnwrapString(*strict.tree) : policy::UnwrapUrl(source);
  if (strict.tree || inside.tree) {
    const Node& root = inside.tree ? inside.tree->root() : strict.tree->root();
    return {LikenessOf(root), GuessKind(&root, path)};
  }
  const policy::RepairResult repaired = policy::RepairJson(source);
  const Node* root = repaired.tree ? &repaired.tree->root() : nullptr;
  const bool looks_like = source->text().find_first_not_of(" \t\r\n") == std::string_view::npos ||
                          MentionsStatements(source->text());
  return {looks_like ? PolicyLikeness::kPolicy : PolicyLikeness::kUnclear, GuessKind(root, path)};
}

}  // namespace postern::cmd
