#include "policy/language/principals.h"

#include <algorithm>
#include <cstddef>

#include "policy/language/arn.h"

namespace postern::policy {
namespace {

bool IsUpperAlnum(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool IsHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool IsPartition(std::string_view text) { return text == "aws" || text.starts_with("aws-"); }

// CloudFront origin access identities are users of this account, in
// arn:aws:iam::cloudfront:user/...
bool IsUserAccount(std::string_view text) { return IsAccountId(text) || text == "cloudfront"; }

// IAM's unique ids are 16 to 128 characters behind a prefix that says of what.
bool IsUniqueId(std::string_view text) {
  return (text.starts_with("AIDA") || text.starts_with("AROA")) && text.size() >= 16 &&
         text.size() <= 128 && std::ranges::all_of(text, IsUpperAlnum);
}

bool IsCanonicalId(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, IsHex);
}

bool HasWildcard(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c == '*' || c == '?'; });
}

// lambda.amazonaws.com, and the host names and URLs of OIDC providers.
bool IsHostOrUrl(std::string_view text) {
  return text.find('.') != std::string_view::npos && !text.starts_with("arn:") &&
         text.find_first_of(" \t\r\n") == std::string_view::npos;
}

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// `resource` is path and name behind "user" or "role": "/app/Reader".
PrincipalForm ParseNamed(std::string_view resource, PrincipalForm form, PrincipalPattern& parsed) {
  const std::size_t slash = resource.rfind('/');
  if (slash + 1 == resource.size()) return PrincipalForm::kInvalid;
  parsed.path = resource.substr(0, slash + 1);
  parsed.name = resource.substr(slash + 1);
  return form;
}

PrincipalForm ParseIam(const Arn& arn, PrincipalPattern& parsed) {
  std::string_view resource = arn.resource();
  if (resource.starts_with("user/") && IsUserAccount(arn.account())) {
    return ParseNamed(resource.substr(4), PrincipalForm::kUser, parsed);
  }
  if (!IsAccountId(arn.account())) return PrincipalForm::kInvalid;
  if (resource == "root") return PrincipalForm::kAccount;
  if (resource.starts_with("role/")) {
    return ParseNamed(resource.substr(4), PrincipalForm::kRole, parsed);
  }
  return PrincipalForm::kInvalid;
}

PrincipalForm ParseSts(const Arn& arn, PrincipalPattern& parsed) {
  if (!IsAccountId(arn.account())) return PrincipalForm::kInvalid;
  std::string_view resource = arn.resource();
  if (TakePrefix(resource, "assumed-role/")) {
    const std::size_t slash = resource.find('/');
    if (slash == std::string_view::npos) return PrincipalForm::kInvalid;
    parsed.name = resource.substr(0, slash);
    parsed.session = resource.substr(slash + 1);
    const bool session_ok =
        !parsed.session.empty() && parsed.session.find('/') == std::string_view::npos;
    return parsed.name.empty() || !session_ok ? PrincipalForm::kInvalid
                                              : PrincipalForm::kRoleSession;
  }
  if (TakePrefix(resource, "federated-user/")) {
    parsed.name = resource;
    return resource.empty() || resource.find('/') != std::string_view::npos
               ? PrincipalForm::kInvalid
               : PrincipalForm::kFederatedUser;
  }
  return PrincipalForm::kInvalid;
}

// True for an ARN of the global services IAM and STS; fills in the fields that every such ARN has.
bool TakeGlobalArn(std::string_view text, Arn& arn, PrincipalPattern& parsed) {
  arn = SplitConcreteArn(text);
  if (!arn.valid() || !IsPartition(arn.partition()) || !arn.region().empty()) {
    return false;
  }
  parsed.partition = arn.partition();
  parsed.account = arn.account();
  return true;
}

PrincipalForm ParseAws(std::string_view text, PrincipalPattern& parsed) {
  if (text == "*") return PrincipalForm::kEveryone;
  if (IsAccountId(text)) {
    parsed.account = text;
    return PrincipalForm::kAccount;
  }
  if (IsUniqueId(text)) return PrincipalForm::kUniqueId;
  Arn arn;
  if (!TakeGlobalArn(text, arn, parsed)) return PrincipalForm::kInvalid;
  if (arn.service() == "iam") return ParseIam(arn, parsed);
  if (arn.service() == "sts") return ParseSts(arn, parsed);
  return PrincipalForm::kInvalid;
}

PrincipalForm ParseFederated(std::string_view text, PrincipalPattern& parsed) {
  if (text == "*" || IsHostOrUrl(text)) return PrincipalForm::kFederated;
  Arn arn;
  if (!TakeGlobalArn(text, arn, parsed) || arn.service() != "iam" || !IsAccountId(arn.account())) {
    return PrincipalForm::kInvalid;
  }
  std::string_view resource = arn.resource();
  const bool provider =
      TakePrefix(resource, "oidc-provider/") || TakePrefix(resource, "saml-provider/");
  return provider && !resource.empty() ? PrincipalForm::kFederated : PrincipalForm::kInvalid;
}

PrincipalForm ParseForm(PrincipalType type, std::string_view text, PrincipalPattern& parsed) {
  switch (type) {
    case PrincipalType::kAws:
      return ParseAws(text, parsed);
    case PrincipalType::kService:
      return IsHostOrUrl(text) && text.find_first_of(":/") == std::string_view::npos
                 ? PrincipalForm::kService
                 : PrincipalForm::kInvalid;
    case PrincipalType::kFederated:
      return ParseFederated(text, parsed);
    case PrincipalType::kCanonicalUser:
      return IsCanonicalId(text) ? PrincipalForm::kCanonicalUser : PrincipalForm::kInvalid;
  }
  return PrincipalForm::kInvalid;
}

}  // namespace

PrincipalPattern ParsePrincipal(PrincipalType type, std::string_view text) {
  PrincipalPattern parsed;
  parsed.form = ParseForm(type, text, parsed);
  if (parsed.form == PrincipalForm::kInvalid) parsed = {};
  parsed.text = text;
  const bool is_whole = text == "*" && parsed.form != PrincipalForm::kInvalid;
  parsed.partial_wildcard = !is_whole && HasWildcard(text);
  return parsed;
}

}  // namespace postern::policy
