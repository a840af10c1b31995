// Condition keys by number. Keys compare without case; the table holds the keys that some policy
// reads and the well-known ones that are derived, so that a request's other keys cost one probe
// each.
#pragma once

#include <cstdint>
#include <cstring>
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
  kDataAccessPointArn,
  kDataAccessPointAccount,
  kAccessPointNetworkOrigin,
  kWellKnownKeyCount,
};

class KeyTable {
 public:
  KeyTable();  // with the well-known keys

  // The number of a key, new or old. `name` must outlive the table.
  KeyId Intern(std::string_view name);
  std::optional<KeyId> Find(std::string_view name) const;
  // The same, where the key is probably `guess`, any number: then the name is compared once and not
  // looked up.
  std::optional<KeyId> Find(std::string_view name, KeyId guess) const {
    if (guess < names_.size() && SameSpelling(names_[guess], name)) return guess;
    return Find(name);
  }
  std::string_view NameOf(KeyId key) const { return names_[key]; }
  std::size_t size() const { return names_.size(); }
  // Read by a condition or a variable of some policy.
  bool IsTested(KeyId key) const { return tested_[key]; }
  void MarkTested(KeyId key) { tested_[key] = true; }
  // The keys sorted by name, without case; empty until all are there and SortNames was called.
  const std::vector<KeyId>& by_name() const { return by_name_; }
  void SortNames();

 private:
  // Without a call: names are short.
  static bool SameSpelling(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    if (a.size() < sizeof(std::uint64_t)) return a == b;
    const std::size_t last = a.size() - sizeof(std::uint64_t);
    std::uint64_t differ = Load(a.data() + last) ^ Load(b.data() + last);
    for (std::size_t at = 0; at < last; at += sizeof(std::uint64_t)) {
      differ |= Load(a.data() + at) ^ Load(b.data() + at);
    }
    return differ == 0;
  }
  static std::uint64_t Load(const char* at) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return word;
  }
  static bool IsSameKey(std::string_view a, std::string_view b);  // without case
  static std::uint64_t Hash(std::string_view name);

  // Open addressing. `tag` is a part of the hash: most other keys differ in it, so that they are
  // told apart without looking at a name.
  struct Place {
    std::uint32_t tag;
    KeyId key;  // kEmpty where free
  };
  static constexpr KeyId kEmpty = UINT32_MAX;

  void Insert(KeyId key);
  // The key, or kEmpty; `place` becomes where it is or belongs.
  KeyId Probe(std::string_view name, std::size_t& place, std::uint32_t& tag) const;
  std::vector<std::string_view> names_;
  std::vector<bool> tested_;
  std::vector<KeyId> by_name_;
  std::vector<Place> places_;
};

}  // namespace postern::authz
