// What an identity policy gives away whole.
#include "policy/rules/security/grants.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/quote.h"
#include "policy/rules/security/checks.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

bool IsServiceStar(std::string_view pattern) {
  return !ServiceOf(pattern).empty() && pattern.ends_with(":*");
}

}  // namespace

bool IsAdminStar(const Statement& statement) {
  return IsSoundAllow(statement) && statement.conditions.empty() && OnEveryAction(statement) &&
         OnEveryResource(statement);
}

bool IsOnEveryRole(const Statement& statement) {
  if (!statement.resources || statement.resources->negated) return false;
  return std::ranges::any_of(statement.resources->patterns, [](const Node* pattern) {
    const Arn arn = SplitArn(pattern->text);
    return pattern->text == "*" ||
           (arn.valid() && (arn.resource() == "role/*" || arn.resource() == "*"));
  });
}

void CheckAdminStar(LintContext& context) {
  if (!IsIdentity(context.kind())) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsAdminStar(statement)) continue;
    context.Report("SE101", *statement.node,
                   "this allows every action on every resource of the account",
                   "list the actions and resources that are needed");
  }
}

void CheckServiceStar(LintContext& context) {
  if (!IsIdentity(context.kind())) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !statement.conditions.empty() || !statement.actions ||
        statement.actions->negated || OnEveryAction(statement) || !OnEveryResource(statement)) {
      continue;
    }
    for (const Node* pattern : statement.actions->patterns) {
      if (!IsServiceStar(pattern->text) || IsUnfinished(pattern->text)) continue;
      context.Report(
          "SE102", *pattern,
          "this allows every action of " + Quote(ServiceOf(pattern->text)) + " on every resource",
          "list the actions and resources that are needed");
    }
  }
}

void CheckAssumeAnyRole(LintContext& context) {
  if (!IsIdentity(context.kind())) return;
  constexpr std::string_view kActions[] = {"sts:AssumeRole"};
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !statement.conditions.empty() || OnEveryAction(statement)) {
      continue;
    }
    const Node* const action = FindActionPattern(statement, kActions);
    if (action == nullptr || !IsOnEveryRole(statement)) continue;
    context.Report("SE111", *statement.resources->node,
                   "every role whose trust policy lets this account in can be assumed",
                   "list the ARNs of the roles");
  }
}

}  // namespace postern::policy
