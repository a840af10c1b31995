// The packed catalogue, as catalogue_pack writes it and Catalogue reads it. Every number is a
// little-endian 32-bit word unless said otherwise; nothing is aligned.
//
//   magic | format version | size of all | checksum (64 bits) | date | version | (offset, count)
//   per section sections
//
// A text is an offset into the strings section: a 16-bit length, then the bytes. A list is an index
// into the lists section: a count, then that many words. Names are sorted without regard to ASCII
// case.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace postern::policy::catalogue_format {

inline constexpr std::string_view kMagic = "postern\x1a";
inline constexpr std::uint32_t kVersion = 2;

enum class Section : std::uint32_t {
  kStrings,           // bytes
  kLists,             // words
  kServices,          // Service, sorted by name
  kActions,           // Action, sorted by service and name
  kResourceTypes,     // ResourceType, sorted by service and name
  kKeys,              // Key, sorted by name
  kEndpointServices,  // EndpointService, sorted by name
  kApis,              // Api, sorted by name (CompareApiNames)
  kOperations,        // Operation, sorted by owner and name
  kPermissions,       // Permission, in the order of the operations
};
inline constexpr std::uint32_t kSections = 10;

// Words of the header, behind the magic.
inline constexpr std::size_t kVersionAt = 8;
inline constexpr std::size_t kSizeAt = 12;
inline constexpr std::size_t kChecksumAt = 16;
inline constexpr std::size_t kDateAt = 24;
inline constexpr std::size_t kSourceVersionAt = 28;
inline constexpr std::size_t kTemplatesAt = 32;   // list: keys with a free part before the end
inline constexpr std::size_t kGlobalKeysAt = 36;  // list: keys
inline constexpr std::size_t kSectionsAt = 40;
inline constexpr std::size_t kHeaderSize = kSectionsAt + kSections * 8;

// The fields of a record, in words.
struct Service {
  enum : std::uint32_t {
    kName,
    kFlags,
    kFirstAction,
    kActionCount,
    kFirstResourceType,
    kResourceTypeCount,
    kKeys,  // list
    kFirstOperation,
    kOperationCount,
    kWords
  };
};
struct Action {
  enum : std::uint32_t {
    kName,
    kLevel,
    kResourceTypes,  // list
    kKeys,           // list
    kWords
  };
};
struct ResourceType {
  enum : std::uint32_t { kName, kArnTemplate, kWords };
};
struct Key {
  enum : std::uint32_t { kName, kType, kFlags, kWords };
};
struct EndpointService {
  enum : std::uint32_t {
    kName,
    kFlags,
    kPrefixes,  // list: services
    kWords
  };
};
// The operations are those that differ from the service's.
struct Api {
  enum : std::uint32_t {
    kName,
    kService,
    kFirstOperation,
    kOperationCount,
    kWords,
  };
};
struct Operation {
  enum : std::uint32_t { kName, kFirstPermission, kPermissionCount, kWords };
};
struct Permission {
  enum : std::uint32_t { kAction, kOn, kWhen, kWords };
};

// Flags of a service.
inline constexpr std::uint32_t kHeld = 1;
inline constexpr std::uint32_t kRcp = 2;
// Bit 8 + i: sends the i-th of these keys.
inline constexpr std::uint32_t kFirstEndpointKeyBit = 8;
inline constexpr std::string_view kEndpointKeys[] = {"aws:SourceVpcArn", "aws:VpceAccount",
                                                     "aws:VpceOrgID", "aws:VpceOrgPaths"};
// Flags of a key.
inline constexpr std::uint32_t kMultivalued = 1;
inline constexpr std::uint32_t kTail = 2;
inline constexpr std::uint32_t kGlobal = 4;
// Flags of an endpoint service.
inline constexpr std::uint32_t kGateway = 1;
inline constexpr std::uint32_t kInterface = 2;
inline constexpr std::uint32_t kPolicyYes = 4;
inline constexpr std::uint32_t kPolicyNo = 8;

constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// <0, 0, >0: the order of every sorted section.
constexpr int CompareIgnoringCase(std::string_view a, std::string_view b) {
  const std::size_t n = a.size() < b.size() ? a.size() : b.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (a[i] == b[i]) continue;
    const auto x = static_cast<unsigned char>(Lower(a[i]));
    const auto y = static_cast<unsigned char>(Lower(b[i]));
    if (x != y) return x < y ? -1 : 1;
  }
  return a.size() == b.size() ? 0 : (a.size() < b.size() ? -1 : 1);
}

// The same for names of APIs: `lex-runtime` and `LexRuntime` are one.
constexpr int CompareApiNames(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  for (;; ++i, ++j) {
    while (i < a.size() && a[i] == '-') ++i;
    while (j < b.size() && b[j] == '-') ++j;
    if (i == a.size() || j == b.size()) break;
    const auto x = static_cast<unsigned char>(Lower(a[i]));
    const auto y = static_cast<unsigned char>(Lower(b[j]));
    if (x != y) return x < y ? -1 : 1;
  }
  return (i < a.size() ? 1 : 0) - (j < b.size() ? 1 : 0);
}

// FNV-1a over everything but the checksum itself. Against damage, not against malice.
constexpr std::uint64_t Checksum(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i >= kChecksumAt && i < kChecksumAt + 8) continue;
    hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 0x100000001b3;
  }
  return hash;
}

}  // namespace postern::policy::catalogue_format
