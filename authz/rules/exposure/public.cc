// Resource policies that let outsiders in: each finding has a request of a stranger behind it that
// the engine allows.
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "authz/engine.h"
#include "authz/policy_set.h"
#include "authz/rules/exposure/checks.h"
#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/resource_arns.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::authz {
namespace {

using policy::Condition;
using policy::Effect;
using policy::LintContext;
using policy::Node;
using policy::PolicyKind;
using policy::Statement;

// Whoever sends a request writes these as they like.
constexpr std::string_view kCallerChosenKeys[] = {"aws:Referer", "aws:UserAgent", "s3:delimiter",
                                                  "s3:max-keys", "s3:prefix", "s3:x-amz-acl",
                                                  "s3:x-amz-server-side-encryption",
                                                  // Of any account's requests, too.
                                                  "kms:ViaService", "sns:Protocol"};

constexpr std::string_view kPrincipalArn[] = {"aws:PrincipalArn"};

// The first that a statement allows is asked; each can be asked by somebody who has nothing else.
constexpr std::string_view kAskedActions[] = {"s3:GetObject",
                                              "s3:ListBucket",
                                              "s3:PutObject",
                                              "s3:DeleteObject",
                                              "sqs:SendMessage",
                                              "sqs:ReceiveMessage",
                                              "sns:Publish",
                                              "sns:Subscribe",
                                              "kms:Decrypt",
                                              "kms:Encrypt",
                                              "secretsmanager:GetSecretValue",
                                              "lambda:InvokeFunction",
                                              "ecr:BatchGetImage",
                                              "execute-api:Invoke",
                                              "es:ESHttpGet",
                                              "events:PutEvents"};

// Statements for everybody that are asked; no policy of AWS's size has more.
constexpr std::size_t kMostAsked = 200;

// AWS Backup refuses other accounts whatever the vault's policy says, but for this action (AWS
// Backup guide, "Vault access policies").
bool IsKeptInTheAccount(std::string_view action) {
  return policy::ServiceOf(action) == "backup" && action != "backup:CopyIntoBackupVault";
}

// Requests without a signature are answered, too.
bool TakesUnsigned(PolicyKind kind) {
  return policy::IsS3Resource(kind) || kind == PolicyKind::kQueue || kind == PolicyKind::kTopic;
}

// Some text that the pattern matches.
std::string Instance(std::string_view pattern) {
  std::string text(pattern);
  std::ranges::replace(text, '*', 'x');
  std::ranges::replace(text, '?', 'x');
  return text;
}

bool IsClosed(std::string_view text) { return !policy::IsUnfinished(text); }

bool IsAboutObjects(const policy::Catalogue& catalogue, std::string_view action) {
  const std::string_view service = policy::ServiceOf(action);
  const auto found = catalogue.FindAction(service, action.substr(service.size() + 1));
  if (!found) return false;
  const auto types = catalogue.ResourceTypesOf(*found);
  return std::ranges::any_of(types, [](const auto& type) { return type.name == "object"; });
}

// What a stranger asks for.
struct Question {
  std::string_view action;
  std::string resource;
  bool named = true;  // by the policy; else it is the one that the policy is attached to
};

// Stands for the resource of the policy where the policy names none.
struct Stand {
  std::string_view service;
  std::string_view arn;
};
constexpr Stand kStands[] = {
    {"kms", "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"},
    {"secretsmanager", "arn:aws:secretsmanager:us-east-1:111122223333:secret:any-AbCdEf"},
    {"sns", "arn:aws:sns:us-east-1:111122223333:any"},
    {"sqs", "arn:aws:sqs:us-east-1:111122223333:any"}};

// The action on an ARN that the statement is about; for Resource `*` on one that another statement
// names, so that a Deny of that one counts.
std::optional<Question> QuestionFor(const LintContext& context, const Statement& statement,
                                    std::string_view action) {
  const std::string_view service = policy::ServiceOf(action);
  const bool object = IsAboutObjects(context.catalogue(), action);
  const auto first_of = [&](const Statement& each) -> std::optional<Question> {
    if (!each.resources || each.resources->negated) return std::nullopt;
    for (const Node* pattern : each.resources->patterns) {
      const policy::Arn arn = policy::SplitArn(pattern->text);
      if (!arn.valid() || !IsClosed(pattern->text)) continue;
      if (!policy::EqualsIgnoreAsciiCase(arn.service(), service)) continue;
      if (service == "s3" && (arn.resource().find('/') != arn.resource().npos) != object) continue;
      return Question{action, Instance(pattern->text)};
    }
    return std::nullopt;
  };
  if (auto own = first_of(statement)) return own;
  if (statement.resources && !policy::OnEveryResource(statement)) return std::nullopt;
  for (const Statement& other : context.document().statements()) {
    if (auto named = first_of(other)) return named;
  }
  const auto* const stand = std::ranges::find(kStands, service, &Stand::service);
  if (stand == std::end(kStands)) return std::nullopt;
  return Question{action, std::string(stand->arn), false};
}

// A usual action, or one that is written out, on a resource of the same service.
std::optional<Question> QuestionFor(const LintContext& context, const Statement& statement) {
  for (const std::string_view action : kAskedActions) {
    if (!policy::CoversAction(statement, action)) continue;
    if (auto question = QuestionFor(context, statement, action)) return question;
  }
  if (!statement.actions || statement.actions->negated) return std::nullopt;
  for (const Node* pattern : statement.actions->patterns) {
    const std::string_view action = pattern->text;
    if (policy::HasWildcard(action) || !IsClosed(action) || policy::ServiceOf(action).empty()) {
      continue;
    }
    if (auto question = QuestionFor(context, statement, action)) return question;
  }
  return std::nullopt;
}

// Who asks, and what they can make up.
struct Stranger {
  bool is_signed = false;
  bool chooses_values = false;
};

// An account that the policy does not speak of.
std::string ForeignAccount(const policy::PolicyDocument& document) {
  constexpr std::string_view kAccounts[] = {"999988887777", "888877779999", "777799998888"};
  const std::string_view text = document.source().text();
  for (const std::string_view account : kAccounts) {
    if (text.find(account) == text.npos) return std::string(account);
  }
  return std::string(kAccounts[0]);
}

std::string ForeignArn(const Statement& statement, const std::string& account) {
  std::string arn = "arn:aws:iam::" + account + ":role/stranger";
  const Condition* const condition = policy::FindCondition(statement, kPrincipalArn);
  if (condition == nullptr) return arn;
  for (const Node* value : condition->values) {
    const policy::Arn pattern = policy::SplitArn(value->text);
    const bool open = pattern.valid() && IsClosed(value->text) &&
                      policy::HasWildcard(pattern.account()) && pattern.service() == "iam";
    if (!open) continue;
    const std::string resource = Instance(pattern.resource());
    if (!resource.starts_with("role/") && !resource.starts_with("user/")) continue;
    std::string sample = "arn:aws:iam::";
    sample.append(account).append(":").append(resource);
    return sample;
  }
  return arn;
}

// The document as a resource policy, compiled once for all its strangers.
class Gate {
 public:
  explicit Gate(const LintContext& context) : account_(ForeignAccount(context.document())) {
    PolicySet policies;
    policies.resource = {Knowledge::kGiven, {DocumentPtr(DocumentPtr{}, &context.document())}};
    compiled_ = Compile(policies, context.catalogue());
  }

  // Whether this statement lets the stranger's request through.
  bool LetsIn(const Statement& statement, const Question& question, Stranger stranger) {
    Request request;
    request.action = question.action;
    request.resource = question.resource;
    request.layers = {Layer::kResource};
    const std::string arn = ForeignArn(statement, account_);
    if (stranger.is_signed) {
      request.principal.kind = RequesterKind::kArn;
      request.principal.arn = arn;
      request.principal.org_id = "o-stranger00";
    } else {
      request.principal.kind = RequesterKind::kAnonymous;
    }
    request.AddContext("aws:SourceIp", "9.8.7.6");
    std::vector<std::string> made_up;
    made_up.reserve(statement.conditions.size());
    if (stranger.chooses_values) AddChosen(statement, request, made_up);
    if (Bind(*compiled_, request, bound_)) return false;
    const Decision decision = Decide(*compiled_, bound_);
    return decision.verdict == Verdict::kAllow &&
           decision.StatementOf(Layer::kResource).statement == statement.index;
  }

 private:
  static void AddChosen(const Statement& statement, Request& request,
                        std::vector<std::string>& made_up) {
    for (const Condition& condition : statement.conditions) {
      const std::string_view key = condition.key_node->key;
      if (!policy::IsOneOf(key, kCallerChosenKeys) || condition.values.empty()) continue;
      if (!condition.op || policy::IsNegated(condition)) continue;
      if (policy::FindCondition(statement, key) != &condition) continue;
      made_up.push_back(Instance(condition.values.front()->text));
      request.AddContext(key, made_up.back());
    }
  }

  std::string account_;
  std::shared_ptr<const CompiledPolicySet> compiled_;
  BoundRequest bound_;
};

enum class Opening : std::uint8_t { kPlain, kHidden, kWeak };

struct Finding {
  Opening opening;
  std::string text;  // who gets in, and to what
};

bool IsWeakCondition(const Condition& condition) {
  return condition.op && (condition.op->if_exists ||
                          condition.op->qualifier == policy::SetQualifier::kForAllValues);
}

// Services that take no policy which is public: DynamoDB guide, "Blocking public access with
// resource-based policies"; S3 guide, "Security considerations and limitations for S3 Tables".
std::string_view RefuserOfPublicPolicies(std::string_view action) {
  constexpr std::pair<std::string_view, std::string_view> kRefusers[] = {{"dynamodb", "DynamoDB"},
                                                                         {"s3tables", "S3 Tables"}};
  const std::string_view service = policy::ServiceOf(action);
  const auto* const found =
      std::ranges::find(kRefusers, service, [](const auto& row) { return row.first; });
  return found == std::end(kRefusers) ? std::string_view() : found->second;
}

// RS609 says so: no resource has such an ARN.
bool LacksRegion(const LintContext& context, std::string_view resource) {
  const policy::Arn arn = policy::SplitArn(resource);
  return arn.valid() && arn.region().empty() &&
         policy::UseOfField(context.catalogue(), arn, policy::ArnField::kRegion) ==
             policy::FieldUse::kAlways;
}

std::optional<Finding> FindOpening(const LintContext& context, Gate& gate,
                                   const Statement& statement) {
  const auto question = QuestionFor(context, statement);
  if (!question || IsKeptInTheAccount(question->action) ||
      (question->named && LacksRegion(context, question->resource))) {
    return std::nullopt;
  }
  const bool unsigned_too = TakesUnsigned(context.kind());
  std::string what = "call " + std::string(question->action);
  if (question->named) {
    what += " on " + policy::Quote(question->resource);
  } else if (context.kind() == PolicyKind::kResource && policy::OnEveryAction(statement)) {
    what = "do anything with the resource";  // of which nothing is known
  }
  if (gate.LetsIn(statement, *question, {!unsigned_too, false})) {
    const Opening opening = statement.conditions.empty() ? Opening::kPlain
                            : std::ranges::any_of(statement.conditions, IsWeakCondition)
                                ? Opening::kWeak
                                : Opening::kHidden;
    const std::string_view refuser = RefuserOfPublicPolicies(question->action);
    if (!refuser.empty()) {
      return Finding{opening, std::string(refuser) + " refuses a policy that lets anybody " + what};
    }
    return Finding{opening, unsigned_too ? "anybody may " + what + ", without a signature"
                                         : "anybody with an AWS account may " + what};
  }
  if (unsigned_too && gate.LetsIn(statement, *question, {false, true})) {
    return Finding{Opening::kWeak, "anybody may " + what + " with a value of their choice"};
  }
  if (gate.LetsIn(statement, *question, {true, true})) {
    return Finding{Opening::kWeak, "a role of another account may " + what};
  }
  return std::nullopt;
}

void ReportOpenings(LintContext& context, std::string_view code, Opening wanted,
                    std::string_view before, std::string_view help) {
  const PolicyKind kind = context.kind();
  if (!policy::IsResourceBased(kind) || kind == PolicyKind::kTrust) return;
  Gate gate(context);
  std::size_t asked = 0;
  for (const Statement& statement : context.document().statements()) {
    if (!policy::IsSoundAllow(statement) || !policy::IsForEveryone(statement)) continue;
    if (++asked > kMostAsked) return;
    const auto finding = FindOpening(context, gate, statement);
    if (!finding || finding->opening != wanted) continue;
    context.ReportKey(code, *statement.principal->node, std::string(before) + finding->text,
                      std::string(help));
  }
}

}  // namespace

void CheckPublicPrincipal(LintContext& context) {
  ReportOpenings(context, "SE114", Opening::kPlain, "",
                 "name the principals, or add a condition on aws:PrincipalOrgID");
}

void CheckWeakPublicFix(LintContext& context) {
  ReportOpenings(context, "SE115", Opening::kWeak, "the condition does not close this statement: ",
                 "ask for aws:PrincipalOrgID or aws:PrincipalAccount, without IfExists");
}

void CheckHiddenPublic(LintContext& context) {
  ReportOpenings(context, "LO910", Opening::kHidden, "the condition keeps no stranger out: ",
                 "ask for aws:PrincipalOrgID or aws:PrincipalAccount as well");
}

}  // namespace postern::authz
