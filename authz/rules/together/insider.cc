#include "authz/rules/together/insider.h"

#include <string>

#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/principals.h"
#include "policy/rules/texts.h"

namespace postern::authz {
namespace {

// The first account that the policy lets in by name; "" if there is none.
std::string_view AccountIn(const policy::PolicyDocument& document) {
  for (const policy::Statement& statement : document.statements()) {
    if (statement.effect != policy::Effect::kAllow || !statement.principal) continue;
    for (const policy::PrincipalEntry& entry : statement.principal->entries) {
      const auto who = policy::ParsePrincipal(entry.type, entry.value->text);
      if (policy::IsAccountId(who.account)) return who.account;
    }
  }
  return FirstValue(document, "aws:PrincipalAccount");
}

}  // namespace

std::string_view FirstValue(const policy::PolicyDocument& document, std::string_view key) {
  for (const policy::Statement& statement : document.statements()) {
    for (const policy::Condition& condition : statement.conditions) {
      if (!policy::EqualsIgnoreAsciiCase(condition.key_node->key, key)) continue;
      for (const policy::Node* value : condition.values) {
        if (!policy::HasWildcard(value->text) && !policy::IsUnfinished(value->text)) {
          return value->text;
        }
      }
    }
  }
  return {};
}

Role InsiderOf(const RunContext& context, std::size_t policy) {
  const policy::LintFacts& facts = *context.policy(policy).facts;
  const policy::PolicyDocument& document = context.document(policy);
  std::string_view account =
      facts.accounts.empty() ? AccountIn(document) : std::string_view(facts.accounts.front());
  if (!policy::IsAccountId(account)) account = "111122223333";
  Role role;
  role.arn = "arn:aws:iam::" + std::string(account) + ":role/app";
  role.organization = facts.organizations.empty()
                          ? std::string(FirstValue(document, "aws:PrincipalOrgID"))
                          : facts.organizations.front();
  return role;
}

}  // namespace postern::authz
