// Which item of a list another item of the same list makes superfluous.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/document.h"
#include "policy/language/values.h"

namespace postern::policy {

// What the items of a list are.
enum class ListKind : std::uint8_t { kActions, kResources, kPrincipals, kValues };

// One list of a statement: an element's, those of one type of principal, the values of one key.
struct StatementList {
  ListKind kind = ListKind::kActions;
  bool negated = false;                  // of NotAction, NotPrincipal, NotResource
  const Node* member = nullptr;          // that holds the list, or its only item
  const Condition* condition = nullptr;  // of values
  std::vector<const Node*> items;        // scalars
};

// The text of an item as it counts: actions without regard to case.
std::string ItemText(const StatementList& list, const Node& item);

// The list without items that say nothing more than another one does, whoever asks and whatever the
// assumptions of S10: patterns within patterns, address blocks within blocks, repetitions. The
// order is kept. Bounded: a very long list may keep some.
std::vector<const Node*> WithoutSuperfluous(const StatementList& list, LanguageVersion version);

}  // namespace postern::policy
