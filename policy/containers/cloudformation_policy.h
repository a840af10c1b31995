// A policy of a template as CloudFormation would hand it on, as far as the template tells.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "policy/tree.h"

namespace postern::policy {

struct RenderedPolicy {
  std::shared_ptr<const Tree> tree;  // null where `budget` was not enough
  std::vector<SourceRange> open;     // values with parts that are known only at deployment
};

// Copies the subtree `node` of `tree`, with text in the place of functions and of plain YAML
// scalars (an account id without quotes is a number there). Ranges stay those of the original.
// Where a condition chooses between objects or lists, the first of them is taken. The text that is
// written is taken off `budget`.
RenderedPolicy RenderPolicy(const Tree& tree, const Node& node, std::size_t& budget);

// The same for `tree`, which was read from the template text of `Sub`: `Fn::Sub: "{...}"`.
// `variables` (a node of `template_tree`, or null) are the function's own.
RenderedPolicy RenderSubstituted(const Tree& tree, const Tree& template_tree, const Node* variables,
                                 std::size_t& budget);

}  // namespace postern::policy
