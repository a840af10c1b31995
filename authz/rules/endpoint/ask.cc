#include "authz/rules/endpoint/ask.h"

#include <algorithm>
#include <array>

#include "authz/engine.h"
#include "authz/policy_set.h"
#include "authz/rules/probe.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/principals.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::authz {

using policy::EqualsIgnoreAsciiCase;
using policy::HasWildcard;

namespace {

constexpr std::size_t kMostInsiders = 4;
constexpr std::string_view kService = "cloudformation.amazonaws.com";
constexpr std::string_view kProvider =
    "arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE";

// Keys that follow from who asks and whose the resource is.
constexpr std::array<std::string_view, 13> kSettled = {"aws:PrincipalAccount",
                                                       "aws:PrincipalArn",
                                                       "aws:PrincipalIsAWSService",
                                                       "aws:PrincipalOrgID",
                                                       "aws:PrincipalType",
                                                       "aws:PrincipalServiceName",
                                                       "aws:ResourceAccount",
                                                       "aws:ResourceOrgID",
                                                       "aws:SecureTransport",
                                                       "aws:SourceIp",
                                                       "aws:ViaAWSService",
                                                       "s3:ResourceAccount",
                                                       "aws:PrincipalServiceNamesList"};

// Names that stand for an outsider. The first one is taken that the policy does not name.
constexpr std::array<std::string_view, 3> kForeignAccounts = {"444455556666", "777788889999",
                                                              "222233334444"};
constexpr std::array<std::string_view, 2> kForeignOrganizations = {"o-outsider01", "o-outsider02"};

bool IsSettled(std::string_view key) {
  return std::ranges::any_of(
      kSettled, [key](std::string_view each) { return EqualsIgnoreAsciiCase(each, key); });
}

template <std::size_t kSize>
std::string_view FirstUnnamed(const std::array<std::string_view, kSize>& names,
                              std::string_view text) {
  for (std::string_view name : names) {
    if (text.find(name) == text.npos) return name;
  }
  return names.back();
}

// The first value that an Allow wants the key to have; "" if there is none.
std::string FirstWanted(const policy::PolicyDocument& document, std::string_view key) {
  for (const policy::Statement& statement : document.statements()) {
    if (statement.effect != policy::Effect::kAllow) continue;
    for (const policy::Condition& condition : statement.conditions) {
      if (policy::Restricts(condition) && EqualsIgnoreAsciiCase(condition.key_node->key, key) &&
          !condition.values.empty() && !HasWildcard(condition.values.front()->text) &&
          condition.values.front()->text.find("${") == std::string_view::npos) {
        return std::string(condition.values.front()->text);
      }
    }
  }
  return {};
}

}  // namespace

EndpointQuestions::EndpointQuestions(const policy::LintContext& context)
    : document_(context.document()), keys_(KeysReadBy(context.document())) {
  if (context.kind() != policy::PolicyKind::kEndpoint || document_.statements().empty() ||
      !std::ranges::all_of(document_.statements(), policy::IsSound)) {
    return;
  }
  answerable_ = true;
  service_ = policy::ServiceNamedIn(document_);
  const std::string& given = context.facts().endpoint.service;
  if (const auto known = context.catalogue().FindEndpointService(given)) {
    const auto served = context.catalogue().ServedPrefixes(*known);
    service_ = served.empty() ? std::string() : policy::FoldAscii(served.front());
  } else if (!given.empty()) {
    service_.clear();
  }
  FindParties(context);

  PolicySet policies;
  policies.endpoint.emplace();
  policies.endpoint->policy = Knowledge::kGiven;
  policies.endpoint->document = DocumentPtr(DocumentPtr{}, &document_);
  policies.endpoint->type = context.facts().endpoint.type;
  compiled_ = Compile(policies, context.catalogue());
}

const EndpointQuestions& QuestionsOf(policy::LintContext& context) {
  policy::RuleMemory& memory = context.memory();
  if (const auto* made = memory.Find<EndpointQuestions>()) return *made;
  return memory.Keep(std::make_shared<const EndpointQuestions>(context));
}

void EndpointQuestions::FindParties(const policy::LintContext& context) {
  const policy::LintFacts& facts = context.facts();
  const std::string_view text = document_.source().text();
  own_.account = !facts.accounts.empty() ? facts.accounts.front()
                                         : FirstWanted(document_, "aws:PrincipalAccount");
  if (!policy::IsAccountId(own_.account)) own_.account = "111122223333";
  own_.organization = !facts.organizations.empty() ? facts.organizations.front()
                                                   : FirstWanted(document_, "aws:PrincipalOrgID");
  if (own_.organization.empty()) own_.organization = FirstWanted(document_, "aws:ResourceOrgID");
  if (own_.organization.empty()) own_.organization = "o-insider0001";
  foreign_.account = FirstUnnamed(kForeignAccounts, text);
  if (std::ranges::find(facts.accounts, foreign_.account) != facts.accounts.end()) {
    answerable_ = false;
  }
  foreign_.organization = FirstUnnamed(kForeignOrganizations, text);

  region_ = facts.endpoint.region.empty() ? region_ : facts.endpoint.region;
  for (const policy::Statement& statement : document_.statements()) {
    if (!statement.resources) continue;
    for (const policy::Node* resource : statement.resources->patterns) {
      const policy::Arn arn = policy::SplitArn(resource->text);
      if (!arn.valid()) continue;
      if (arn.partition().starts_with("aws-") && !HasWildcard(arn.partition())) {
        partition_ = arn.partition();
      }
      if (facts.endpoint.region.empty() && policy::IsRegion(arn.region())) region_ = arn.region();
    }
  }

  insiders_.push_back("arn:" + partition_ + ":iam::" + own_.account + ":role/app");
  outsider_ = "arn:" + partition_ + ":iam::" + foreign_.account + ":role/outsider";
  for (const policy::Statement& statement : document_.statements()) {
    if (statement.effect != policy::Effect::kAllow || !statement.principal) continue;
    for (const policy::PrincipalEntry& entry : statement.principal->entries) {
      const auto who = policy::ParsePrincipal(entry.type, entry.value->text);
      if (insiders_.size() >= kMostInsiders) return;
      if (who.form == policy::PrincipalForm::kAccount) {
        insiders_.push_back("arn:" + partition_ + ":iam::" + std::string(who.account) +
                            ":role/app");
      } else if (who.form == policy::PrincipalForm::kUser ||
                 who.form == policy::PrincipalForm::kRole) {
        insiders_.emplace_back(entry.value->text);
      }
    }
  }
}

std::string EndpointQuestions::Fill(std::string_view pattern, bool own) const {
  std::string text;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::string_view mark = pattern.substr(at, 3);
    if (mark == "{P}" || mark == "{R}" || mark == "{A}") {
      text += mark == "{P}"   ? partition_
              : mark == "{R}" ? region_
              : own           ? own_.account
                              : foreign_.account;
      at += mark.size();
    } else {
      text += pattern[at++];
    }
  }
  return text;
}

Request EndpointQuestions::RequestOf(const Question& question) const {
  const Party& owner = question.resource_is_own ? own_ : foreign_;
  Request request;
  request.action = question.action;
  request.resource = question.resource;
  request.resource_account_state = ResourceAccountState::kGiven;
  request.resource_account = owner.account;
  request.resource_org_id = owner.organization;
  request.layers = {Layer::kEndpoint};
  Principal& principal = request.principal;
  switch (question.caller) {
    case Caller::kInsider:
    case Caller::kOutsider:
      principal.kind = RequesterKind::kArn;
      principal.arn = question.caller == Caller::kInsider ? std::string_view(insiders_.front())
                                                          : std::string_view(outsider_);
      if (!question.principal.empty()) principal.arn = question.principal;
      principal.org_id =
          question.caller == Caller::kInsider ? own_.organization : foreign_.organization;
      principal.tags = question.tags;
      break;
    case Caller::kAnonymous:
      principal.kind = RequesterKind::kAnonymous;
      break;
    case Caller::kService:
      principal.kind = RequesterKind::kService;
      principal.service = kService;
      break;
    case Caller::kFederated:
      principal.kind = RequesterKind::kFederated;
      principal.provider = kProvider;
      break;
  }
  constexpr std::string_view kTag = "aws:PrincipalTag/";
  for (std::string_view key : keys_) {
    const bool is_tag = EqualsIgnoreAsciiCase(key.substr(0, kTag.size()), kTag);
    const bool given = is_tag && std::ranges::any_of(question.tags, [&](const Tag& tag) {
                         return EqualsIgnoreAsciiCase(key.substr(kTag.size()), tag.key);
                       });
    if (!IsSettled(key) && !given) request.AddUnknown(key);
  }
  return request;
}

std::optional<Answer> EndpointQuestions::Ask(const Question& question) const {
  if (!answerable_) return std::nullopt;
  const Request request = RequestOf(question);
  BoundRequest bound;
  if (Bind(*compiled_, request, bound)) return std::nullopt;
  Answer answer{Decide(*compiled_, bound).verdict, nullptr};
  if (answer.verdict != Verdict::kAllow) return answer;
  const Explanation why = Explain(compiled_, bound);
  for (const StatementEvidence& each : why.Of(Layer::kEndpoint).statements) {
    if (each.effect == policy::Effect::kAllow && each.matched == Ternary::kYes) {
      answer.statement = each.statement;
      break;
    }
  }
  return answer;
}

std::optional<Verdict> EndpointQuestions::VerdictOn(const Question& question) const {
  if (!answerable_) return std::nullopt;
  const Request request = RequestOf(question);
  BoundRequest bound;
  if (Bind(*compiled_, request, bound)) return std::nullopt;
  return Decide(*compiled_, bound).verdict;
}

bool EndpointQuestions::Allows(const Question& question) const {
  return VerdictOn(question) == Verdict::kAllow;
}

bool EndpointQuestions::Refuses(const Question& question) const {
  const auto verdict = VerdictOn(question);
  return verdict == Verdict::kImplicitDeny || verdict == Verdict::kExplicitDeny;
}

}  // namespace postern::authz
