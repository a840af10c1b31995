// An AccessDenied text as people see it -> what it says (semantics S8.4, S8.5, S8.6): the texts of
// AWS services as the CLI, the SDKs, Terraform and consoles wrap them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "authz/verdict.h"

namespace postern::authz {

enum class Denial : std::uint8_t { kExplicit, kImplicit };
std::string_view DenialName(Denial denial);  // "explicit", "implicit"

// What the text does not give is "" or absent.
struct DeniedMessage {
  bool authorization_failure = false;
  std::string error_code;  // "AccessDenied", "Client.UnauthorizedOperation"
  std::string api;         // "s3.ListBuckets"
  // The action that lacks permission, as the text spells it: "s3:ListAllMyBuckets".
  std::string action;
  std::string principal;  // an ARN, "*" for an anonymous caller, or what else the text calls it
  std::string resource;   // an ARN, or what else the text calls it
  std::optional<Layer> layer;
  std::optional<Denial> denial;
  std::string policy_arn;
  // Remarks for people, separated by "; ": what was concluded and is not in the text, why the text
  // is no authorization failure. "" = none.
  std::string note;
};

// Never fails: a text that is not understood is no authorization failure, and `note` says so. Reads
// the first message of the first 64 KiB, in linear time.
DeniedMessage ReadDeniedMessage(std::string_view text);

}  // namespace postern::authz
