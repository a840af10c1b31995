#include "authz/key_table.h"

#include <array>
#include <bit>
#include <cstring>

#include "policy/language/fold.h"

namespace postern::authz {
namespace {

constexpr KeyId kEmpty = UINT32_MAX;

constexpr std::array<std::string_view, kWellKnownKeyCount> kWellKnownNames = {
    "aws:PrincipalArn",
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalType",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalServiceName",
    "aws:userid",
    "aws:username",
    "aws:SourceIp",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "aws:VpcSourceIp",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "s3:ResourceAccount",
    "aws:RequestedRegion",
    "aws:ViaAWSService",
    "aws:SecureTransport",
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
};

// Case is folded by setting bit 5 of every byte: equal keys stay equal, and the few that become
// equal by it are told apart by the comparison.
std::uint64_t Hash(std::string_view name) {
  constexpr std::uint64_t kFold = 0x2020202020202020;
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  std::uint64_t hash = name.size() * kMultiplier;
  const char* at = name.data();
  std::size_t left = name.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    hash = std::rotl((hash ^ (word | kFold)) * kMultiplier, 29);
  }
  std::uint64_t word = 0;
  if (left > 0) std::memcpy(&word, at, left);
  hash = (hash ^ (word | kFold)) * kMultiplier;
  return hash ^ (hash >> 32);
}

}  // namespace

KeyTable::KeyTable() : slots_(128, kEmpty) {
  for (std::string_view name : kWellKnownNames) Intern(name);
}

std::size_t KeyTable::Probe(std::string_view name) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = Hash(name) & mask;
  while (slots_[slot] != kEmpty && !policy::EqualsIgnoreAsciiCase(names_[slots_[slot]], name)) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::optional<KeyId> KeyTable::Find(std::string_view name) const {
  const KeyId key = slots_[Probe(name)];
  if (key == kEmpty) return std::nullopt;
  return key;
}

KeyId KeyTable::Intern(std::string_view name) {
  if (const auto known = Find(name)) return *known;
  names_.push_back(name);
  tested_.push_back(false);
  const auto key = static_cast<KeyId>(names_.size() - 1);
  if (names_.size() * 4 > slots_.size()) {
    slots_.assign(slots_.size() * 2, kEmpty);
    for (KeyId each = 0; each <= key; ++each) Insert(each);
  } else {
    Insert(key);
  }
  return key;
}

void KeyTable::Insert(KeyId key) { slots_[Probe(names_[key])] = key; }

}  // namespace postern::authz
