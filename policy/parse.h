// Node -> PolicyDocument + Diagnostics. Reports every problem it can and goes on.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "policy/diagnostic.h"
#include "policy/document.h"
#include "policy/kind.h"
#include "policy/tree.h"

namespace postern::policy {

struct ParseResult {
  std::optional<PolicyDocument> document;  // absent only if the node is not an object
  std::vector<Diagnostic> diagnostics;     // in source order
  // S1.13: the document must not be evaluated (an unknown element, a missing Effect, a duplicate
  // key, ...). `eval` and `test` refuse the case; `lint` shows the findings. The diagnostic that
  // refuses comes with every document that is refused.
  bool refused = false;
};

// Reads the object `node` of `tree` as a policy of `kind`. Never throws on bad input and never
// stops at the first problem; time and memory linear in the subtree.
ParseResult Parse(std::shared_ptr<const Tree> tree, const Node& node, PolicyKind kind);

// Text -> document in one step, for those who hold a policy file: strict reading first, then, if it
// is refused, the repaired tree with its JS diagnostics (and `refused` set).
ParseResult ParseText(std::shared_ptr<const Source> source, PolicyKind kind);

}  // namespace postern::policy
