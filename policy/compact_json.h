// A part of a tree as the shortest JSON that says the same.
#pragma once

#include <string>

#include "policy/tree.h"

namespace postern::policy {

// Recurses as deep as the tree. What is not known stands as its text, in quotes.
std::string CompactJson(const Node& node);

}  // namespace postern::policy
