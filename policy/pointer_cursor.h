// JSON pointers (RFC 6901) of many nodes of one tree, one after another.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/tree.h"

namespace postern::policy {

// Adds `/token`, escaped.
void AppendPointerToken(std::string& pointer, std::string_view token);

// Remembers the way to the last node, so that asking in document order is linear in the tree as a
// whole. The tree must outlive it.
class PointerCursor {
 public:
  explicit PointerCursor(const Node& root) : root_(&root) {}
  // The pointer from the root to `node`, which must be in the root's subtree ("" for the root).
  std::string To(const Node& node);

 private:
  struct Step {
    const Node* parent;
    const Node* child;
    std::uint32_t index;
  };
  const Node* root_;
  std::vector<Step> steps_;
};

}  // namespace postern::policy
