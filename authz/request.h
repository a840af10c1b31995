// One request, in which anything may be unknown (semantics S4.19). Absent, unknown, empty and
// present are four things that operators treat apart; they are never merged.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authz/verdict.h"

namespace postern::authz {

// All string_views of a Request point into text that its maker owns (a case file's tree, a stream's
// line buffer) and that must outlive the Request and whatever is bound from it. A Request can be
// cleared and filled again without allocating.

enum class RequesterKind : std::uint8_t {
  kArn,        // user, role, session, federated user, root: `arn`
  kAnonymous,  // "*"
  kService,    // "delivery.logs.amazonaws.com": `service`
  kFederated,  // the caller of AssumeRoleWithSAML or AssumeRoleWithWebIdentity: `provider`
  kUnknown,
};

struct Tag {
  std::string_view key;
  std::string_view value;
};

struct Principal {
  RequesterKind kind = RequesterKind::kUnknown;
  std::string_view arn;
  std::string_view service;
  std::string_view provider;
  std::string_view account;                // "" = from the ARN
  std::optional<std::string_view> org_id;  // absent = from the organization
  std::vector<std::string_view> org_paths;
  std::vector<Tag> tags;
  std::string_view unique_id;        // AIDA..., AROA...
  std::string_view canonical_id;     // 64 hex digits
  std::string_view path;             // of the user or role, "/app/"; "" = not known
  std::string_view federating_user;  // ARN of the user whose GetFederationToken made the session
  bool service_linked = false;       // S7.9.5; a path may say so as well

  void Clear();
};

struct ContextEntry {
  std::string_view key;     // compared without case
  std::uint32_t first = 0;  // into Request::values
  std::uint32_t count = 0;  // 0: supplied as absent (`[]`), so neither derived nor defaulted
  bool unknown = false;
};

// How the request travels, where the policy set has an endpoint.
enum class Route : std::uint8_t {
  kAsGiven,        // through the endpoint if there is one
  kEndpoint,       // through that of the policies; an error where they have none
  kInternet,       // past it: no endpoint policy, no endpoint keys
  kOtherEndpoint,  // through another one, `other_endpoint`, with the default policy
};

// Whose account the resource is in.
enum class ResourceAccountState : std::uint8_t {
  kDerive,   // from the ARN, or the caller's for an account-level call; else unknown
  kGiven,    // `resource_account`
  kOwn,      // the caller's account
  kUnknown,  // said to be unknown
};

// The text of the resource is taken as it is: wildcards in it are text (S3.3.7).
struct Request {
  Principal principal;
  std::string_view action;          // "s3:ListAllMyBuckets"
  std::string_view resource = "*";  // an ARN, or "*" where the call names none
  bool resource_unknown = false;
  ResourceAccountState resource_account_state = ResourceAccountState::kDerive;
  std::string_view resource_account;
  std::optional<std::string_view> resource_org_id;  // absent = from the organization
  std::vector<std::string_view> resource_org_paths;
  bool resource_shared = false;      // shared by other means than a policy (S7.8)
  std::string_view bucket_resource;  // behind an access point's ARN
  bool bucket_resource_unknown = false;
  std::string_view forwarded_by;  // the AWS service that makes the call on the caller's behalf
  Route route = Route::kAsGiven;
  std::string_view other_endpoint;      // vpce-...
  LayerMask layers = LayerMask::All();  // the question is limited to these
  // Keys that are neither given, derived nor defaulted are unknown, not absent: the request was
  // read from a record that leaves most of them out.
  bool other_keys_unknown = false;
  std::vector<ContextEntry> context;
  std::vector<std::string_view> values;

  void Clear();
  void AddContext(std::string_view key, std::string_view value);
  template <std::same_as<std::string> Text>
  void AddContext(std::string_view key, Text&& value) = delete;  // would dangle
  // Opens an entry to which values are appended with AddValue.
  void OpenContext(std::string_view key) {
    context.push_back({key, static_cast<std::uint32_t>(values.size()), 0, false});
  }
  void AddValue(std::string_view value) {
    values.push_back(value);
    ++context.back().count;
  }
  void AddUnknown(std::string_view key);
};

// Why a request cannot be decided as it stands: an input error, never a verdict.
struct InputError {
  std::string code;     // "contradiction", "bad-action", ...: stable, kebab-case
  std::string message;  // one line, lower case
  std::string pointer;  // into the case: "/request/context/aws:SourceIp"
};

}  // namespace postern::authz
