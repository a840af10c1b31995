// A policy in the one form that `postern fmt` writes.
#pragma once

#include <span>
#include <string_view>

#include "policy/format/part.h"

namespace postern::policy {

struct CanonicalOptions {
  bool sort_lists = false;  // of scalars, without regard to case
};

// The elements of the policy object `root` and of its statements in the order of the grammar,
// members of other names behind them in the order they had. The rest stays as it is.
Part Canonical(const Node& root, CanonicalOptions options = {});

// Lists of scalars within it, without regard to case.
void SortLists(Part& part);

// The children of an object in that order.
void OrderMembers(Part& object, std::span<const std::string_view> order);

}  // namespace postern::policy
