// Lists that are long to keep.
#include <algorithm>
#include <string>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/rules/style/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {

void CheckLongList(LintContext& context) {
  constexpr std::size_t kLong = 25;
  for (const Statement& statement : context.document().statements()) {
    if (!statement.actions || statement.actions->patterns.size() <= kLong) continue;
    context.ReportKey(
        "SU109", *statement.actions->node,
        std::to_string(statement.actions->patterns.size()) + " actions in one statement",
        "patterns such as `s3:Get*` are shorter; look at what else they match");
  }
}

void CheckListedAccounts(LintContext& context) {
  constexpr std::size_t kMany = 3;
  for (const Statement& statement : context.document().statements()) {
    for (const Condition& condition : statement.conditions) {
      if (!condition.op) continue;
      if (!EqualsIgnoreAsciiCase(condition.key_node->key, "aws:PrincipalAccount")) continue;
      const auto accounts = static_cast<std::size_t>(std::ranges::count_if(
          condition.values, [](const Node* value) { return IsAccountId(value->text); }));
      if (accounts < kMany) continue;
      context.ReportKey("SU110", *condition.key_node,
                        std::to_string(accounts) + " accounts are listed one by one",
                        "if they are an organization or a unit of one, ask for aws:PrincipalOrgID "
                        "or aws:PrincipalOrgPaths");
    }
  }
}

}  // namespace postern::policy
