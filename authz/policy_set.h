// Which policies apply to a request, in which layer; the endpoint; the organization. What a case's
// `policies` and `organization` say (cli section 4), without files: documents are parsed already.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/document.h"
#include "policy/rule.h"

namespace postern::authz {

using DocumentPtr = std::shared_ptr<const policy::PolicyDocument>;

enum class Knowledge : std::uint8_t {
  kNone,      // known not to exist
  kNotGiven,  // the case does not say: none for eval and test, unknown for explain
  kUnknown,   // said to be unknown
  kGiven,
};

struct PolicyLayer {
  Knowledge knowledge = Knowledge::kNone;
  std::vector<DocumentPtr> policies;  // only with kGiven; may be empty
};

// Levels from the root down; each must allow (S7.4.1).
struct LeveledLayer {
  Knowledge knowledge = Knowledge::kNone;
  std::vector<std::vector<DocumentPtr>> levels;
};

// Its policy is for whoever calls and whosever the resource is (S7.10.2). Fields that are "" are
// not known and derive nothing.
struct Endpoint {
  // kNone: the default full-access policy (S7.10.1); kGiven: `document`; kUnknown.
  Knowledge policy = Knowledge::kNone;
  DocumentPtr document;
  policy::EndpointType type = policy::EndpointType::kUnknown;
  std::string service;  // "s3"
  std::string region;
  std::string id;       // vpce-...
  std::string vpc;      // vpc-...
  std::string account;  // the owner's
};

struct AccessPoint {
  DocumentPtr document;  // null: it has no policy
  std::string arn;
  bool vpc_origin = false;
  std::string vpc;
};

struct OrganizationAccount {
  std::string account;
  std::string path;  // "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"
};

struct Organization {
  std::string id;  // "" = nothing is known of an organization
  std::string management_account;
  std::vector<OrganizationAccount> accounts;

  const OrganizationAccount* Find(std::string_view account) const;
};

struct PolicySet {
  std::optional<Endpoint> endpoint;  // absent: the request does not come through one
  PolicyLayer identity{Knowledge::kNotGiven, {}};
  PolicyLayer boundary;
  PolicyLayer session;
  PolicyLayer resource{Knowledge::kNotGiven, {}};
  std::optional<AccessPoint> access_point;
  Knowledge access_point_knowledge = Knowledge::kNone;
  LeveledLayer scps;
  LeveledLayer rcps;
  Knowledge endpoint_knowledge = Knowledge::kNone;  // kUnknown: `"endpoint": "unknown"`
  Knowledge block_public_access_knowledge = Knowledge::kNone;
  bool restrict_public_buckets = false;
  Organization organization;
};

// The documents of all layers, each once.
std::vector<DocumentPtr> DocumentsOf(const PolicySet& policies);
// The same policies with `to` wherever `from` stood.
PolicySet WithDocument(PolicySet policies, const DocumentPtr& from, const DocumentPtr& to);

}  // namespace postern::authz
