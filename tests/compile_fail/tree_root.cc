// Nodes belong to their Tree.
#include <utility>

#include "policy/tree.h"

using postern::policy::Node;
using postern::policy::Tree;

const Node* Root(Tree&& tree) {
#ifdef POSTERN_DANGLING
  return &std::move(tree).root();
#else
  static const Tree kTree = std::move(tree);
  return &kTree.root();
#endif
}
