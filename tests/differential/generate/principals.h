// Who asks in generated requests, and whom generated policies name.
#pragma once

#include <span>
#include <string_view>

namespace postern::differential {

// An entry of Principal: {"AWS": "arn:..."}.
struct PrincipalName {
  std::string_view type;  // "AWS", "Service", ...
  std::string_view value;
};

struct Requester {
  std::string_view json;     // as a request says it
  std::string_view account;  // "" where it has none
  // Entries that name it at one strength or another, and some that nearly do (S2.3).
  std::span<const PrincipalName> names;
};

std::span<const Requester> Requesters();
// Callers of AssumeRoleWithSAML and AssumeRoleWithWebIdentity.
std::span<const Requester> FederatedRequesters();
// Entries that name others, nobody, or are malformed.
std::span<const PrincipalName> OtherNames();

}  // namespace postern::differential
