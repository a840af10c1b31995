// Ways out of the perimeter, each shown by a request that gets through.
#include <algorithm>
#include <string>

#include "authz/rules/endpoint/ask.h"
#include "authz/rules/endpoint/checks.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/aws_buckets.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::authz {

using policy::LintContext;
using policy::PerimeterSide;
using policy::Quote;
using policy::Statement;

namespace {

constexpr std::string_view kTag = "aws:PrincipalTag/";

// Full access is EP401's and EP402's to report.
bool IsFull(const LintContext& context) {
  return policy::FindFullAccess(context.document()) != nullptr;
}

bool IsAllow(const Statement& statement) { return statement.effect == policy::Effect::kAllow; }

const policy::Node& PlaceOf(const Statement& statement) {
  return statement.resources ? *statement.resources->node : *statement.actions->node;
}

// What a leak is shown by.
struct Witness {
  const Statement* statement = nullptr;  // that lets it through
  std::string action;
  std::string resource;
  std::string principal;
};

// ---- one statement undoes another (EP406)

struct Bypass {
  const policy::Condition* limit = nullptr;
  Witness witness;
};

const policy::Condition* LimitOn(const Statement& statement, PerimeterSide side) {
  for (const policy::Condition& condition : statement.conditions) {
    if (policy::Restricts(condition) && policy::IsOrganizationKey(condition.key_node->key) &&
        policy::PerimeterSideOf(condition.key_node->key) == side) {
      return &condition;
    }
  }
  return nullptr;
}

// A request that the statement's limit on that side is there to keep out, and that gets through.
Bypass FindBypassOf(const EndpointQuestions& ask, const LintContext& context,
                    const Statement& limited, PerimeterSide side) {
  Bypass bypass;
  const policy::Condition* const limit = LimitOn(limited, side);
  if (limit == nullptr) return bypass;
  const auto sample = SampleOf(ask, context.catalogue(), limited);
  if (!sample) return bypass;
  const bool identity = side == PerimeterSide::kIdentity;
  const std::string resource = ask.Fill(sample->resource, identity);
  Question question;
  question.caller = identity ? Caller::kOutsider : Caller::kInsider;
  question.action = sample->action;
  question.resource = resource;
  question.resource_is_own = identity;
  const auto answer = ask.Ask(question);
  if (!answer || answer->verdict != Verdict::kAllow) return bypass;
  const Statement* const through = answer->statement;
  if (through == nullptr || through == &limited) return bypass;
  bypass.limit = limit;
  bypass.witness = {through, sample->action, resource,
                    identity ? std::string(ask.outsider()) : ask.insiders().front()};
  return bypass;
}

Bypass FindBypass(const EndpointQuestions& ask, const LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (!IsAllow(statement)) continue;
    for (PerimeterSide side : {PerimeterSide::kIdentity, PerimeterSide::kResource}) {
      Bypass bypass = FindBypassOf(ask, context, statement, side);
      if (bypass.limit != nullptr) return bypass;
    }
  }
  return {};
}

// ---- no limit at all

bool LimitsIdentities(const Statement& statement) {
  return IsAllow(statement) && policy::RestrictsSide(statement, PerimeterSide::kIdentity);
}

// What is fetched from AWS's buckets is fetched unsigned or as AWS: such statements have to be
// open.
bool NamesAwsBucket(const Statement& statement) {
  return statement.resources &&
         std::ranges::any_of(statement.resources->patterns, [](const policy::Node* resource) {
           return policy::FindAwsBucket(resource->text).has_value();
         });
}

Witness FindForeignIdentity(const EndpointQuestions& ask, const LintContext& context) {
  for (const Statement& statement : context.document().statements()) {
    if (!IsAllow(statement) || NamesAwsBucket(statement)) continue;
    const auto sample = SampleOf(ask, context.catalogue(), statement);
    if (!sample) continue;
    const std::string resource = ask.Fill(sample->resource, false);
    Question question;
    question.caller = Caller::kOutsider;
    question.action = sample->action;
    question.resource = resource;
    for (bool own : {false, true}) {
      question.resource_is_own = own;
      if (!ask.Allows(question)) continue;
      return {&statement, sample->action, resource, std::string(ask.outsider())};
    }
  }
  return {};
}

Witness FindWayOut(const EndpointQuestions& ask, std::string_view action,
                   const std::string& resource) {
  for (const std::string& insider : ask.insiders()) {
    Question question;
    question.principal = insider;
    question.action = action;
    question.resource = resource;
    const auto answer = ask.Ask(question);
    if (!answer || answer->verdict != Verdict::kAllow) continue;
    const Statement* const through = answer->statement;
    if (through != nullptr) return {through, std::string(action), resource, insider};
  }
  return {};
}

// arn:aws:dynamodb:*:*:table/orders as a table of somebody else's; "" where the account is named.
std::string OfForeigner(const EndpointQuestions& ask, std::string_view pattern) {
  const policy::Arn arn = policy::SplitArn(pattern);
  if (!arn.valid() || arn.account() != "*") return {};
  std::string text = ask.Fill("arn:{P}:", false);
  text += arn.service();
  text += policy::HasWildcard(arn.region()) ? ask.Fill(":{R}", false)
                                            : std::string(":").append(arn.region());
  text += ask.Fill(":{A}:", false);
  text += arn.resource();
  return Concrete(text).value_or("");
}

Witness FindForeignResource(const EndpointQuestions& ask, const LintContext& context, bool writes) {
  for (const Exit& exit : Exits()) {
    if (exit.service != ask.service() || exit.writes != writes) continue;
    Witness witness = FindWayOut(ask, exit.action, ask.Fill(exit.resource, false));
    if (witness.statement != nullptr) return witness;
    for (const Statement& statement : context.document().statements()) {
      if (!IsAllow(statement) || !statement.resources || statement.resources->negated) continue;
      for (const policy::Node* pattern : statement.resources->patterns) {
        const std::string resource = OfForeigner(ask, pattern->text);
        if (resource.empty()) continue;
        witness = FindWayOut(ask, exit.action, resource);
        if (witness.statement != nullptr) return witness;
      }
    }
  }
  return {};
}

constexpr std::string_view kLimitResources =
    "add StringEquals on aws:ResourceOrgID or aws:ResourceAccount, or name your own resources";

}  // namespace

void CheckIdentityPerimeter(LintContext& context) {
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!ask.answerable() || IsFull(context)) return;
  // Where some statement limits identities, another one may be meant not to: EP406 tells.
  if (std::ranges::any_of(context.document().statements(), LimitsIdentities)) return;
  const Witness witness = FindForeignIdentity(ask, context);
  if (witness.statement == nullptr) return;
  context.Report("EP403", *witness.statement->actions->node,
                 "credentials of any account work through this endpoint: for example, " +
                     Quote(witness.principal) + " may call " + witness.action + " on " +
                     Quote(witness.resource),
                 "add StringEquals on aws:PrincipalOrgID or aws:PrincipalAccount");
}

void CheckResourcePerimeter(LintContext& context) {
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!ask.answerable() || IsFull(context)) return;
  if (FindForeignResource(ask, context, true).statement != nullptr) return;  // EP405 says more
  const Witness witness = FindForeignResource(ask, context, false);
  if (witness.statement == nullptr || FindBypass(ask, context).limit != nullptr) return;
  context.Report("EP404", PlaceOf(*witness.statement),
                 "resources of any account are reached through this endpoint: for example, " +
                     Quote(witness.principal) + " may call " + witness.action + " on " +
                     Quote(witness.resource) + " of a foreign account",
                 std::string(kLimitResources));
}

void CheckExfiltrationWrite(LintContext& context) {
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!ask.answerable() || IsFull(context)) return;
  const Witness witness = FindForeignResource(ask, context, true);
  if (witness.statement == nullptr || FindBypass(ask, context).limit != nullptr) return;
  context.Report("EP405", PlaceOf(*witness.statement),
                 "data can leave to any account through this endpoint: for example, " +
                     Quote(witness.principal) + " may call " + witness.action + " on " +
                     Quote(witness.resource) + " of a foreign account",
                 std::string(kLimitResources));
}

void CheckPerimeterBypassed(LintContext& context) {
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!ask.answerable() || IsFull(context)) return;
  const Bypass bypass = FindBypass(ask, context);
  if (bypass.limit == nullptr) return;
  const std::string_view key = bypass.limit->key_node->key;
  const bool identity = policy::PerimeterSideOf(key) == PerimeterSide::kIdentity;
  auto& finding = context.ReportKey(
      "EP406", *bypass.limit->key_node,
      "the limit on " + Quote(key) + " is undone by another statement, which lets " +
          Quote(bypass.witness.principal) + (identity ? " of a foreign organization" : "") +
          " call " + bypass.witness.action + " on " + Quote(bypass.witness.resource) +
          (identity ? "" : " of a foreign organization"),
      "put the same limit on that statement, or narrow what it allows");
  finding.related.push_back(
      {bypass.witness.statement->actions->node->range, "this statement lets it through"});
}

void CheckTagExemption(LintContext& context) {
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!ask.answerable()) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsAllow(statement) || policy::RestrictsSide(statement, PerimeterSide::kIdentity)) continue;
    Question question;
    question.caller = Caller::kOutsider;
    const policy::Node* place = nullptr;
    for (const policy::Condition& condition : statement.conditions) {
      const std::string_view key = condition.key_node->key;
      if (!policy::EqualsIgnoreAsciiCase(key.substr(0, kTag.size()), kTag) ||
          !policy::Restricts(condition) || condition.values.empty()) {
        continue;
      }
      question.tags.push_back({key.substr(kTag.size()), condition.values.front()->text});
      if (place == nullptr) place = condition.key_node;
    }
    const auto sample = SampleOf(ask, context.catalogue(), statement);
    if (place == nullptr || !sample) continue;
    const std::string resource = ask.Fill(sample->resource, false);
    question.action = sample->action;
    question.resource = resource;
    const auto answer = ask.Ask(question);
    if (!answer || answer->verdict != Verdict::kAllow || answer->statement != &statement) {
      continue;
    }
    context.ReportKey(
        "EP414", *place,
        "anybody can put this tag on a role of an account of their own: " + Quote(ask.outsider()) +
            " with it may call " + sample->action + " on " + Quote(resource),
        "add StringEquals on aws:PrincipalOrgID to the statement");
  }
}

void CheckForeignRoleThroughSts(LintContext& context) {
  const EndpointQuestions& ask = QuestionsOf(context);
  if (!ask.answerable() || ask.service() != "sts" || IsFull(context)) return;
  const std::string role = ask.Fill("arn:{P}:iam::{A}:role/outsiders-role", false);
  for (const std::string& insider : ask.insiders()) {
    Question question;
    question.principal = insider;
    question.action = "sts:AssumeRole";
    question.resource = role;
    const auto answer = ask.Ask(question);
    if (!answer || answer->verdict != Verdict::kAllow) continue;
    const Statement* const through = answer->statement;
    if (through == nullptr) continue;
    context.Report(
        "EP419", PlaceOf(*through),
        "credentials for roles of any account can be fetched through this endpoint: for example, " +
            Quote(insider) + " may call sts:AssumeRole on " + Quote(role),
        std::string(kLimitResources));
    return;
  }
}

}  // namespace postern::authz
