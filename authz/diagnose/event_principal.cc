// userIdentity -> the requester, and what its credentials put into the request (semantics S6.1,
// S6.3).
#include <algorithm>
#include <optional>

#include "authz/diagnose/event_parts.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/principals.h"
#include "policy/language/values.h"

namespace postern::authz {
namespace {

using policy::Node;
using policy::PrincipalForm;

// What makes requests, by its ARN.
bool IsRequester(std::string_view arn) {
  const auto who = policy::ParsePrincipal(policy::PrincipalType::kAws, arn);
  if (who.partial_wildcard) return false;
  switch (who.form) {
    case PrincipalForm::kUser:
    case PrincipalForm::kRole:
    case PrincipalForm::kRoleSession:
    case PrincipalForm::kFederatedUser:
      return true;
    case PrincipalForm::kAccount:
      return arn.ends_with(":root");
    default:
      return false;
  }
}

// "/app/" of arn:aws:iam::111122223333:role/app/name; "" if it is no role's.
std::string_view RolePath(std::string_view role) {
  const auto who = policy::ParsePrincipal(policy::PrincipalType::kAws, role);
  return who.form == PrincipalForm::kRole ? who.path : std::string_view();
}

bool IsAnonymous(std::string_view account) {
  return policy::EqualsIgnoreAsciiCase(account, "anonymous") || account == "ANONYMOUS_PRINCIPAL";
}

std::string Head(std::string_view text, char end) {
  return std::string(text.substr(0, text.find(end)));
}

void ReadArnRequester(const Node& identity, EventRequester& into) {
  const std::string_view arn = TextAt(identity, "arn");
  if (!IsRequester(arn)) return;
  into.kind = RequesterKind::kArn;
  into.arn = arn;
  const auto who = policy::ParsePrincipal(policy::PrincipalType::kAws, arn);
  const std::string_view issuer = TextAt(identity, "sessionContext/sessionIssuer/arn");
  if (who.form == PrincipalForm::kRoleSession) {
    into.path = RolePath(issuer);
    into.path_unknown = into.path.empty();
  } else if (who.form == PrincipalForm::kFederatedUser &&
             policy::ParsePrincipal(policy::PrincipalType::kAws, issuer).form ==
                 PrincipalForm::kUser) {
    into.federating_user = issuer;
  }
  if (who.form == PrincipalForm::kUser || who.form == PrincipalForm::kRoleSession) {
    into.unique_id = Head(TextAt(identity, "principalId"), ':');
  }
}

// A caller of another account: the record keeps its ARN to itself.
void ReadForeignRequester(std::string_view id, CloudTrailEvent& event) {
  if (event.requester.account.empty()) return;
  event.keys.push_back({"aws:PrincipalAccount", {event.requester.account}});
  const bool session = id.starts_with("AROA") && id.find(':') != id.npos;
  const bool user = id.starts_with("AIDA");
  if (!session && !user) return;
  event.keys.push_back({"aws:PrincipalType", {session ? "AssumedRole" : "User"}});
  event.keys.push_back({"aws:userid", {std::string(id)}});
}

// The claims of a token that are condition keys: who it is of, and for whom it was made. A record's
// principalId is "PROVIDER:AUDIENCE:SUBJECT", its userName the subject.
void ReadClaims(const Node& identity, CloudTrailEvent& event) {
  constexpr std::string_view kOidc = ":oidc-provider/";
  const std::string& provider = event.requester.provider;
  const std::size_t at = provider.find(kOidc);
  std::string_view subject = TextAt(identity, "userName");
  if (at == provider.npos || subject.empty()) return;
  const std::string host = provider.substr(at + kOidc.size());
  event.keys.push_back({host + ":sub", {std::string(subject)}});
  std::string_view id = TextAt(identity, "principalId");
  if (!id.starts_with(provider) || !id.ends_with(subject)) return;
  id.remove_prefix(provider.size());
  id.remove_suffix(std::min(subject.size(), id.size()));
  if (id.size() <= 2 || !id.starts_with(':') || !id.ends_with(':')) return;
  event.keys.push_back({host + ":aud", {std::string(id.substr(1, id.size() - 2))}});
}

void ReadFederatedRequester(const Node& record, const Node& identity, EventRequester& into) {
  for (const std::string_view provider :
       {TextAt(record, "requestParameters/principalArn"), TextAt(identity, "identityProvider"),
        TextAt(record, "requestParameters/providerId")}) {
    if (provider.empty()) continue;
    into.provider = provider;
    // A SAML provider's hash names nobody.
    if (provider.starts_with("arn:") || provider.find('.') != provider.npos) {
      into.kind = RequesterKind::kFederated;
      return;
    }
  }
  into.provider.clear();
}

void AddAbsent(CloudTrailEvent& event, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) event.keys.push_back({std::string(key), {}});
}

// Keys that temporary credentials bring, and those that lasting ones never do.
void ReadCredentials(const Node& identity, CloudTrailEvent& event) {
  const std::string_view created = TextAt(identity, "sessionContext/attributes/creationDate");
  const std::string_view mfa = TextAt(identity, "sessionContext/attributes/mfaAuthenticated");
  const bool lasting = TextAt(identity, "accessKeyId").starts_with("AKIA") && created.empty();
  if (lasting && event.requester.kind == RequesterKind::kArn) {
    AddAbsent(event,
              {"aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "aws:TokenIssueTime"});
    return;
  }
  if (policy::Instant::Parse(created)) {
    event.keys.push_back({"aws:TokenIssueTime", {std::string(created)}});
  }
  if (policy::ParseBool(mfa)) {
    event.keys.push_back({"aws:MultiFactorAuthPresent", {std::string(mfa)}});
    if (!*policy::ParseBool(mfa)) AddAbsent(event, {"aws:MultiFactorAuthAge"});
  }
  constexpr std::pair<std::string_view, std::string_view> kMembers[] = {
      {"sessionContext/sourceIdentity", "aws:SourceIdentity"},
      {"sessionContext/ec2RoleDelivery", "ec2:RoleDelivery"},
      {"sessionContext/webIdFederationData/federatedProvider", "aws:FederatedProvider"},
      {"sessionContext/assumedRoot", "aws:AssumedRoot"},
  };
  for (const auto& [path, key] : kMembers) {
    const std::string_view value = TextAt(identity, path);
    if (!value.empty()) event.keys.push_back({std::string(key), {std::string(value)}});
  }
}

}  // namespace

void ReadRequester(const Node& record, CloudTrailEvent& event) {
  const Node* identity = record.IsObject() ? record.Find("userIdentity") : nullptr;
  if (identity == nullptr || !identity->IsObject()) {
    event.notes.emplace_back("the event does not say who called");
    return;
  }
  EventRequester& into = event.requester;
  const std::string_view type = TextAt(*identity, "type");
  const std::string_view account = TextAt(*identity, "accountId");
  const std::string_view invoked_by = TextAt(*identity, "invokedBy");
  if (policy::IsAccountId(account)) into.account = account;
  if (IsAnonymous(account) || IsAnonymous(TextAt(*identity, "principalId"))) {
    into.kind = RequesterKind::kAnonymous;
  } else if (type == "AWSService" && invoked_by.find('.') != invoked_by.npos) {
    into.kind = RequesterKind::kService;
    into.service = invoked_by;
  } else if (type == "SAMLUser" || type == "WebIdentityUser") {
    ReadFederatedRequester(record, *identity, into);
    ReadClaims(*identity, event);
  } else {
    ReadArnRequester(*identity, into);
  }
  if (into.kind == RequesterKind::kArn) {
    ReadCredentials(*identity, event);
  } else if (into.kind == RequesterKind::kUnknown) {
    ReadForeignRequester(TextAt(*identity, "principalId"), event);
    event.notes.emplace_back(
        "the event does not name the caller" +
        (into.account.empty() ? std::string() : ", only its account `" + into.account + "`"));
  }
  if (into.kind == RequesterKind::kService || invoked_by.empty()) return;
  if (invoked_by.find('.') != invoked_by.npos && invoked_by.find(' ') == invoked_by.npos) {
    event.forwarded_by = invoked_by;
  } else {
    event.unknown_keys.insert(
        event.unknown_keys.end(),
        {"aws:ViaAWSService", "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"});
  }
}

}  // namespace postern::authz
