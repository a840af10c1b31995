#include "policy/language/values.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

#include "policy/language/fold.h"

namespace postern::policy {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes the digits at the front of `text`.
std::string_view TakeDigits(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && IsDigit(text[n])) ++n;
  const std::string_view digits = text.substr(0, n);
  text.remove_prefix(n);
  return digits;
}

bool Take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

constexpr std::int64_t kHuge = std::int64_t{1} << 60;
// Far beyond the length of any text, and ten times as much still fits.
constexpr std::int64_t kFar = std::int64_t{1} << 56;

// A decimal integer of any length, held at kHuge.
std::int64_t ClampedInteger(std::string_view digits) {
  std::int64_t value = 0;
  for (char c : digits) value = value >= kHuge / 10 ? kHuge : value * 10 + (c - '0');
  return std::min(value, kHuge);
}

// Digit by digit, the decimal point skipped and zeros without end behind the last one.
class DigitReader {
 public:
  explicit DigitReader(std::string_view text) : text_(text) {}
  bool AtEnd() const { return at_ >= text_.size(); }
  int Next() {
    if (at_ < text_.size() && text_[at_] == '.') ++at_;
    return at_ < text_.size() ? text_[at_++] - '0' : 0;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  Decimal number;
  if (!Take(text, '+')) number.negative_ = Take(text, '-');
  const std::string_view mantissa = text;
  const std::string_view whole = TakeDigits(text);
  std::string_view fraction;
  const bool point = Take(text, '.');
  if (point) fraction = TakeDigits(text);
  if (whole.empty() && fraction.empty()) return std::nullopt;
  const std::size_t mantissa_size = mantissa.size() - text.size();
  if (Take(text, 'e') || Take(text, 'E')) {
    number.exponent_negative_ = !Take(text, '+') && Take(text, '-');
    number.exponent_ = TakeDigits(text);
    if (number.exponent_.empty()) return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;

  std::string_view digits = mantissa.substr(0, mantissa_size);
  const std::size_t first = digits.find_first_of("123456789");
  if (first == std::string_view::npos) {
    number.negative_ = false;
    return number;
  }
  number.zero_ = false;
  const std::size_t last = digits.find_last_of("123456789");
  number.digits_ = digits.substr(first, last - first + 1);
  const auto whole_size = static_cast<std::int64_t>(whole.size());
  const auto position = static_cast<std::int64_t>(first);
  number.point_ = position < whole_size ? whole_size - position : whole_size + 1 - position;
  return number;
}

std::int64_t Decimal::ExponentLead(const Decimal& other) const {
  const auto digit = [](const Decimal& number, std::size_t place) {
    const std::string_view digits = number.exponent_;
    const int value = place <= digits.size() ? digits[digits.size() - place] - '0' : 0;
    return number.exponent_negative_ ? -value : value;
  };
  std::int64_t lead = 0;
  for (std::size_t place = std::max(exponent_.size(), other.exponent_.size()); place > 0; --place) {
    // Once far from zero it stays there: the next digits take off less than the factor 10 adds.
    lead = std::clamp(lead * 10 + digit(*this, place) - digit(other, place), -kFar, kFar);
  }
  return lead;
}

std::weak_ordering Decimal::operator<=>(const Decimal& other) const {
  const int sign = zero_ ? 0 : negative_ ? -1 : 1;
  const int other_sign = other.zero_ ? 0 : other.negative_ ? -1 : 1;
  if (sign != other_sign || sign == 0) return sign <=> other_sign;
  std::weak_ordering order = ExponentLead(other) + point_ - other.point_ <=> 0;
  DigitReader a(digits_);
  DigitReader b(other.digits_);
  while (order == 0 && !(a.AtEnd() && b.AtEnd())) order = a.Next() <=> b.Next();
  return negative_ ? 0 <=> order : order;
}

namespace {

struct Calendar {
  int year = 0;
  int month = 1;
  int day = 1;
};

bool IsLeapYear(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysInMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[month - 1];
}

// Days from 1970-01-01, proleptic Gregorian calendar; the year is 0 to 9999.
std::int64_t DaysSinceEpoch(const Calendar& date) {
  // Years begin in March, so that the leap day is the last one.
  const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t shifted = year + 400;  // keeps the divisions positive
  const std::int64_t month = date.month <= 2 ? date.month + 9 : date.month - 3;
  const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  const std::int64_t days =
      shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + day_of_year;
  constexpr std::int64_t kEpoch = 719468 + 146097;  // 1970-01-01 in this count
  return days - kEpoch;
}

// Exactly `width` digits.
bool TakeNumber(std::string_view& text, std::size_t width, int& value) {
  if (text.size() < width) return false;
  value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (!IsDigit(text[i])) return false;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return true;
}

// The digits behind a decimal point, cut at nanoseconds.
std::uint32_t Nanoseconds(std::string_view digits) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    value = value * 10 + (i < digits.size() ? static_cast<std::uint32_t>(digits[i] - '0') : 0);
  }
  return value;
}

std::optional<Instant> ParseEpoch(std::string_view text) {
  const std::string_view seconds = TakeDigits(text);
  if (seconds.empty()) return std::nullopt;
  Instant instant{ClampedInteger(seconds), 0};
  if (Take(text, '.')) {
    const std::string_view fraction = TakeDigits(text);
    if (fraction.empty()) return std::nullopt;
    instant.nanoseconds = Nanoseconds(fraction);
  }
  if (!text.empty()) return std::nullopt;
  return instant;
}

// "Z", "+hh:mm", "-hh:mm", or nothing: UTC.
bool TakeZone(std::string_view& text, int& offset_minutes) {
  offset_minutes = 0;
  if (text.empty() || Take(text, 'Z')) return true;
  const bool plus = Take(text, '+');
  if (!plus && !Take(text, '-')) return false;
  int hours = 0;
  int minutes = 0;
  if (!TakeNumber(text, 2, hours) || !Take(text, ':') || !TakeNumber(text, 2, minutes) ||
      hours > 23 || minutes > 59) {
    return false;
  }
  offset_minutes = (plus ? 1 : -1) * (hours * 60 + minutes);
  return true;
}

}  // namespace

std::optional<Instant> Instant::Parse(std::string_view text) {
  if (const auto epoch = ParseEpoch(text)) return epoch;
  Calendar date;
  if (!TakeNumber(text, 4, date.year) || !Take(text, '-') || !TakeNumber(text, 2, date.month) ||
      date.month < 1 || date.month > 12) {
    return std::nullopt;
  }
  const bool has_day = Take(text, '-');
  if (has_day && (!TakeNumber(text, 2, date.day) || date.day < 1 ||
                  date.day > DaysInMonth(date.year, date.month))) {
    return std::nullopt;
  }
  Instant instant{DaysSinceEpoch(date) * 86400, 0};
  if (text.empty()) return instant;
  if (!has_day) return std::nullopt;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!Take(text, 'T') || !TakeNumber(text, 2, hour) || !Take(text, ':') ||
      !TakeNumber(text, 2, minute) || hour > 23 || minute > 59) {
    return std::nullopt;
  }
  if (Take(text, ':')) {
    if (!TakeNumber(text, 2, second) || second > 59) return std::nullopt;
    if (Take(text, '.')) {
      const std::string_view fraction = TakeDigits(text);
      if (fraction.empty()) return std::nullopt;
      instant.nanoseconds = Nanoseconds(fraction);
    }
  }
  int offset = 0;
  if (!TakeZone(text, offset) || !text.empty()) return std::nullopt;
  instant.seconds += hour * 3600 + minute * 60 + second - offset * 60;
  return instant;
}

std::optional<bool> ParseBool(std::string_view text) {
  if (EqualsIgnoreAsciiCase(text, "true")) return true;
  if (EqualsIgnoreAsciiCase(text, "false")) return false;
  return std::nullopt;
}

namespace {

bool ParseIpv4(std::string_view text, std::uint8_t* bytes) {
  for (int i = 0; i < 4; ++i) {
    if (i > 0 && !Take(text, '.')) return false;
    const std::string_view digits = TakeDigits(text);
    if (digits.empty() || digits.size() > 3 || (digits.size() > 1 && digits[0] == '0'))
      return false;
    const std::int64_t value = ClampedInteger(digits);
    if (value > 255) return false;
    bytes[i] = static_cast<std::uint8_t>(value);
  }
  return text.empty();
}

// One group of an IPv6 address: one to four hexadecimal digits.
bool TakeGroup(std::string_view& text, std::uint16_t& group) {
  const std::size_t size = std::min<std::size_t>(text.size(), 4);
  const char* const begin = text.data();
  const auto [end, error] = std::from_chars(begin, begin + size, group, 16);
  if (error != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - begin));
  return true;
}

bool ParseIpv6(std::string_view text, std::array<std::uint8_t, 16>& bytes) {
  bytes.fill(0);
  std::size_t filled = 0;      // bytes
  std::size_t gap = SIZE_MAX;  // where `::` stands
  if (text.starts_with("::")) {
    gap = 0;
    text.remove_prefix(2);
  }
  while (!text.empty()) {
    if (filled == 16) return false;
    std::string_view rest = text;
    std::uint16_t group = 0;
    if (!TakeGroup(rest, group)) return false;
    if (!rest.empty() && rest.front() == '.') {
      // The last four bytes written as an IPv4 address.
      if (filled > 12 || !ParseIpv4(text, &bytes[filled])) return false;
      filled += 4;
      break;
    }
    bytes[filled++] = static_cast<std::uint8_t>(group >> 8);
    bytes[filled++] = static_cast<std::uint8_t>(group & 0xFF);
    text = rest;
    if (text.empty()) break;
    if (!Take(text, ':')) return false;
    if (Take(text, ':')) {
      if (gap != SIZE_MAX) return false;
      gap = filled;
    } else if (text.empty()) {
      return false;
    }
  }
  if (gap == SIZE_MAX) return filled == 16;
  if (filled > 14) return false;  // `::` stands for at least one group
  std::copy_backward(bytes.begin() + static_cast<std::ptrdiff_t>(gap),
                     bytes.begin() + static_cast<std::ptrdiff_t>(filled), bytes.end());
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(gap),
            bytes.end() - static_cast<std::ptrdiff_t>(filled - gap), std::uint8_t{0});
  return true;
}

}  // namespace

std::optional<IpAddress> IpAddress::Parse(std::string_view text) {
  IpAddress address;
  if (text.find(':') == std::string_view::npos) {
    if (!ParseIpv4(text, address.bytes.data())) return std::nullopt;
    return address;
  }
  address.v6 = true;
  if (!ParseIpv6(text, address.bytes)) return std::nullopt;
  return address;
}

std::optional<CidrBlock> CidrBlock::Parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = IpAddress::Parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  CidrBlock block{*address, static_cast<std::uint8_t>(address->v6 ? 128 : 32)};
  if (slash != std::string_view::npos) {
    std::string_view digits = text.substr(slash + 1);
    const std::string_view prefix = TakeDigits(digits);
    if (!digits.empty() || prefix.empty() || prefix.size() > 3 ||
        (prefix.size() > 1 && prefix[0] == '0')) {
      return std::nullopt;
    }
    const std::int64_t bits = ClampedInteger(prefix);
    if (bits > block.prefix) return std::nullopt;
    block.prefix = static_cast<std::uint8_t>(bits);
  }
  for (std::size_t i = 0; i < block.network.bytes.size(); ++i) {
    const int kept = std::clamp(int{block.prefix} - static_cast<int>(i) * 8, 0, 8);
    block.network.bytes[i] = static_cast<std::uint8_t>(block.network.bytes[i] & (0xFF00 >> kept));
  }
  return block;
}

bool CidrBlock::Contains(const IpAddress& address) const {
  if (address.v6 != network.v6) return false;
  const std::size_t whole = prefix / 8;
  if (std::memcmp(address.bytes.data(), network.bytes.data(), whole) != 0) return false;
  if (prefix % 8 == 0) return true;
  const int mask = 0xFF00 >> (prefix % 8);
  return (address.bytes[whole] & mask & 0xFF) == network.bytes[whole];
}

bool IpAddress::IsMapped() const {
  constexpr std::array<std::uint8_t, 12> kPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  return v6 && std::equal(kPrefix.begin(), kPrefix.end(), bytes.begin());
}

IpAddress IpAddress::Unmapped() const {
  if (!IsMapped()) return *this;
  IpAddress address;
  std::copy(bytes.begin() + 12, bytes.end(), address.bytes.begin());
  return address;
}

bool CidrBlock::IsMapped() const { return network.IsMapped() && prefix >= 96; }

CidrBlock CidrBlock::Unmapped() const {
  if (!IsMapped()) return *this;
  return {network.Unmapped(), static_cast<std::uint8_t>(prefix - 96)};
}

bool IsBase64(std::string_view text) {
  if (text.size() % 4 != 0) return false;
  const auto value = [](char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (IsDigit(c)) return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
  };
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  const std::string_view digits = text.substr(0, text.size() - padding);
  if (!std::all_of(digits.begin(), digits.end(), [&](char c) { return value(c) >= 0; }))
    return false;
  if (padding == 0) return true;
  // Canonical: the bits that no byte uses are zero.
  return (value(digits.back()) & (padding == 1 ? 0x3 : 0xF)) == 0;
}

}  // namespace postern::policy
