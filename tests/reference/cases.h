#pragma once

#include <rapidjson/document.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/reference/documents.h"

// One case of the case format, read: who asks for what, and under which policies.
namespace postern::reference {

using Texts = std::vector<std::string>;

struct Caller {
  enum Kind {
    kUser,
    kRole,  // without a session (S2.5)
    kRoleSession,
    kFederatedUser,
    kRoot,
    kService,
    kAnonymous,
    kWebIdentity,  // AssumeRoleWithSAML and ...WithWebIdentity
    kUnknown,
  } kind = kUnknown;
  std::string arn;  // kService: the name; kWebIdentity: the provider
  std::string partition;
  std::string account;
  std::string name;                 // of the user, role or federated user
  std::string session;              // of a role session
  std::optional<std::string> path;  // of the user or role, where it is known
  bool path_unknown = false;        // the case says that aws:PrincipalArn is not known
  std::map<std::string, std::string> tags;
  std::optional<std::string> unique_id;
  std::optional<std::string> canonical_id;
  std::optional<std::string> federating_user;
  bool service_linked = false;
  bool in_no_organization = false;  // org_id: null
  std::optional<std::string> org_id;
  Texts org_paths;

  bool HasAccount() const { return !account.empty(); }
};

struct Resource {
  enum Kind { kArn, kStar, kUnknown } kind = kStar;
  std::string text;
  Texts components;  // six, of an ARN
};

// A policy layer: nothing, anything, or these documents.
struct PolicyLayer {
  enum State { kNone, kUnknown, kGiven } state = kNone;
  std::vector<Document> documents;
};

// Service or resource control policies: by level, root first.
struct Levels {
  PolicyLayer::State state = PolicyLayer::kNone;
  std::vector<std::vector<Document>> levels;
};

struct Endpoint {
  enum State { kNone, kUnknown, kGiven } state = kNone;
  enum Policy { kDefault, kAny, kDocument } policy = kDefault;
  std::vector<Document> documents;  // one, of kDocument
  bool gateway = false;
  std::string service;  // the short name
  std::string region;
  std::string id;
  std::string vpc;
  std::string account;
};

struct AccessPoint {
  PolicyLayer policy;
  std::string arn;
  bool unknown = false;     // anything about it
  bool vpc_origin = false;  // S7.12.5
  std::string vpc;
};

struct Organization {
  std::string id;
  std::string management_account;
  std::map<std::string, std::string> accounts;  // to the path
};

struct Case {
  Endpoint endpoint;
  PolicyLayer identity;
  PolicyLayer boundary;
  PolicyLayer session;
  PolicyLayer resource_policy;
  std::optional<AccessPoint> access_point;
  Levels scps;
  Levels rcps;
  enum { kOff, kOn, kMaybe } restrict_public_buckets = kOff;
  std::optional<Organization> organization;
  std::optional<std::set<std::string>> layers;  // the only ones that are asked about

  Caller caller;
  std::string service;  // of the action, in lower case
  std::string action;   // its name, in lower case
  Resource resource;
  Resource bucket_resource;
  bool through_access_point = false;
  std::optional<std::string> resource_account;  // as stated: an account or `own`
  bool resource_account_unknown = false;        // said to be
  bool resource_in_no_organization = false;
  std::optional<std::string> resource_org_id;
  Texts resource_org_paths;
  bool shared = false;
  std::string forwarded_by;
  bool past_endpoints = false;           // `via: internet`
  std::map<std::string, Texts> context;  // by key in lower case
  std::set<std::string> unknown_keys;

  bool Asks(const std::string& layer) const { return !layers || layers->count(layer) > 0; }
};

// Throws Refusal. `policies`, `organization` and `layers` may be null.
Case ReadCase(const rapidjson::Value* policies, const rapidjson::Value* organization,
              const rapidjson::Value* layers, const rapidjson::Value& request);

// The twelve digits of an account.
bool IsAccount(const std::string& text);

}  // namespace postern::reference
