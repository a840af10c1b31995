// What sorts of policy there are, and what each requires and forbids (semantics S1.9).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace postern::policy {

enum class PolicyKind : std::uint8_t {
  kEndpoint,
  kIdentity,  // managed or inline, not known which
  kManaged,
  kInline,
  kBoundary,
  kSession,
  kResource,  // a resource policy, not known of what
  kBucket,
  kAccessPoint,
  kKey,
  kQueue,
  kTopic,
  kSecret,
  kTrust,
  kScp,
  kRcp,
};

enum class Requirement : std::uint8_t { kOptional, kRequired, kForbidden };

// One row of the table of S1.9.
struct KindTraits {
  PolicyKind kind;
  std::string_view name;   // as `--kind` takes it: "access-point"
  std::string_view title;  // as messages say it: "access point policy"
  Requirement principal;
  Requirement resource;
  Requirement id;
  bool not_principal;  // NotPrincipal may stand (with Deny)
  bool sid_is_alphanumeric;
};

std::span<const KindTraits> AllKinds();
const KindTraits& TraitsOf(PolicyKind kind);
std::optional<PolicyKind> KindNamed(std::string_view name);

// "managed" and "inline" are identity policies.
bool IsIdentity(PolicyKind kind);
// Attached to a resource (bucket, key, trust, ...); an endpoint policy is not one of them.
bool IsResourceBased(PolicyKind kind);
// S3 resource policies: bucket and access point.
bool IsS3Resource(PolicyKind kind);

}  // namespace postern::policy
