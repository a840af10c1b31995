// So with a node found by its pointer.
#include <utility>

#include "policy/tree.h"

using postern::policy::Node;
using postern::policy::Tree;

const Node* FirstStatement(Tree&& tree) {
#ifdef POSTERN_DANGLING
  return std::move(tree).At("/Statement/0");
#else
  static const Tree kTree = std::move(tree);
  return kTree.At("/Statement/0");
#endif
}
