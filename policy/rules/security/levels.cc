// Actions on Resource `*` that could be limited to some resources.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/quote.h"
#include "policy/rules/security/checks.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// What they answer with is a credential, or makes one.
constexpr std::string_view kCredentialActions[] = {
    "cognito-identity:GetCredentialsForIdentity",
    "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
    "lightsail:GetInstanceAccessDetails",
    "lightsail:GetRelationalDatabaseMasterUserPassword",
    "rds-db:connect",
    "redshift:GetClusterCredentials",
    "redshift-serverless:GetCredentials",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:GetFederationToken"};

// What they answer with is the data itself.
constexpr std::string_view kDataActions[] = {"dynamodb:ExportTableToPointInTime",
                                             "dynamodb:Scan",
                                             "rds:CopyDBSnapshot",
                                             "rds:CreateDBSnapshot",
                                             "s3:GetObject",
                                             "secretsmanager:GetSecretValue",
                                             "ssm:GetParameter",
                                             "ssm:GetParameters",
                                             "ssm:GetParametersByPath"};

// Allowed on everything and always; SE101 and SE102 speak about what is allowed whole.
bool IsOpenGrant(const Statement& statement) {
  return IsSoundAllow(statement) && statement.conditions.empty() && OnEveryResource(statement) &&
         statement.actions && !statement.actions->negated && !OnEveryAction(statement);
}

void ReportListed(LintContext& context, std::string_view code,
                  std::span<const std::string_view> actions, std::string_view what) {
  if (!IsIdentity(context.kind())) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsOpenGrant(statement)) continue;
    const Node* const action = FindActionPattern(statement, actions);
    if (action == nullptr) continue;
    context.Report(code, *action, Quote(action->text) + std::string(what),
                   "list the resources in Resource");
  }
}

// The actions of the statement, written out, of these levels and with resource types.
std::vector<Action> LimitableActions(const LintContext& context, const Statement& statement,
                                     std::span<const AccessLevel> levels) {
  std::vector<Action> found;
  for (const Node* pattern : statement.actions->patterns) {
    const std::string_view service = ServiceOf(pattern->text);
    if (service.empty() || HasWildcard(pattern->text)) continue;
    const auto action =
        context.catalogue().FindAction(service, pattern->text.substr(service.size() + 1));
    if (!action || std::ranges::find(levels, action->level) == levels.end()) continue;
    if (!context.catalogue().ResourceTypesOf(*action).empty()) found.push_back(*action);
  }
  return found;
}

void ReportLevels(LintContext& context, std::string_view code, std::string_view what,
                  std::span<const AccessLevel> levels) {
  if (!IsIdentity(context.kind())) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsOpenGrant(statement)) continue;
    const std::vector<Action> actions = LimitableActions(context, statement, levels);
    if (actions.empty()) continue;
    const Action& first = actions.front();
    const std::string name = std::string(first.service) + ":" + std::string(first.name);
    const std::string type(context.catalogue().ResourceTypesOf(first).front().name);
    context.Report(
        code, *statement.resources->node,
        std::string(what) + name +
            (actions.size() == 1 ? std::string()
                                 : " and " + std::to_string(actions.size() - 1) + " more"),
        "list resources: " + name + " takes those of type " + Quote(type));
  }
}

}  // namespace

void CheckStarResource(LintContext& context) {
  constexpr AccessLevel kLevels[] = {AccessLevel::kList, AccessLevel::kRead, AccessLevel::kTagging};
  ReportLevels(context, "SE103", "this could be limited to some resources: ", kLevels);
}

void CheckCredentialsExposure(LintContext& context) {
  ReportListed(context, "SE107", kCredentialActions, " gives out credentials, here of anything");
}

void CheckDataExfiltration(LintContext& context) {
  ReportListed(context, "SE108", kDataActions, " reads data, here of any resource");
}

void CheckPermissionsManagement(LintContext& context) {
  constexpr AccessLevel kLevels[] = {AccessLevel::kPermissionsManagement};
  ReportLevels(context, "SE109", "this changes who may do what on every resource: ", kLevels);
}

void CheckWriteUnconstrained(LintContext& context) {
  constexpr AccessLevel kLevels[] = {AccessLevel::kWrite};
  ReportLevels(context, "SE110", "this writes to every resource: ", kLevels);
}

}  // namespace postern::policy
