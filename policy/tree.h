// The one tree that every reader of text produces (JSON, YAML, text inside a JSON string) and that
// everything behind it reads: parse, suites, cases, containers. Each key and each value carries its
// byte range in the outermost file on disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/source.h"

namespace postern::policy {

enum class NodeKind : std::uint8_t {
  kObject,
  kArray,
  kString,
  kNumber,  // text() is the digits as written
  kBool,    // text() is "true" or "false"
  kNull,
  kIntrinsic,  // a CloudFormation function such as !Sub, not resolved: the tag stands at the
               // beginning of its range; the argument is text() if it is a scalar, else the
               // children
  kUnknown,    // known only after apply (Terraform)
};

std::string_view NodeKindName(NodeKind kind);  // "object", "string", ... as messages say it

// One value. Nodes of a tree stand in document order in one array, a parent before its children, so
// the children of a node follow it and `span` steps over a whole subtree.
struct Node {
  NodeKind kind = NodeKind::kNull;
  bool plain = false;       // YAML: written without quotes
  std::uint32_t span = 1;   // nodes in this subtree, itself included
  std::uint32_t count = 0;  // direct children
  SourceRange range;        // of the value, quotes and brackets included
  SourceRange key_range;    // of the member name, quotes included; empty outside objects
  std::string_view key;     // decoded member name; "" outside objects
  std::string_view text;    // decoded scalar; "" for objects and arrays

  class Children;
  Children children() const;
  // The first member of that exact name (case-sensitive), or null. Only for objects.
  const Node* Find(std::string_view name) const;

  bool IsObject() const { return kind == NodeKind::kObject; }
  bool IsArray() const { return kind == NodeKind::kArray; }
  bool IsString() const { return kind == NodeKind::kString; }
  bool IsScalar() const {
    return kind == NodeKind::kString || kind == NodeKind::kNumber || kind == NodeKind::kBool;
  }
};

// for (const Node& child : node.children()) ...
class Node::Children {
 public:
  class Iterator {
   public:
    explicit Iterator(const Node* node) : node_(node) {}
    const Node& operator*() const { return *node_; }
    const Node* operator->() const { return node_; }
    Iterator& operator++() {
      node_ += node_->span;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const Node* node_;
  };
  explicit Children(const Node* parent) : parent_(parent) {}
  Iterator begin() const { return Iterator(parent_ + 1); }
  Iterator end() const { return Iterator(parent_ + parent_->span); }

 private:
  const Node* parent_;
};

inline Node::Children Node::children() const { return Children(this); }

// What text in a JSON string decodes to, mapped back: decoded byte -> byte of the outer text. One
// entry per escape, so plain text costs nothing.
class OffsetMap {
 public:
  // Text that is spelled as it is, from byte `begin` of the outer text on.
  static OffsetMap Verbatim(std::uint32_t begin);
  // `raw` is the inside of the quotes, which begins at byte `raw_begin` of the outer text.
  static OffsetMap OfJsonString(std::string_view raw, std::uint32_t raw_begin);
  // The same where `raw` is itself what another string decodes to: it begins at decoded byte
  // `raw_begin` of `outer`. The result maps all the way out.
  static OffsetMap OfJsonString(std::string_view raw, const OffsetMap& outer,
                                std::uint32_t raw_begin);
  // Text that differs from its spelling in white space alone: a YAML scalar over several lines.
  // Exact but for the white space. Nothing if the two differ in more.
  static std::optional<OffsetMap> OfFolded(std::string_view raw, std::uint32_t raw_begin,
                                           std::string_view text);
  // Text in which bytes are spelled as `%7B`.
  static OffsetMap OfUrlEncoded(std::string_view raw, std::uint32_t raw_begin);
  std::uint32_t ToOuter(std::uint32_t decoded) const;
  SourceRange ToOuter(SourceRange decoded) const {
    return {ToOuter(decoded.begin), ToOuter(decoded.end)};
  }

 private:
  struct Shift {
    std::uint32_t decoded;  // from this decoded byte on ...
    std::uint32_t outer;    // ... the text continues at this outer byte
  };
  std::vector<Shift> shifts_;
};

// A tree with everything it refers to: the nodes, the decoded strings, the Source. Immutable once
// built; const access from any number of threads. Move-only, and nodes stay where they are on a
// move.
class Tree {
 public:
  // `layers`: in how many strings of the file, one inside the other, the text of the tree stands.
  Tree(std::shared_ptr<const Source> source, std::vector<Node> nodes,
       std::unique_ptr<char[]> decoded, std::uint32_t layers = 0);
  Tree(Tree&&) = default;
  Tree& operator=(Tree&&) = default;

  const Node& root() const& { return nodes_.front(); }
  const Node& root() const&& = delete;
  const Source& source() const& { return *source_; }
  const Source& source() const&& = delete;
  const std::shared_ptr<const Source>& shared_source() const& { return source_; }

  // RFC 6901 pointer from the root to `node`, which must be a node of this tree ("" for the root).
  std::string PointerTo(const Node& node) const;
  // The node at a pointer, or null.
  const Node* At(std::string_view pointer) const&;
  const Node* At(std::string_view pointer) const&& = delete;
  // The bytes of the file that spell text()[begin, end) of a string node: exact for JSON strings
  // with or without escapes, the whole value where the text is written in another way.
  SourceRange Within(const Node& node, std::size_t begin, std::size_t end) const;
  // Where each byte of text() is spelled in the file; nothing where it is written in another way (a
  // folded YAML scalar).
  std::optional<OffsetMap> Spelling(const Node& node) const;
  std::uint32_t layers() const { return layers_; }

 private:
  std::shared_ptr<const Source> source_;
  std::vector<Node> nodes_;
  std::unique_ptr<char[]> decoded_;
  std::uint32_t layers_;
};

// Members of one object that have the name of an earlier member (S1.2.2), in document order. Every
// reader refuses them: parsers disagree about which one wins.
struct DuplicateKey {
  const Node* first;
  const Node* again;
};
std::vector<DuplicateKey> FindDuplicateKeys(const Node& root);

}  // namespace postern::policy
