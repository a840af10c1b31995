#pragma once

#include <array>
#include <optional>
#include <string>

// The values of the typed condition operators: S4.10 to S4.13. Nothing where a text is not of the
// type (S4.9).
namespace postern::reference {

// A decimal number of any size, exactly: 0.DIGITS times ten to the `exponent`.
struct Decimal {
  bool negative = false;
  std::string digits;  // neither begins nor ends with 0; empty for zero
  long long exponent = 0;
};
std::optional<Decimal> ReadDecimal(const std::string& text);
int Compare(const Decimal& a, const Decimal& b);  // less than, equal to or greater than 0

// Seconds since 1970 with nanosecond resolution.
std::optional<Decimal> ReadDate(const std::string& text);

std::optional<bool> ReadBool(const std::string& text);

struct Network {
  bool v6 = false;
  std::array<unsigned char, 16> bytes{};  // IPv4 in the first four
  int prefix = 0;
};
std::optional<Network> ReadAddress(const std::string& text);  // without a prefix
std::optional<Network> ReadNetwork(const std::string& text);  // with or without
bool Contains(const Network& network, const Network& address);

std::optional<std::string> ReadBase64(const std::string& text);

}  // namespace postern::reference
