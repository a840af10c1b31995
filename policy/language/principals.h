// The forms of a principal in a policy (semantics S2.1).
#pragma once

#include <cstdint>
#include <string_view>

#include "policy/document.h"

namespace postern::policy {

enum class PrincipalForm : std::uint8_t {
  kEveryone,       // "*"
  kAccount,        // 111122223333 or arn:aws:iam::111122223333:root
  kUser,           // arn:aws:iam::A:user/path/name
  kRole,           // arn:aws:iam::A:role/path/name
  kRoleSession,    // arn:aws:sts::A:assumed-role/name/session
  kFederatedUser,  // arn:aws:sts::A:federated-user/name
  kService,        // lambda.amazonaws.com
  kFederated,      // an OIDC or SAML provider
  kCanonicalUser,  // 64 hex digits
  kUniqueId,       // AIDA..., AROA...: of something deleted
  kInvalid,        // nothing a principal can be; matches nobody
};

// One entry, taken apart. Views into the text.
struct PrincipalPattern {
  PrincipalForm form = PrincipalForm::kInvalid;
  std::string_view text;       // as written
  std::string_view partition;  // of an ARN
  std::string_view account;    // twelve digits, for the forms that have one
  std::string_view path;       // users and roles: "/" or "/app/", with both slashes
  std::string_view name;       // user, role or federated user
  std::string_view session;    // role session
  // `*` or `?` inside: an error, and literal if evaluated all the same (S2.2).
  bool partial_wildcard = false;
};

PrincipalPattern ParsePrincipal(PrincipalType type, std::string_view text);

}  // namespace postern::policy
