#include "policy/kind.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

namespace postern::policy {
namespace {

constexpr Requirement O = Requirement::kOptional;
constexpr Requirement R = Requirement::kRequired;
constexpr Requirement F = Requirement::kForbidden;

// In the order of PolicyKind. Columns: Principal, Resource, Id, NotPrincipal, alphanumeric Sid. Id
// in trust, service control and resource control policies: A24.
constexpr std::array<KindTraits, 16> kKinds = {{
    {PolicyKind::kEndpoint, "endpoint", "endpoint policy", R, R, O, true, false},
    {PolicyKind::kIdentity, "identity", "identity policy", F, R, F, false, true},
    {PolicyKind::kManaged, "managed", "managed policy", F, R, F, false, true},
    {PolicyKind::kInline, "inline", "inline policy", F, R, F, false, true},
    {PolicyKind::kBoundary, "boundary", "permissions boundary", F, R, F, false, true},
    {PolicyKind::kSession, "session", "session policy", F, R, F, false, true},
    {PolicyKind::kResource, "resource", "resource policy", R, O, O, true, false},
    {PolicyKind::kBucket, "bucket", "bucket policy", R, R, O, true, false},
    {PolicyKind::kAccessPoint, "access-point", "access point policy", R, R, O, true, false},
    {PolicyKind::kKey, "key", "key policy", R, O, O, true, false},
    {PolicyKind::kQueue, "queue", "queue policy", R, O, O, true, false},
    {PolicyKind::kTopic, "topic", "topic policy", R, O, O, true, false},
    {PolicyKind::kSecret, "secret", "secret policy", R, O, O, true, false},
    {PolicyKind::kTrust, "trust", "role trust policy", R, F, F, false, true},
    {PolicyKind::kScp, "scp", "service control policy", F, R, F, false, true},
    {PolicyKind::kRcp, "rcp", "resource control policy", R, R, F, false, true},
}};

}  // namespace

std::span<const KindTraits> AllKinds() { return kKinds; }

const KindTraits& TraitsOf(PolicyKind kind) {
  const KindTraits& traits = kKinds[static_cast<std::size_t>(kind)];
  assert(traits.kind == kind);
  return traits;
}

std::optional<PolicyKind> KindNamed(std::string_view name) {
  const auto row = std::ranges::find(kKinds, name, &KindTraits::name);
  if (row == kKinds.end()) return std::nullopt;
  return row->kind;
}

bool IsIdentity(PolicyKind kind) {
  return kind == PolicyKind::kIdentity || kind == PolicyKind::kManaged ||
         kind == PolicyKind::kInline;
}

bool IsResourceBased(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::kResource:
    case PolicyKind::kBucket:
    case PolicyKind::kAccessPoint:
    case PolicyKind::kKey:
    case PolicyKind::kQueue:
    case PolicyKind::kTopic:
    case PolicyKind::kSecret:
    case PolicyKind::kTrust:
      return true;
    case PolicyKind::kEndpoint:
    case PolicyKind::kIdentity:
    case PolicyKind::kManaged:
    case PolicyKind::kInline:
    case PolicyKind::kBoundary:
    case PolicyKind::kSession:
    case PolicyKind::kScp:
    case PolicyKind::kRcp:
      break;
  }
  return false;
}

bool IsS3Resource(PolicyKind kind) {
  return kind == PolicyKind::kBucket || kind == PolicyKind::kAccessPoint;
}

}  // namespace postern::policy
