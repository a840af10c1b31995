// Repairs that several rules offer.
#pragma once

#include <string>
#include <string_view>

#include "policy/diagnostic.h"
#include "policy/source.h"
#include "policy/tree.h"

namespace postern::policy {

// Takes `element` out of `list`, with the comma that belongs to it. `list` must hold another one.
Fix RemoveElement(bool safe, std::string title, const Node& list, const Node& element);

// Gives a member another name; offers nothing where the name is not written plainly in quotes.
void OfferRename(Diagnostic& finding, const Source& source, const Node& member,
                 std::string_view name);

}  // namespace postern::policy
