// Who may assume the role.
#include <algorithm>
#include <string>
#include <string_view>

#include "policy/language/principals.h"
#include "policy/quote.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"
#include "policy/rules/trust/checks.h"

namespace postern::policy {
namespace {

// Keys by which a trust policy can tell its own callers from everybody else's.
constexpr std::string_view kCallerKeys[] = {"aws:PrincipalAccount",
                                            "aws:PrincipalArn",
                                            "aws:PrincipalOrgID",
                                            "aws:PrincipalOrgPaths",
                                            "aws:PrincipalServiceName",
                                            "aws:PrincipalServiceNamesList",
                                            "aws:SourceAccount",
                                            "aws:SourceArn",
                                            "aws:SourceIp",
                                            "aws:SourceOrgID",
                                            "aws:SourceOrgPaths",
                                            "aws:SourceVpc",
                                            "aws:SourceVpcArn",
                                            "aws:SourceVpce",
                                            "aws:userid",
                                            "aws:VpceAccount",
                                            "aws:VpceOrgID",
                                            "aws:VpceOrgPaths",
                                            "aws:FederatedProvider",
                                            "sts:ExternalId"};

constexpr std::string_view kOutsiderKeys[] = {"sts:ExternalId", "aws:PrincipalOrgID",
                                              "aws:PrincipalOrgPaths"};

constexpr std::string_view kSourceKeys[] = {"aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID",
                                            "aws:SourceOrgPaths"};

constexpr std::string_view kEndpointKeys[] = {"aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce",
                                              "aws:VpcSourceIp"};

bool Needs(const Statement& statement, std::span<const std::string_view> keys) {
  return std::ranges::any_of(statement.conditions, [keys](const Condition& condition) {
    return IsOneOf(condition.key_node->key, keys) && NeedsKey(condition);
  });
}

}  // namespace

void CheckTrustPrincipalStar(LintContext& context) {
  if (context.kind() != PolicyKind::kTrust) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !IsForEveryone(statement)) continue;
    if (!CoversAction(statement, "sts:AssumeRole") || Needs(statement, kCallerKeys)) continue;
    context.ReportKey("TR103", *statement.principal->node,
                      "any principal of any AWS account may assume this role",
                      "name the accounts or roles, or add a condition on aws:PrincipalOrgID");
  }
}

void CheckExternalAccountNoExternalId(LintContext& context) {
  const auto& own = context.facts().accounts;
  if (context.kind() != PolicyKind::kTrust || own.empty()) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !statement.principal || statement.principal->negated) continue;
    if (!CoversAction(statement, "sts:AssumeRole") || Needs(statement, kOutsiderKeys)) continue;
    for (const PrincipalEntry& entry : statement.principal->entries) {
      const std::string_view account = ParsePrincipal(entry.type, entry.value->text).account;
      if (account.empty() || entry.type != PrincipalType::kAws) continue;
      if (std::ranges::find(own, account) != own.end()) continue;
      context.Report("TR113", *entry.value,
                     "account " + Quote(account) +
                         " is not yours, and may assume this role without an external id",
                     "add StringEquals on sts:ExternalId with an id that only you and it know, or "
                     "aws:PrincipalOrgID for an account of your organization");
    }
  }
}

void CheckFlowLogsTrust(LintContext& context) {
  if (context.kind() != PolicyKind::kTrust) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !statement.principal || statement.principal->negated) continue;
    if (FindCondition(statement, kSourceKeys) != nullptr) continue;
    for (const PrincipalEntry& entry : statement.principal->entries) {
      if (entry.type != PrincipalType::kService ||
          entry.value->text != "vpc-flow-logs.amazonaws.com") {
        continue;
      }
      context.Report("TR114", *entry.value, "flow logs of any account may be sent with this role",
                     "add StringEquals on aws:SourceAccount with your account, and ArnLike on "
                     "aws:SourceArn with `arn:aws:ec2:REGION:ACCOUNT:vpc-flow-log/*`");
    }
  }
}

void CheckTrustNetworkKeys(LintContext& context) {
  if (context.kind() != PolicyKind::kTrust) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement) || !statement.principal || statement.principal->negated) continue;
    const auto& entries = statement.principal->entries;
    if (statement.principal->everyone || entries.empty() ||
        !std::ranges::all_of(entries, [](const PrincipalEntry& entry) {
          return entry.type == PrincipalType::kService;
        })) {
      continue;
    }
    const auto found = std::ranges::find_if(statement.conditions, [](const Condition& condition) {
      return IsOneOf(condition.key_node->key, kEndpointKeys) && NeedsKey(condition);
    });
    if (found == statement.conditions.end()) continue;
    context.ReportKey("TR115", *found->key_node,
                      "an AWS service does not come through your endpoint: its calls carry no " +
                          Quote(found->key_node->key) + ", so that it cannot assume the role",
                      "use aws:SourceAccount or aws:SourceArn");
  }
}

}  // namespace postern::policy
