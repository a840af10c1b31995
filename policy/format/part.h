// A JSON text arranged anew: which of its values are written, in which order. Nothing is copied, so
// whatever is not dropped or moved comes out as it was read.
#pragma once

#include <string>
#include <vector>

#include "policy/source.h"
#include "policy/tree.h"

namespace postern::policy {

// A value to be written. Refers to the nodes of a tree, which must outlive it.
struct Part {
  NodeKind kind = NodeKind::kNull;
  const Node* member = nullptr;  // whose name it has, as a member of an object
  const Node* scalar = nullptr;  // whose value it has, unless it is an object or an array
  std::vector<Part> children;

  bool IsObject() const { return kind == NodeKind::kObject; }
  bool IsArray() const { return kind == NodeKind::kArray; }
};

// A subtree as it stands. Recurses as deep as the tree.
Part PartOf(const Node& node);

enum class Layout {
  kIndented,  // a member or an item a line, two spaces a level, a line feed at the end
  kOneLine,   // without white space between its tokens, and without a line feed
};

// `source`: the JSON text in which the nodes' ranges count; their strings keep their spelling but
// for canonical escapes. Null where they stand in something else (YAML, a string): then strings are
// written from what they say.
std::string Write(const Part& part, const Source* source, Layout layout);

// A JSON string, quotes included, with the escapes that it needs and in one form each. An escape of
// a character that is neither ASCII nor Latin-1 stays one: IAM takes such characters in no other
// way. `spelling` must be a valid JSON string.
std::string CanonicalSpelling(std::string_view spelling);

}  // namespace postern::policy
