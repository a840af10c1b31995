#include "tests/reference/values.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "tests/reference/patterns.h"

namespace postern::reference {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

// Takes the digits at the front of `text`.
std::string TakeDigits(std::string_view& text) {
  size_t length = 0;
  while (length < text.size() && IsDigit(text[length])) ++length;
  std::string digits(text.substr(0, length));
  text.remove_prefix(length);
  return digits;
}

bool Take(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

// An exponent beyond all numbers that fit into a policy stands for every larger one.
long long ReadExponent(std::string digits) {
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.size() > 15) return 1'000'000'000'000'000;
  return digits.empty() ? 0 : std::stoll(digits);
}

Decimal Normalise(bool negative, const std::string& whole, const std::string& fraction,
                  long long exponent) {
  Decimal result;
  std::string digits = whole + fraction;
  const size_t zeros = std::min(digits.find_first_not_of('0'), digits.size());
  digits.erase(0, zeros);
  while (!digits.empty() && digits.back() == '0') digits.pop_back();
  if (digits.empty()) return result;
  result.negative = negative;
  result.digits = digits;
  result.exponent = exponent + static_cast<long long>(whole.size()) - static_cast<long long>(zeros);
  return result;
}

int CompareMagnitude(const Decimal& a, const Decimal& b) {
  if (a.exponent != b.exponent) return a.exponent < b.exponent ? -1 : 1;
  return a.digits.compare(b.digits);
}

// A whole number of `length` digits between two bounds.
std::optional<int> TakeNumber(std::string_view& text, size_t length, int least, int most) {
  if (text.size() < length || !IsDigits(text.substr(0, length))) return std::nullopt;
  const int number = std::stoi(std::string(text.substr(0, length)));
  text.remove_prefix(length);
  if (number < least || number > most) return std::nullopt;
  return number;
}

bool IsLeapYear(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysInMonth(int year, int month) {
  static const int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[month - 1];
}

// Days from 1970-01-01, counted year by year and month by month.
long long DaysSinceEpoch(int year, int month, int day) {
  long long days = 0;
  for (int y = 1970; y < year; ++y) days += IsLeapYear(y) ? 366 : 365;
  for (int y = year; y < 1970; ++y) days -= IsLeapYear(y) ? 366 : 365;
  for (int m = 1; m < month; ++m) days += DaysInMonth(year, m);
  return days + day - 1;
}

Decimal FromSeconds(long long seconds, const std::string& nanoseconds) {
  const bool has_fraction = nanoseconds.find_first_not_of('0') != std::string::npos;
  if (seconds >= 0) return Normalise(false, std::to_string(seconds), nanoseconds, 0);
  if (!has_fraction) return Normalise(true, std::to_string(-seconds), "", 0);
  // -5 s + 0.3 s is -(4 s + 0.7 s)
  const std::string rest = std::to_string(1'000'000'000 - std::stoll(nanoseconds));
  return Normalise(true, std::to_string(-seconds - 1), std::string(9 - rest.size(), '0') + rest, 0);
}

std::string Nanoseconds(std::string fraction) {
  fraction.resize(9, '0');
  return fraction;
}

// `Z`, `+hh:mm`, `-hh:mm` or nothing: minutes east of Greenwich.
std::optional<int> ReadZone(std::string_view text) {
  if (text.empty() || text == "Z") return 0;
  const bool west = text[0] == '-';
  if (!Take(text, '+') && !Take(text, '-')) return std::nullopt;
  const auto hours = TakeNumber(text, 2, 0, 23);
  if (!hours || !Take(text, ':')) return std::nullopt;
  const auto minutes = TakeNumber(text, 2, 0, 59);
  if (!minutes || !text.empty()) return std::nullopt;
  const int total = *hours * 60 + *minutes;
  return west ? -total : total;
}

struct Clock {
  long long seconds = 0;
  std::string nanoseconds = "000000000";
};

// hh:mm[:ss[.s+]] and the zone.
std::optional<Clock> ReadClock(std::string_view text) {
  Clock clock;
  const auto hours = TakeNumber(text, 2, 0, 23);
  if (!hours || !Take(text, ':')) return std::nullopt;
  const auto minutes = TakeNumber(text, 2, 0, 59);
  if (!minutes) return std::nullopt;
  clock.seconds = *hours * 3600LL + *minutes * 60LL;
  if (Take(text, ':')) {
    const auto seconds = TakeNumber(text, 2, 0, 59);
    if (!seconds) return std::nullopt;
    clock.seconds += *seconds;
    if (Take(text, '.')) {
      const std::string fraction = TakeDigits(text);
      if (fraction.empty()) return std::nullopt;
      clock.nanoseconds = Nanoseconds(fraction);
    }
  }
  const auto zone = ReadZone(text);
  if (!zone) return std::nullopt;
  clock.seconds -= *zone * 60LL;
  return clock;
}

std::vector<std::string> SplitAt(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::optional<std::vector<unsigned char>> ReadV4(const std::string& text) {
  std::vector<unsigned char> bytes;
  for (const std::string& octet : SplitAt(text, '.')) {
    const bool leading_zero = octet.size() > 1 && octet[0] == '0';
    if (!IsDigits(octet) || octet.size() > 3 || leading_zero || std::stoi(octet) > 255) {
      return std::nullopt;
    }
    bytes.push_back(static_cast<unsigned char>(std::stoi(octet)));
  }
  if (bytes.size() != 4) return std::nullopt;
  return bytes;
}

// Groups of a stretch of an IPv6 address without `::`; the last may be an IPv4 address.
std::optional<std::vector<unsigned char>> ReadGroups(const std::string& text, bool may_end_in_v4) {
  std::vector<unsigned char> bytes;
  if (text.empty()) return bytes;
  const std::vector<std::string> groups = SplitAt(text, ':');
  for (size_t i = 0; i < groups.size(); ++i) {
    const std::string& group = groups[i];
    if (may_end_in_v4 && i + 1 == groups.size() && group.find('.') != std::string::npos) {
      const auto v4 = ReadV4(group);
      if (!v4) return std::nullopt;
      bytes.insert(bytes.end(), v4->begin(), v4->end());
      continue;
    }
    const bool hex = group.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    if (group.empty() || group.size() > 4 || !hex) return std::nullopt;
    const int number = std::stoi(group, nullptr, 16);
    bytes.push_back(static_cast<unsigned char>(number >> 8));
    bytes.push_back(static_cast<unsigned char>(number & 0xFF));
  }
  return bytes;
}

// RFC 4291, section 2.2
std::optional<std::vector<unsigned char>> ReadV6(const std::string& text) {
  const size_t gap = text.find("::");
  if (gap == std::string::npos) {
    auto bytes = ReadGroups(text, true);
    if (!bytes || bytes->size() != 16) return std::nullopt;
    return bytes;
  }
  const auto before = ReadGroups(text.substr(0, gap), false);
  const auto after = ReadGroups(text.substr(gap + 2), true);
  // `::` stands for one group of zeros or more.
  if (!before || !after || before->size() + after->size() > 14) return std::nullopt;
  std::vector<unsigned char> bytes = *before;
  bytes.resize(16 - after->size());
  bytes.insert(bytes.end(), after->begin(), after->end());
  return bytes;
}

}  // namespace

// S4.10: [+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?
std::optional<Decimal> ReadDecimal(const std::string& text) {
  std::string_view rest = text;
  const bool negative = Take(rest, '-');
  if (!negative) Take(rest, '+');
  const std::string whole = TakeDigits(rest);
  std::string fraction;
  if (Take(rest, '.')) fraction = TakeDigits(rest);
  if (whole.empty() && fraction.empty()) return std::nullopt;
  long long exponent = 0;
  if (Take(rest, 'e') || Take(rest, 'E')) {
    const bool down = Take(rest, '-');
    if (!down) Take(rest, '+');
    const std::string digits = TakeDigits(rest);
    if (digits.empty()) return std::nullopt;
    exponent = ReadExponent(digits);
    if (down) exponent = -exponent;
  }
  if (!rest.empty()) return std::nullopt;
  return Normalise(negative, whole, fraction, exponent);
}

int Compare(const Decimal& a, const Decimal& b) {
  const int sign_a = a.digits.empty() ? 0 : a.negative ? -1 : 1;
  const int sign_b = b.digits.empty() ? 0 : b.negative ? -1 : 1;
  if (sign_a != sign_b) return sign_a < sign_b ? -1 : 1;
  if (sign_a == 0) return 0;
  return sign_a * CompareMagnitude(a, b);
}

// S4.11
std::optional<Decimal> ReadDate(const std::string& text) {
  std::string_view rest = text;
  const std::string whole = TakeDigits(rest);
  if (!whole.empty() && rest.empty()) return Normalise(false, whole, "", 0);
  if (!whole.empty() && rest[0] == '.' && IsDigits(rest.substr(1))) {
    return Normalise(false, whole, Nanoseconds(std::string(rest.substr(1))), 0);
  }
  rest = text;
  const auto year = TakeNumber(rest, 4, 0, 9999);
  if (!year || !Take(rest, '-')) return std::nullopt;
  const auto month = TakeNumber(rest, 2, 1, 12);
  if (!month) return std::nullopt;
  if (rest.empty()) return FromSeconds(DaysSinceEpoch(*year, *month, 1) * 86400, "");
  if (!Take(rest, '-')) return std::nullopt;
  const auto day = TakeNumber(rest, 2, 1, DaysInMonth(*year, *month));
  if (!day) return std::nullopt;
  const long long midnight = DaysSinceEpoch(*year, *month, *day) * 86400;
  if (rest.empty()) return FromSeconds(midnight, "");
  if (!Take(rest, 'T')) return std::nullopt;
  const auto clock = ReadClock(rest);
  if (!clock) return std::nullopt;
  return FromSeconds(midnight + clock->seconds, clock->nanoseconds);
}

// S4.12
std::optional<bool> ReadBool(const std::string& text) {
  const std::string lower = LowerText(text);
  if (lower == "true") return true;
  if (lower == "false") return false;
  return std::nullopt;
}

// S4.13
std::optional<Network> ReadAddress(const std::string& text) {
  Network address;
  address.v6 = text.find(':') != std::string::npos;
  const auto bytes = address.v6 ? ReadV6(text) : ReadV4(text);
  if (!bytes) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), address.bytes.begin());
  address.prefix = address.v6 ? 128 : 32;
  return address;
}

std::optional<Network> ReadNetwork(const std::string& text) {
  const size_t slash = text.find('/');
  auto network = ReadAddress(text.substr(0, slash));
  if (!network || slash == std::string::npos) return network;
  const std::string prefix = text.substr(slash + 1);
  if (!IsDigits(prefix) || prefix.size() > 3) return std::nullopt;
  if (prefix.size() > 1 && prefix[0] == '0') return std::nullopt;
  if (std::stoi(prefix) > network->prefix) return std::nullopt;
  network->prefix = std::stoi(prefix);
  return network;
}

bool Contains(const Network& network, const Network& address) {
  if (network.v6 != address.v6) return false;
  for (int bit = 0; bit < network.prefix; ++bit) {
    const auto byte = static_cast<size_t>(bit / 8);
    const int mask = 0x80 >> (bit % 8);
    if ((network.bytes[byte] & mask) != (address.bytes[byte] & mask)) return false;
  }
  return true;
}

std::optional<std::string> ReadBase64(const std::string& text) {
  static const std::string kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) return std::nullopt;
  const size_t padding = text.empty() ? 0 : text.size() - 1 - text.find_last_not_of('=');
  if (padding > 2) return std::nullopt;
  std::string bytes;
  unsigned bits = 0;
  int held = 0;
  for (const char c : text.substr(0, text.size() - padding)) {
    const size_t value = kAlphabet.find(c);
    if (value == std::string::npos) return std::nullopt;
    bits = ((bits << 6) | static_cast<unsigned>(value)) & 0xFFFFU;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes += static_cast<char>((bits >> held) & 0xFFU);
    }
  }
  if ((bits & ((1U << held) - 1U)) != 0) return std::nullopt;  // not canonical (S4.2)
  return bytes;
}

}  // namespace postern::reference
