// What the actions of a policy name, by the catalogue.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/document.h"

namespace postern::policy {

// "s3:Get*" in two.
struct ActionText {
  std::string_view service;
  std::string_view name;
};

// Absent for `*`, for text that may stand for anything, and where the form is wrong (AC504).
std::optional<ActionText> SplitAction(std::string_view text);

// The actions that it names; none where the service has a wildcard or is not in the catalogue.
std::vector<Action> ActionsMatching(const Catalogue& catalogue, const ActionText& action);

// The name among the actions of its service that was probably meant; "" if none is near.
std::string_view ClosestAction(const Catalogue& catalogue, const ActionText& action);

template <typename Visit>
void ForEachAction(const PolicyDocument& document, Visit visit) {
  for (const Statement& statement : document.statements()) {
    if (!statement.actions) continue;
    for (const Node* action : statement.actions->patterns) visit(statement, *action);
  }
}

}  // namespace postern::policy
