// Actions about no resource in particular: only Resource `*` lets them through.
#include <algorithm>
#include <array>
#include <string>

#include "authz/match/action_index.h"
#include "authz/rules/endpoint/checks.h"
#include "authz/rules/probe.h"
#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/perimeter_keys.h"
#include "policy/rules/statements.h"

namespace postern::authz {

using policy::LintContext;
using policy::Node;
using policy::Quote;
using policy::Statement;

namespace {

// The ones that people list beside ARNs, and what then fails.
struct AccountAction {
  std::string_view action;
  std::string_view fails;
};

constexpr std::array<AccountAction, 15> kAccountActions = {{
    {"ecr:GetAuthorizationToken", "`docker login` to Amazon ECR"},
    {"kms:CreateKey", "creating keys"},
    {"kms:GenerateRandom", "fetching random bytes"},
    {"kms:ListAliases", "listing aliases"},
    {"kms:ListKeys", "listing keys"},
    {"secretsmanager:BatchGetSecretValue", "fetching several secrets at once"},
    {"secretsmanager:GetRandomPassword", "fetching a random password"},
    {"secretsmanager:ListSecrets", "listing secrets"},
    {"sqs:ListQueues", "listing queues"},
    {"ssm:DescribeInstanceInformation", "listing managed instances"},
    {"ssm:DescribeParameters", "listing parameters"},
    {"sts:DecodeAuthorizationMessage", "decoding an authorization message"},
    {"sts:GetCallerIdentity", "asking who the caller is"},
    {"sts:GetSessionToken", "fetching a session token"},
    {"dynamodb:ListTables", "listing tables"},
}};

bool HasNoResourceType(const policy::Catalogue& catalogue, std::string_view action) {
  const std::size_t colon = action.find(':');
  const auto found = catalogue.FindAction(action.substr(0, colon), action.substr(colon + 1));
  return found && catalogue.ResourceTypesOf(*found).empty();
}

// The first node of an Allow that lists an action of which `names(action)` holds, or null.
template <typename Names>
const Node* FirstAllowed(const policy::PolicyDocument& document, Names names) {
  for (const Statement& statement : document.statements()) {
    if (!policy::IsSound(statement) || statement.effect != policy::Effect::kAllow ||
        !statement.actions || statement.actions->negated) {
      continue;
    }
    for (const Node* action : statement.actions->patterns) {
      if (names(action->text)) return action;
    }
  }
  return nullptr;
}

bool IsEcrApi(const LintContext& context) {
  const std::string& service = context.facts().endpoint.service;
  return service == "ecr.api" || service == "ecr.api-fips";
}

}  // namespace

void CheckListTablesUnreachable(LintContext& context) {
  if (context.kind() != policy::PolicyKind::kEndpoint) return;
  const policy::PolicyDocument& document = context.document();
  const std::string& service = context.facts().endpoint.service;
  if (service != "dynamodb" &&
      (!service.empty() || policy::OnlyServiceOf(document) != "dynamodb")) {
    return;
  }
  const Node* const about = FirstAllowed(document, [](std::string_view action) {
    return policy::EqualsIgnoreAsciiCase(action.substr(0, 9), "dynamodb:");
  });
  const Node* const lists = FirstAllowed(document, [](std::string_view action) {
    return policy::EqualsIgnoreAsciiCase(action, "dynamodb:ListTables");
  });
  // Listed by its own name and refused all the same is EP303's.
  if (about == nullptr || lists != nullptr ||
      MayAllow(document, context.catalogue(), "dynamodb:ListTables", "*")) {
    return;
  }
  context.Report("EP302", *about,
                 "`aws dynamodb list-tables` fails through this endpoint: nothing allows "
                 "dynamodb:ListTables on Resource `*`",
                 "where tables are listed, allow it on Resource `*`, narrowed by "
                 "aws:PrincipalOrgID or aws:PrincipalAccount");
}

namespace {

// Whether the other may be for all callers of ours. Service principals do not come through an
// endpoint.
bool SharesCallers(const policy::Statement& ours, const policy::Statement& other) {
  if (policy::IsForEveryone(other) || !other.principal || other.principal->negated) return true;
  const bool for_everyone = policy::IsForEveryone(ours);
  return std::ranges::any_of(other.principal->entries,
                             [for_everyone](const policy::PrincipalEntry& entry) {
                               return entry.type != policy::PrincipalType::kService &&
                                      (!for_everyone || policy::IsUnfinished(entry.value->text));
                             });
}

// Whether another statement may allow the action, on `*`, to who is allowed here.
bool IsAllowedElsewhere(const policy::PolicyDocument& document, const policy::Statement& ours,
                        std::string_view action) {
  return std::ranges::any_of(document.statements(), [&](const policy::Statement& other) {
    return &other != &ours && other.effect == policy::Effect::kAllow &&
           policy::CoversAction(other, action) &&
           (!other.resources || other.resources->negated || policy::HasStar(other.resources)) &&
           SharesCallers(ours, other);
  });
}

}  // namespace

void CheckAccountActionWithArn(LintContext& context) {
  if (context.kind() != policy::PolicyKind::kEndpoint) return;
  for (const Statement& statement : context.document().statements()) {
    if (!policy::IsSound(statement) || statement.effect != policy::Effect::kAllow ||
        !statement.actions || statement.actions->negated || !statement.resources ||
        statement.resources->negated || policy::HasStar(statement.resources)) {
      continue;
    }
    for (const Node* action : statement.actions->patterns) {
      const auto* const row =
          std::ranges::find_if(kAccountActions, [action](const AccountAction& each) {
            return policy::EqualsIgnoreAsciiCase(each.action, action->text);
          });
      if (row == kAccountActions.end() || !HasNoResourceType(context.catalogue(), row->action) ||
          IsAllowedElsewhere(context.document(), statement, row->action)) {
        continue;
      }
      if (IsEcrApi(context) && row->action.starts_with("ecr:")) continue;  // EP705
      auto& finding = context.Report(
          "EP303", *action,
          std::string(row->fails) + " fails through this endpoint: only Resource `*` matches " +
              std::string(row->action),
          "move it to a statement with Resource `*`");
      finding.related.push_back({statement.resources->node->range, "these never match it"});
    }
  }
}

void CheckEcrAuthToken(LintContext& context) {
  if (context.kind() != policy::PolicyKind::kEndpoint || !IsEcrApi(context)) return;
  const policy::PolicyDocument& document = context.document();
  const Node* const pulls = FirstAllowed(document, [](std::string_view action) {
    return ActionPattern::Of(action).Matches("ecr", "batchgetimage");
  });
  // Allowed on `*`, and refused all the same: the resource is not the reason.
  const bool on_star = std::ranges::any_of(document.statements(), [](const Statement& statement) {
    return statement.effect == policy::Effect::kAllow && policy::HasStar(statement.resources);
  });
  if (pulls == nullptr || on_star ||
      MayAllow(document, context.catalogue(), "ecr:GetAuthorizationToken", "*")) {
    return;
  }
  context.Report("EP705", *pulls,
                 "`docker login` fails through this endpoint, and every pull with it: nothing "
                 "allows ecr:GetAuthorizationToken on Resource `*`",
                 "add a statement that allows ecr:GetAuthorizationToken on Resource `*`");
}

}  // namespace postern::authz
