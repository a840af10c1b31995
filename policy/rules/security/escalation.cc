// Sets of actions by which somebody can give themselves any permission of the account.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "policy/rules/security/checks.h"
#include "policy/rules/security/grants.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

struct Path {
  std::array<std::string_view, 3> actions;  // all of them; "" ends the list
};

constexpr Path kPaths[] = {
    {{"iam:CreatePolicyVersion"}},
    {{"iam:SetDefaultPolicyVersion"}},
    {{"iam:AttachUserPolicy"}},
    {{"iam:AttachGroupPolicy"}},
    {{"iam:PutUserPolicy"}},
    {{"iam:PutGroupPolicy"}},
    {{"iam:AddUserToGroup"}},
    {{"iam:CreateAccessKey"}},
    {{"iam:CreateLoginProfile"}},
    {{"iam:UpdateLoginProfile"}},
    {{"iam:AttachRolePolicy", "sts:AssumeRole"}},
    {{"iam:PutRolePolicy", "sts:AssumeRole"}},
    {{"iam:UpdateAssumeRolePolicy", "sts:AssumeRole"}},
    {{"iam:PassRole", "ec2:RunInstances"}},
    {{"iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"}},
    {{"iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"}},
    {{"iam:PassRole", "cloudformation:CreateStack"}},
    {{"iam:PassRole", "glue:CreateDevEndpoint"}},
    {{"iam:PassRole", "glue:CreateJob", "glue:StartJobRun"}},
    {{"iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"}},
    {{"iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"}},
    {{"iam:PassRole", "states:CreateStateMachine", "states:StartExecution"}},
    {{"iam:PassRole", "sagemaker:CreateNotebookInstance",
      "sagemaker:CreatePresignedNotebookInstanceUrl"}},
};

// The statement that allows the action on everything and always, unless a Deny takes it back; null
// if there is none.
const Statement* FindGrant(const PolicyDocument& document, std::string_view action) {
  const Statement* grant = nullptr;
  for (const Statement& statement : document.statements()) {
    if (!IsSound(statement) || !CoversAction(statement, action)) continue;
    if (statement.effect == Effect::kDeny) return nullptr;
    if (grant == nullptr && statement.conditions.empty() && OnEveryResource(statement)) {
      grant = &statement;
    }
  }
  return grant;
}

const Statement* FindPath(const PolicyDocument& document, const Path& path) {
  const Statement* first = nullptr;
  for (const std::string_view action : path.actions) {
    if (action.empty()) break;
    const Statement* const grant = FindGrant(document, action);
    if (grant == nullptr) return nullptr;
    if (first == nullptr) first = grant;
  }
  return first;
}

std::string Names(const Path& path) {
  std::string names;
  for (const std::string_view action : path.actions) {
    if (action.empty()) break;
    if (!names.empty()) names += " with ";
    names += action;
  }
  return names;
}

}  // namespace

void CheckPrivilegeEscalation(LintContext& context) {
  if (!IsIdentity(context.kind())) return;
  const PolicyDocument& document = context.document();
  if (std::ranges::any_of(document.statements(), IsAdminStar)) return;  // SE101
  const Statement* place = nullptr;
  std::string way;
  std::size_t others = 0;
  for (const Path& path : kPaths) {
    const Statement* const found = FindPath(document, path);
    if (found == nullptr) continue;
    if (place == nullptr) {
      place = found;
      way = Names(path);
    } else {
      ++others;
    }
  }
  if (place == nullptr) return;
  context.Report("SE106", *place->actions->node,
                 "whoever has this policy can give themselves more: " + way + " on `*`" +
                     (others == 0 ? std::string()
                                  : ", and " + std::to_string(others) +
                                        (others == 1 ? " more way" : " more ways")),
                 "limit Resource, or set a permissions boundary by condition");
}

}  // namespace postern::policy
