// The values that typed condition operators compare (semantics S4.9 to S4.13). Each Parse answers
// "absent" for text that is not of the type; nothing allocates, nothing throws.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace postern::policy {

// A decimal number of any length, compared exactly (S4.10): [+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?
// A view: the text must outlive it.
class Decimal {
 public:
  static std::optional<Decimal> Parse(std::string_view text);
  // Numeric order: 3600.0 equals 3600, -0 equals 0. Linear in the digits, whatever the exponents.
  std::weak_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const { return (*this <=> other) == 0; }

 private:
  bool negative_ = false;
  bool zero_ = true;
  // The digits from the first that is not zero to the last that is not zero; the point inside them,
  // if any, is skipped on comparing.
  std::string_view digits_;
  // The number is 0.DIGITS * 10^(point + exponent). The exponent stays text: it may have any
  // length.
  std::int64_t point_ = 0;
  std::string_view exponent_;
  bool exponent_negative_ = false;

  // This exponent less the other one; exact where the points can still make up for it.
  std::int64_t ExponentLead(const Decimal& other) const;
};

// A point in time, nanosecond resolution (S4.11).
struct Instant {
  std::int64_t seconds = 0;  // since 1970-01-01T00:00:00Z
  std::uint32_t nanoseconds = 0;

  // All digits (optional fraction): Unix epoch seconds. Else W3C ISO 8601: YYYY-MM, YYYY-MM-DD,
  // YYYY-MM-DDThh:mmTZD, with seconds, with a fraction; TZD is Z, +hh:mm, or missing (UTC). A
  // fraction is cut at nanoseconds; an epoch of more than 18 digits is the far future.
  static std::optional<Instant> Parse(std::string_view text);
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

// "true" or "false" in any case (S4.12).
std::optional<bool> ParseBool(std::string_view text);

struct IpAddress {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};  // IPv4: the first four

  // IPv4: four decimal octets without leading zeros. IPv6: any RFC 4291 text form, no zone id.
  static std::optional<IpAddress> Parse(std::string_view text);
  bool IsMapped() const;       // ::ffff:a.b.c.d
  IpAddress Unmapped() const;  // a.b.c.d of such an address; any other stays as it is
  friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

// An address block; a bare address is a block of one (S4.13). Host bits are masked.
struct CidrBlock {
  IpAddress network;
  std::uint8_t prefix = 0;

  static std::optional<CidrBlock> Parse(std::string_view text);
  // Another family is never inside. ::ffff:a.b.c.d is IPv6 here (A15).
  bool Contains(const IpAddress& address) const;
  // Likewise for a block of mapped addresses.
  bool IsMapped() const;
  CidrBlock Unmapped() const;
};

// Canonical base64 with padding: two texts stand for the same bytes exactly if they are equal.
bool IsBase64(std::string_view text);

}  // namespace postern::policy
