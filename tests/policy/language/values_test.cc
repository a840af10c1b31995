#include "policy/language/values.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <string>
#include <vector>

namespace postern::policy {

TEST_CASE("decimals are read whole or not at all") {
  for (const char* good : {"0", "10", "+1", "-1", "1.", ".5", "1.50", "1e3", "1E-3", "-0.0e+10"}) {
    CAPTURE(good);
    CHECK(Decimal::Parse(good));
  }
  for (const char* bad : {"", "+", ".", "10abc", " 1", "1 ", "1e", "0x10", "1,5", "--1", "1e1.5"}) {
    CAPTURE(bad);
    CHECK_FALSE(Decimal::Parse(bad));
  }
}

TEST_CASE("decimals compare as numbers, whatever their spelling") {
  const std::vector<std::vector<const char*>> ascending = {
      {"-1e999999999999999999999"},
      {"-1e999999999999999999998", "-10e999999999999999999997", "-0.1e+0999999999999999999999"},
      {"-10", "-1e1", "-10.0"},
      {"-9.99"},
      {"0", "-0", "0.000", "0e5", "-0e99999999999999999999"},
      {"1e-1000000000000000000000"},
      {"1e-999999999999999999999", "0.01e-999999999999999999997"},
      {"0.05", ".05", "5e-2", "50e-3"},
      {"0.5", ".50"},
      {"9.9"},
      {"10", "1e1", "10.", "0010", "1000e-2"},
      {"3600", "3600.0"},
      {"9007199254740992"},
      {"9007199254740993", "9007199254740993.0"},
      {"1e999999999999999999999", "0.001e1000000000000000000002"},
  };
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      for (const char* a : ascending[i]) {
        for (const char* b : ascending[j]) {
          CAPTURE(a);
          CAPTURE(b);
          CHECK((*Decimal::Parse(a) <=> *Decimal::Parse(b)) ==
                (i < j   ? std::weak_ordering::less
                 : i > j ? std::weak_ordering::greater
                         : std::weak_ordering::equivalent));
        }
      }
    }
  }
}

TEST_CASE("small decimals compare as doubles do") {
  std::vector<std::string> texts;
  for (int mantissa = -25; mantissa <= 25; ++mantissa) {
    for (int exponent = -2; exponent <= 2; ++exponent) {
      texts.push_back(std::to_string(mantissa) + "e" + std::to_string(exponent));
    }
  }
  for (const auto& a : texts) {
    for (const auto& b : texts) {
      const auto wanted = std::stod(a) <=> std::stod(b);
      const auto got = *Decimal::Parse(a) <=> *Decimal::Parse(b);
      if ((wanted < 0) != (got < 0) || (wanted > 0) != (got > 0)) FAIL_CHECK(a << " and " << b);
    }
  }
}

TEST_CASE("instants: epoch seconds and ISO 8601, and nothing else") {
  struct Row {
    const char* text;
    long long seconds;
    unsigned nanoseconds;
  };
  const std::vector<Row> good = {
      {"0", 0, 0},
      {"2024", 2024, 0},  // seconds, not a year
      {"1700000000.25", 1700000000, 250000000},
      {"1970-01", 0, 0},
      {"1970-01-02", 86400, 0},
      {"2020-01-01T00:00:00Z", 1577836800, 0},
      {"2020-01-01T00:00Z", 1577836800, 0},
      {"2020-01-01T00:00:00", 1577836800, 0},
      {"2020-01-01T01:30:00+01:30", 1577836800, 0},
      {"2019-12-31T19:00:00-05:00", 1577836800, 0},
      {"2020-01-01T00:00:00.123456789999Z", 1577836800, 123456789},
      {"2020-02-29", 1582934400, 0},
      {"2000-02-29", 951782400, 0},
      {"1969-12-31T23:59:59Z", -1, 0},
      {"0000-03-01", -62162035200, 0},
      {"9999-12-31", 253402214400, 0},
  };
  for (const Row& row : good) {
    CAPTURE(row.text);
    const auto instant = Instant::Parse(row.text);
    REQUIRE(instant);
    CHECK(instant->seconds == row.seconds);
    CHECK(instant->nanoseconds == row.nanoseconds);
  }
  for (const char* bad : {"",
                          "now",
                          "2020-13",
                          "2020-00",
                          "2019-02-29",
                          "1900-02-29",
                          "2020-1-1",
                          "2020-01-32",
                          "20-01-01",
                          "2020-01T00:00Z",
                          "2020-01T00:00",
                          "2020-01Z",
                          "2020-01-01T10Z",
                          "2020-01-01t00:00Z",
                          "2020-01-01T",
                          "2020-01-01T24:00Z",
                          "2020-01-01T00:60Z",
                          "2020-01-01T00:00:60Z",
                          "2020-01-01 00:00:00",
                          "2020-01-01T00:00:00+1",
                          "2020-01-01T00:00:00+0a:00",
                          "2020-01-01T00:00:00+0100",
                          "2020-01-01T00:00:00-01:6",
                          "2020-01-01T00:00:00+24:00",
                          "2020-01-01T00:00:00+01:60",
                          "2020-01-01T00:00:00.Z",
                          "-1",
                          "1.",
                          "Wed, 01 Jan 2020 00:00:00 GMT",
                          "2020-01-01Z",
                          "2020-01-01T00:00:00Zjunk"}) {
    CAPTURE(bad);
    CHECK_FALSE(Instant::Parse(bad));
  }
}

TEST_CASE("a number of a megabyte compares in linear time") {
  const std::string nines(1 << 20, '9');
  const std::string more = nines + "1";
  const std::string small = "0." + std::string(1 << 20, '0') + "1";
  CHECK(*Decimal::Parse(nines) < *Decimal::Parse(more));
  CHECK(*Decimal::Parse(small) > *Decimal::Parse("0"));
  CHECK(*Decimal::Parse(small) == *Decimal::Parse("1e-1048577"));
  const std::string exponent = "1e" + nines;
  const std::string larger = "1e" + more;
  CHECK(*Decimal::Parse(exponent) < *Decimal::Parse(larger));
}

TEST_CASE("an epoch too large for a clock is later than every date") {
  CHECK(*Instant::Parse(std::string(400, '9')) > *Instant::Parse("9999-12-31T23:59:59Z"));
  CHECK(*Instant::Parse("000000000000000000000000000001") == *Instant::Parse("1"));
}

TEST_CASE("booleans are true or false in any case") {
  CHECK(ParseBool("TRUE") == true);
  CHECK(ParseBool("False") == false);
  for (const char* bad : {"", "yes", "1", "true "}) CHECK_FALSE(ParseBool(bad).has_value());
}

TEST_CASE("addresses of both families, in every text form") {
  const auto same = [](const char* a, const char* b) {
    const auto x = IpAddress::Parse(a);
    const auto y = IpAddress::Parse(b);
    return x && y && *x == *y;
  };
  CHECK(same("2001:db8::1", "2001:0DB8:0:0:0:0:0:1"));
  CHECK(same("::", "0:0:0:0:0:0:0:0"));
  CHECK(same("1::", "1:0:0:0:0:0:0:0"));
  CHECK(same("::ffff:1.2.3.4", "::ffff:102:304"));
  CHECK(same("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"));
  CHECK(same("1:2::7:8", "1:2:0:0:0:0:7:8"));
  CHECK_FALSE(same("::ffff:1.2.3.4", "1.2.3.4"));
  for (const char* bad : {"",
                          "1.2.3",
                          "1.2.3.4.5",
                          "256.1.1.1",
                          "01.2.3.4",
                          "1.2.3.04",
                          "1.2.3.4 ",
                          "a.b.c.d",
                          ":",
                          ":::",
                          "1::2::3",
                          "1:2:3:4:5:6:7",
                          "1:2:3:4:5:6:7:8:9",
                          "1:2:3:4:5:6:7:8::",
                          "12345::",
                          "g::",
                          "fe80::1%eth0",
                          "1:2:3:4:5:6:7:1.2.3.4",
                          "::1.2.3",
                          "1:",
                          ":1",
                          "1:2:3:4:5:6:7:"}) {
    CAPTURE(bad);
    CHECK_FALSE(IpAddress::Parse(bad));
  }
}

TEST_CASE("blocks mask their host bits and hold only their own family") {
  const auto holds = [](const char* block, const char* address) {
    const auto parsed = CidrBlock::Parse(block);
    REQUIRE(parsed);
    return parsed->Contains(*IpAddress::Parse(address));
  };
  CHECK(holds("203.0.113.77/24", "203.0.113.1"));
  CHECK_FALSE(holds("203.0.113.77/24", "203.0.114.1"));
  CHECK(holds("0.0.0.0/0", "255.255.255.255"));
  CHECK_FALSE(holds("0.0.0.0/0", "::1"));
  CHECK(holds("10.0.0.7", "10.0.0.7"));
  CHECK_FALSE(holds("10.0.0.7", "10.0.0.6"));
  CHECK(holds("10.0.0.0/9", "10.127.0.1"));
  CHECK_FALSE(holds("10.0.0.0/9", "10.128.0.1"));
  CHECK(holds("2001:db8::/32", "2001:db8:ffff::9"));
  CHECK_FALSE(holds("2001:db8::1", "2001:db8:ffff::9"));
  for (const char* bad :
       {"1.2.3.4/", "1.2.3.4/33", "1.2.3.4/08", "1.2.3.4/0008", "::/129", "::/1280", "/8",
        "1.2.3.4/8/8", "1.2.3.4/-1", "300.1.1.1/8", "1.2.3/24"}) {
    CAPTURE(bad);
    CHECK_FALSE(CidrBlock::Parse(bad));
  }
}

TEST_CASE("base64 is canonical or refused") {
  for (const char* good : {"", "QQ==", "QUI=", "QUJD", "+/+/"}) CHECK(IsBase64(good));
  for (const char* bad :
       {"Q", "QR==", "QUJ=", "QUJD=", "Q===", "QU D", "====", "QQ=A", "QU{D", "QUJ~", "QUJ\xC3"}) {
    CAPTURE(bad);
    CHECK_FALSE(IsBase64(bad));
  }
}

}  // namespace postern::policy
