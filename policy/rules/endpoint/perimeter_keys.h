// What the rules about the perimeter share: keys that say whose the caller or the resource is, and
// the shapes that policies limit them in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "policy/rule.h"
#include "policy/rules/texts.h"

namespace postern::policy {

enum class PerimeterSide : std::uint8_t { kNone, kIdentity, kResource };

// aws:PrincipalOrgID, aws:PrincipalAccount, aws:ResourceOrgPaths and their like.
PerimeterSide PerimeterSideOf(std::string_view key);
// Of these, the ones that a caller or a resource outside any organization has not.
bool IsOrganizationKey(std::string_view key);
// "o-a1b2c3d4e5" of "o-a1b2c3d4e5/r-ab12/": the organization that a value of such a key names.
std::string_view OrganizationIn(std::string_view value);

// The condition holds only where the key is there and is like one of the values.
bool Restricts(const Condition& condition);
// The statement has a condition that restricts that side.
bool RestrictsSide(const Statement& statement, PerimeterSide side);

bool IsEveryone(const Statement& statement);
// Action or Resource without exceptions: `*` is among its patterns.
bool HasStar(const std::optional<PatternSet>& set);
// Nothing limits the policy: an Allow of everything, or of `service:*`, for everyone, and no Deny.
// The statement that says so, or null.
const Statement* FindFullAccess(const PolicyDocument& document);

// The one service that all the policy's actions are of, in lower case, where none is `*` and none
// is unfinished; else "".
std::string OnlyServiceOf(const PolicyDocument& document);
// The same, `*` apart: an endpoint carries one service, so `*` stands for all of that one.
std::string ServiceNamedIn(const PolicyDocument& document);

// "eu-west-1", "us-gov-east-1": text of that form.
bool IsRegion(std::string_view text);

// Visits each condition of each statement that can be spoken about.
template <typename Visit>
void ForEachEndpointCondition(const LintContext& context, Visit visit) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement)) continue;
    for (const Condition& condition : statement.conditions) {
      if (condition.op) visit(statement, condition);
    }
  }
}

}  // namespace postern::policy
