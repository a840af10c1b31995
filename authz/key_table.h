// Condition keys by number. Keys compare without case; the table holds the keys that some policy
// reads and the well-known ones that are derived, so that a request's other keys cost one probe
// each.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace postern::authz {

using KeyId = std::uint32_t;

// Keys that the engine derives, defaults or checks: they have these numbers in every table (S6.4).
enum WellKnownKey : KeyId {
  kPrincipalArn,
  kPrincipalAccount,
  kPrincipalOrgId,
  kPrincipalOrgPaths,
  kPrincipalType,
  kPrincipalIsAwsService,
  kPrincipalServiceName,
  kUserId,
  kUsername,
  kSourceIp,
  kSourceVpc,
  kSourceVpcArn,
  kSourceVpce,
  kVpceAccount,
  kVpceOrgId,
  kVpceOrgPaths,
  kVpcSourceIp,
  kResourceAccount,
  kResourceOrgId,
  kResourceOrgPaths,
  kS3ResourceAccount,
  kRequestedRegion,
  kViaAwsService,
  kSecureTransport,
  kCurrentTime,
  kEpochTime,
  kCalledVia,
  kCalledViaFirst,
  kCalledViaLast,
  kWellKnownKeyCount,
};

class KeyTable {
 public:
  KeyTable();  // with the well-known keys

  // The number of a key, new or old. `name` must outlive the table.
  KeyId Intern(std::string_view name);
  std::optional<KeyId> Find(std::string_view name) const;
  std::string_view NameOf(KeyId key) const { return names_[key]; }
  std::size_t size() const { return names_.size(); }
  // Read by a condition or a variable of some policy.
  bool IsTested(KeyId key) const { return tested_[key]; }
  void MarkTested(KeyId key) { tested_[key] = true; }

 private:
  void Insert(KeyId key);
  std::size_t Probe(std::string_view name) const;  // slot of the key, or of the empty place for it
  std::vector<std::string_view> names_;
  std::vector<bool> tested_;
  std::vector<KeyId> slots_;  // open addressing, kEmpty where free
};

}  // namespace postern::authz
