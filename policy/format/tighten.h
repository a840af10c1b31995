// A policy in fewer characters, with the same meaning.
#pragma once

#include <cstdint>
#include <vector>

#include "policy/document.h"
#include "policy/format/part.h"

namespace postern::policy {

struct TightenOptions {
  bool keep_sids = false;
};

struct Tightened {
  Part root;
  // For each statement of it the index of the first one in the document that went into it.
  std::vector<std::uint32_t> origins;
};

// Decides every request as `document` does (S12.7):
//   statements that are equal but for one list, whose items are alternatives, become one;
//   items that another item of the same list covers are left out;
//   a list of one item becomes the item, {"AWS": "*"} becomes "*" (S2.1);
//   Sids are left out, unless something is managed by them (queue, topic, function: S1.6).
// The order of statements, items and members stays that of their first mention, or of the grammar.
// Tightening the result changes nothing. Statements of topics and queues stay apart: their number
// of resources, actions and principals is limited for each (S1.10).
//
// The document must not have been refused by parse. Refers to its nodes.
Tightened Tighten(const PolicyDocument& document, TightenOptions options = {});

}  // namespace postern::policy
