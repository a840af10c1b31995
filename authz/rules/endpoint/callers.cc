// Callers that a perimeter of principal keys shuts out, though they belong there.
#include <algorithm>
#include <string>

#include "authz/rules/endpoint/ask.h"
#include "authz/rules/endpoint/checks.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::authz {

using policy::LintContext;
using policy::PerimeterSide;
using policy::Quote;
using policy::Statement;

namespace {

// The condition on the caller's organization or account that the statement has, or null.
const policy::Condition* IdentityLimit(const Statement& statement) {
  for (const policy::Condition& condition : statement.conditions) {
    if (policy::Restricts(condition) &&
        policy::PerimeterSideOf(condition.key_node->key) == PerimeterSide::kIdentity) {
      return &condition;
    }
  }
  return nullptr;
}

// Where `asked` lets an insider through by a statement with a limit on identities, and the same
// request of `caller` is refused: that limit. Else null.
const policy::Condition* LimitThatShutsOut(const EndpointQuestions& ask, Question question,
                                           Caller caller) {
  question.caller = Caller::kInsider;
  const auto answer = ask.Ask(question);
  if (!answer || answer->verdict != Verdict::kAllow) return nullptr;
  const Statement* const through = answer->statement;
  if (through == nullptr) return nullptr;
  const policy::Condition* const limit = IdentityLimit(*through);
  question.caller = caller;
  return limit != nullptr && ask.Refuses(question) ? limit : nullptr;
}

}  // namespace

void CheckServicePrincipalPath(LintContext& context) {
  const EndpointQuestions& ask = QuestionsOf(context);
  // Services come with what they read and write for you, which is in S3.
  if (!ask.answerable() || ask.service() != "s3") return;
  for (const Statement& statement : context.document().statements()) {
    if (statement.effect != policy::Effect::kAllow || !policy::HasStar(statement.resources) ||
        IdentityLimit(statement) == nullptr) {
      continue;
    }
    const auto sample = SampleOf(ask, context.catalogue(), statement);
    if (!sample) continue;
    const std::string resource = ask.Fill(sample->resource, true);
    Question question;
    question.action = sample->action;
    question.resource = resource;
    question.resource_is_own = true;
    const policy::Condition* const limit = LimitThatShutsOut(ask, question, Caller::kService);
    if (limit == nullptr) continue;
    context.ReportKey("EP413", *limit->key_node,
                      "AWS services that work in your VPC, and URLs that they presign, are "
                      "refused: `cloudformation.amazonaws.com` may not call " +
                          sample->action + " on " + Quote(resource),
                      "allow Bool aws:PrincipalIsAWSService `true` in a statement of its own");
    return;
  }
}

void CheckFederationThroughSts(LintContext& context) {
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!ask.answerable() || ask.service() != "sts") return;
  const std::string role = ask.Fill("arn:{P}:iam::{A}:role/pod", true);
  Question question;
  question.action = "sts:AssumeRoleWithWebIdentity";
  question.resource = role;
  question.resource_is_own = true;
  const policy::Condition* const limit = LimitThatShutsOut(ask, question, Caller::kFederated);
  if (limit == nullptr) return;
  context.ReportKey("EP701", *limit->key_node,
                    "sign-in with a web identity is not signed and carries no " +
                        Quote(limit->key_node->key) + ": pods and federated users are refused",
                    "allow sts:AssumeRoleWithWebIdentity and sts:AssumeRoleWithSAML in a statement "
                    "of their own, limited by aws:ResourceOrgID");
}

void CheckAnonymousApiCalls(LintContext& context) {
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!ask.answerable() || ask.service() != "execute-api") return;
  for (const Statement& statement : context.document().statements()) {
    if (statement.effect != policy::Effect::kAllow || IdentityLimit(statement) == nullptr) continue;
    const auto sample = SampleOf(ask, context.catalogue(), statement);
    // The other actions are always signed.
    if (!sample || !policy::EqualsIgnoreAsciiCase(sample->action, "execute-api:Invoke")) continue;
    const std::string resource = ask.Fill(sample->resource, true);
    Question question;
    question.action = sample->action;
    question.resource = resource;
    question.resource_is_own = true;
    const policy::Condition* const limit = LimitThatShutsOut(ask, question, Caller::kAnonymous);
    if (limit == nullptr) continue;
    context.ReportKey("EP702", *limit->key_node,
                      "callers of an API who do not sign with AWS credentials, with a bearer token "
                      "or none, are refused: they carry no " +
                          Quote(limit->key_node->key),
                      "where the API does not use IAM authorization, limit by its ARN or by "
                      "aws:ResourceOrgID instead");
    return;
  }
}

}  // namespace postern::authz
