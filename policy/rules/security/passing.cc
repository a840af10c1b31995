// Roles handed to services.
#include <algorithm>
#include <string>
#include <string_view>

#include "policy/language/arn.h"
#include "policy/rules/security/checks.h"
#include "policy/rules/security/grants.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

constexpr std::string_view kPassKeys[] = {"iam:PassedToService", "iam:AssociatedResourceArn",
                                          "iam:ResourceTag/"};
constexpr std::string_view kLinkedKeys[] = {"iam:AWSServiceName"};

// Linked roles have a path of their own, which tells no service by itself.
bool IsOnEveryLinkedRole(const Statement& statement) {
  if (IsOnEveryRole(statement)) return true;
  if (!statement.resources || statement.resources->negated) return false;
  return std::ranges::any_of(statement.resources->patterns, [](const Node* pattern) {
    const Arn arn = SplitArn(pattern->text);
    return arn.valid() && arn.resource() == "role/aws-service-role/*";
  });
}

// The place to report at, or null where the statement does not allow the action on any role.
const Node* OpenGrant(const Statement& statement, std::string_view action,
                      std::span<const std::string_view> keys, bool (*every)(const Statement&)) {
  if (!IsSoundAllow(statement) || IsAdminStar(statement) || !CoversAction(statement, action)) {
    return nullptr;
  }
  if (!statement.resources || FindCondition(statement, keys) != nullptr) return nullptr;
  return statement.resources->negated || every(statement) ? statement.resources->node : nullptr;
}

}  // namespace

void CheckPassRoleOpen(LintContext& context) {
  if (!IsIdentity(context.kind())) return;
  for (const Statement& statement : context.document().statements()) {
    const Node* const place = OpenGrant(statement, "iam:PassRole", kPassKeys, IsOnEveryRole);
    if (place == nullptr) continue;
    context.Report("SE104", *place, "any role can be passed to any service, and used through it",
                   "list the ARNs of the roles, and add StringEquals on iam:PassedToService");
  }
}

void CheckCreateLinkedRoleOpen(LintContext& context) {
  if (!IsIdentity(context.kind())) return;
  for (const Statement& statement : context.document().statements()) {
    const Node* const place =
        OpenGrant(statement, "iam:CreateServiceLinkedRole", kLinkedKeys, IsOnEveryLinkedRole);
    if (place == nullptr) continue;
    context.Report("SE105", *place, "service-linked roles for any service can be created",
                   "add StringEquals on iam:AWSServiceName");
  }
}

}  // namespace postern::policy
