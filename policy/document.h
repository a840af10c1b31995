// A policy document as a typed view of its tree: what is missing or malformed is simply not there
// (parse.h reported it), and every part leads back to its Node, so to its text and its place.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "policy/kind.h"
#include "policy/language/operators.h"
#include "policy/tree.h"

namespace postern::policy {

enum class Effect : std::uint8_t { kAllow, kDeny };

// 2008-10-17 also stands for a document without Version (S1.5.2).
enum class LanguageVersion : std::uint8_t { k2008, k2012 };

enum class PrincipalType : std::uint8_t { kAws, kService, kFederated, kCanonicalUser };
std::string_view PrincipalTypeName(PrincipalType type);  // "AWS", "Service", ...

struct PrincipalEntry {
  PrincipalType type;
  const Node* value;  // a string
};

// Principal or NotPrincipal.
struct PrincipalSet {
  const Node* node;
  bool negated = false;   // NotPrincipal
  bool everyone = false;  // the bare "*"; {"AWS": "*"} is an entry
  std::vector<PrincipalEntry> entries;
};

// Action or NotAction, Resource or NotResource: patterns with `*` and `?`.
struct PatternSet {
  const Node* node;
  bool negated = false;
  std::vector<const Node*> patterns;  // strings
};

// One key under one operator; a statement's conditions are ANDed.
struct Condition {
  const Node* op_node;   // the member whose name is the operator
  const Node* key_node;  // the member whose name is the condition key
  // Absent: an operator that does not exist; such a condition never holds (S4.2).
  std::optional<ConditionOperator> op;
  std::vector<const Node*> values;  // strings, numbers, booleans; text is what was written
};

struct Statement {
  const Node* node;
  std::uint32_t index = 0;  // 0-based, as in /Statement/0
  const Node* sid = nullptr;
  std::optional<Effect> effect;
  std::optional<PrincipalSet> principal;
  std::optional<PatternSet> actions;
  std::optional<PatternSet> resources;
  std::vector<Condition> conditions;
  // A part had to be left out, so that a Deny might now be narrower or an Allow wider than what was
  // written: parse reported an error that S1.13 lists as refusing the document.
  bool refused = false;
};

// One parsed policy. Immutable, so any thread may read it; move-only, and parts stay where they
// are. Everything in it lives as long as it does.
class PolicyDocument {
 public:
  PolicyDocument(std::shared_ptr<const Tree> tree, const Node* root, PolicyKind kind,
                 LanguageVersion version, std::vector<Statement> statements)
      : tree_(std::move(tree)),
        root_(root),
        kind_(kind),
        version_(version),
        statements_(std::move(statements)) {}
  PolicyDocument(PolicyDocument&&) = default;
  PolicyDocument& operator=(PolicyDocument&&) = default;

  PolicyKind kind() const { return kind_; }
  LanguageVersion version() const { return version_; }
  std::span<const Statement> statements() const& { return statements_; }
  std::span<const Statement> statements() const&& = delete;  // would dangle
  const Tree& tree() const& { return *tree_; }
  const Tree& tree() const&& = delete;
  const Source& source() const& { return tree_->source(); }
  const Source& source() const&& = delete;
  // The policy object itself: the tree's root, or a part of a larger file.
  const Node& root() const& { return *root_; }
  const Node& root() const&& = delete;
  // Pointer of a part, counted from the policy object: "/Statement/0/Action".
  std::string PointerTo(const Node& node) const;

 private:
  std::shared_ptr<const Tree> tree_;
  const Node* root_;
  PolicyKind kind_;
  LanguageVersion version_;
  std::vector<Statement> statements_;
};

}  // namespace postern::policy
