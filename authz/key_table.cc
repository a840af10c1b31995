#include "authz/key_table.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "policy/language/fold.h"

namespace postern::authz {
namespace {

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
    "s3:DataAccessPointArn",
    "s3:DataAccessPointAccount",
    "s3:AccessPointNetworkOrigin",
};

__extension__ using Wide = unsigned __int128;

}  // namespace

// Case is folded by setting bit 5 of every byte: equal keys stay equal, and the few that become
// equal by it are told apart by the comparison. Sixteen bytes a step, the last step overlapping, so
// that the steps do not wait for each other.
std::uint64_t KeyTable::Hash(std::string_view name) {
  constexpr std::uint64_t kFold = 0x2020202020202020;
  constexpr std::uint64_t kSeed = 0x9E3779B97F4A7C15;
  constexpr std::uint64_t kStep = 0xD6E8FEB86659FD93;
  const auto mix = [](std::uint64_t a, std::uint64_t b) {
    const Wide product = Wide{a} * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  const char* const data = name.data();
  const std::size_t size = name.size();
  if (size < 8) {
    std::uint64_t word = 0;
    for (const char c : name) word = word << 8 | static_cast<unsigned char>(c);
    return mix((word | kFold) ^ kSeed, size ^ kStep);
  }
  if (size < 16)
    return mix((Load(data) | kFold) ^ kSeed, (Load(data + size - 8) | kFold) ^ kStep ^ size);
  std::uint64_t hash = size;
  std::uint64_t seed = kSeed;
  for (std::size_t at = 0; at + 16 < size; at += 16) {
    hash ^= mix((Load(data + at) | kFold) ^ seed, (Load(data + at + 8) | kFold) ^ kStep);
    seed += kStep;
  }
  return hash ^
         mix((Load(data + size - 16) | kFold) ^ seed, (Load(data + size - 8) | kFold) ^ kStep);
}

KeyTable::KeyTable() : places_(128, Place{0, kEmpty}) {
  for (std::string_view name : kWellKnownNames) Intern(name);
}

bool KeyTable::IsSameKey(std::string_view a, std::string_view b) {
  return SameSpelling(a, b) || policy::EqualsIgnoreAsciiCase(a, b);
}

KeyId KeyTable::Probe(std::string_view name, std::size_t& place, std::uint32_t& tag) const {
  const std::uint64_t hash = Hash(name);
  const std::size_t mask = places_.size() - 1;
  tag = static_cast<std::uint32_t>(hash >> 32);
  for (place = hash & mask;; place = (place + 1) & mask) {
    const Place& found = places_[place];
    if (found.key == kEmpty || (found.tag == tag && IsSameKey(names_[found.key], name))) {
      return found.key;
    }
  }
}

std::optional<KeyId> KeyTable::Find(std::string_view name) const {
  std::size_t place;
  std::uint32_t tag;
  const KeyId key = Probe(name, place, tag);
  if (key == kEmpty) return std::nullopt;
  return key;
}

KeyId KeyTable::Intern(std::string_view name) {
  if (const auto known = Find(name)) return *known;
  names_.push_back(name);
  tested_.push_back(false);
  const auto key = static_cast<KeyId>(names_.size() - 1);
  if (names_.size() * 4 > places_.size()) {
    places_.assign(places_.size() * 2, Place{0, kEmpty});
    for (KeyId each = 0; each <= key; ++each) Insert(each);
  } else {
    Insert(key);
  }
  return key;
}

void KeyTable::SortNames() {
  by_name_.resize(names_.size());
  std::iota(by_name_.begin(), by_name_.end(), KeyId{0});
  std::ranges::sort(by_name_, policy::LessIgnoreAsciiCase,
                    [this](KeyId key) { return names_[key]; });
}

void KeyTable::Insert(KeyId key) {
  std::size_t place;
  std::uint32_t tag;
  Probe(names_[key], place, tag);
  places_[place] = {tag, key};
}

}  // namespace postern::authz
