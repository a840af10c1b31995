#include "tests/reference/conditions.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reference/keys.h"

namespace postern::reference {
namespace {

using Texts = std::vector<std::string>;

Keys With(const std::string& key, const Texts& values) {
  Keys keys("s3");
  keys.Set(key, values);
  return keys;
}

Keys WithUnknown(const std::string& key) {
  Keys keys("s3");
  keys.SetUnknown(key);
  return keys;
}

// 'T', 'F' or 'U'.
char Judge(const std::string& op, const std::string& key, const Texts& policy, const Keys& keys) {
  const Truth truth = JudgeLeg({op, key, policy}, true, keys);
  return truth == Truth::kYes ? 'T' : truth == Truth::kNo ? 'F' : 'U';
}

// A row of S4.18. The policy's value is `a`: `m` is true for a request's `a` alone. The columns:
// missing, [""], `a`, `b`, and of a multivalued key [a,a], [a,b], [b,c].
struct Row {
  std::string op;
  const char* policy;
  const char* single;       // missing, "", a, b
  const char* multivalued;  // aa, ab, bc
};

TEST_CASE("the reference evaluator follows the truth table S4.18") {
  const Row rows[] = {
      {"StringEquals", "a", "FFTF", "FFF"},
      {"StringEqualsIfExists", "a", "TFTF", "FFF"},
      {"StringNotEquals", "a", "TTFT", "FFF"},
      {"StringNotEqualsIfExists", "a", "TTFT", "FFF"},
      {"ForAllValues:StringEquals", "a", "TTTF", "TFF"},
      {"ForAllValues:StringNotEquals", "a", "TTFT", "FFT"},
      {"ForAnyValue:StringEquals", "a", "FFTF", "TTF"},
      {"ForAnyValue:StringNotEquals", "a", "FFFT", "FTT"},
      {"ForAnyValue:StringEqualsIfExists", "a", "FFTF", "TTF"},
      {"Null", "true", "TTFF", "FFF"},
      {"Null", "false", "FFTT", "TTT"},
      {"ForAllValues:Null", "true", "TTTT", "TTT"},
      {"ForAnyValue:Null", "true", "FFFF", "FFF"},
  };
  const std::string single = "aws:SourceVpce";
  const std::string multivalued = "aws:TagKeys";
  for (const Row& row : rows) {
    CAPTURE(row.op);
    CAPTURE(row.policy);
    const auto judge = [&](const std::string& key, const Texts& values) {
      return Judge(row.op, key, {row.policy}, With(key, values));
    };
    CHECK(std::string{judge(single, {}), judge(single, {""}), judge(single, {"a"}),
                      judge(single, {"b"})} == row.single);
    CHECK(std::string{judge(multivalued, {"a", "a"}), judge(multivalued, {"a", "b"}),
                      judge(multivalued, {"b", "c"})} == row.multivalued);
  }
}

TEST_CASE("an empty list of policy values follows S4.8") {
  const auto judge = [](const char* op, const Texts& values) {
    return Judge(op, "aws:SourceVpce", {}, With("aws:SourceVpce", values));
  };
  CHECK(judge("StringEquals", {"a"}) == 'F');
  CHECK(judge("StringNotEquals", {"a"}) == 'T');
  CHECK(judge("StringEqualsIfExists", {}) == 'T');
  CHECK(judge("StringEqualsIfExists", {"a"}) == 'F');
  CHECK(judge("ForAllValues:StringEquals", {}) == 'T');
  CHECK(judge("ForAllValues:StringEquals", {"a"}) == 'F');
  CHECK(judge("ForAnyValue:StringEquals", {}) == 'F');
}

TEST_CASE("a leg over an unknown key is unknown unless its row of S4.18 is constant") {
  struct {
    std::string op;
    std::string key;
    Texts policy;
    char answer;
  } const cases[] = {
      {"StringEquals", "aws:SourceVpce", {"a"}, 'U'},
      {"StringNotEquals", "aws:SourceVpce", {"a"}, 'U'},
      {"ForAllValues:StringEquals", "aws:TagKeys", {"a"}, 'U'},
      {"ForAnyValue:StringEquals", "aws:TagKeys", {"a"}, 'U'},
      {"Null", "aws:SourceVpce", {"true"}, 'U'},
      {"ForAllValues:Null", "aws:SourceVpce", {"true"}, 'T'},
      {"ForAnyValue:Null", "aws:SourceVpce", {"false"}, 'F'},
      {"StringEquals", "aws:TagKeys", {"a"}, 'F'},
      {"StringEquals", "aws:SourceVpce", {}, 'F'},
      {"NotIpAddress", "aws:SourceIp", {"300.1.1.1/8"}, 'F'},
  };
  for (const auto& c : cases) {
    CAPTURE(c.op);
    CAPTURE(c.key);
    CHECK(Judge(c.op, c.key, c.policy, WithUnknown(c.key)) == c.answer);
  }
}

TEST_CASE("typed operators follow S4.9 to S4.14") {
  struct {
    std::string op;
    Texts policy;
    std::string value;
    char answer;
  } const cases[] = {
      {"NumericEquals", {"10abc"}, "10", 'F'},
      {"NumericNotEquals", {"5", "x"}, "10", 'F'},
      {"NumericEquals", {"5", "x", "10"}, "10", 'T'},
      {"NumericNotEquals", {"10"}, "ten", 'F'},
      {"NumericLessThanEquals", {"3600"}, "3600.0", 'T'},
      {"NumericEquals", {"1e2"}, "100", 'T'},
      {"NumericEquals", {"9007199254740993"}, "9007199254740992", 'F'},
      {"NumericLessThan", {"-1.5"}, "-1.50001", 'T'},
      {"NumericLessThanEqualsIfExists", {"10"}, "5", 'T'},
      {"DateGreaterThan", {"1700000000"}, "2020-01-01T00:00:00Z", 'F'},
      {"DateEquals", {"2020-01-01"}, "1577836800", 'T'},
      {"DateEquals", {"2020-01-01T01:00:00+01:00"}, "1577836800.0", 'T'},
      {"DateEquals", {"1969-12-31T23:59:59.5Z"}, "1969-12-31T23:59:59.500Z", 'T'},
      {"DateLessThan", {"1970"}, "1969-12-31T23:59:59.5Z", 'T'},
      {"DateEquals", {"2021-02-29"}, "2021-02-28", 'F'},
      {"Bool", {"TRUE"}, "true", 'T'},
      {"Bool", {"true"}, "no", 'F'},
      {"Bool", {"false"}, "maybe", 'F'},
      {"BinaryEquals", {"QmluYXJ5"}, "QmluYXJ5", 'T'},
      {"BinaryEquals", {"QmluYXJ5"}, "QmluYXJ6", 'F'},
      {"IpAddress", {"2001:db8::1"}, "2001:0DB8:0:0:0:0:0:1", 'T'},
      {"IpAddress", {"203.0.113.77/24"}, "203.0.113.1", 'T'},
      {"IpAddress", {"203.0.113.5/32"}, "::cb00:7105", 'F'},
      {"IpAddress", {"2001:db8::1"}, "2001:db8:ffff::9", 'F'},
      {"NotIpAddress", {"203.0.113.7"}, "2001:db8::1", 'T'},
      {"NotIpAddress", {"300.1.1.1/8"}, "10.0.0.1", 'F'},
      {"IpAddressIfExists", {"10.0.0.0/8"}, "11.1.1.1", 'F'},
      {"ArnLike",
       {"arn:aws:someservice:*:111122223333:finance/*"},
       "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/doc",
       'F'},
      {"StringLike",
       {"arn:aws:someservice:*:111122223333:finance/*"},
       "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/doc",
       'T'},
      {"ArnEquals",
       {"arn:aws:iam::*:role/aws-service-role/*"},
       "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/Y",
       'T'},
      {"ArnLike", {"*"}, "arn:aws:iam::111122223333:role/r", 'F'},
      {"ArnNotLike", {"*"}, "arn:aws:iam::111122223333:role/r", 'F'},
      {"StringEquals", {"arn:aws:iam::*:role/x"}, "arn:aws:iam::111122223333:role/x", 'F'},
      {"StringEqualsIgnoreCase",
       {"STRASSE"},
       "stra\xC3\x9F"
       "e",
       'F'},
      {"StringEqualsIgnoreCase", {"\xC3\x84PFEL"}, "\xC3\xA4pfel", 'T'},
      {"StringLike", {"a*c"}, "a\nb\nc", 'T'},
      {"stringlike", {"a?"}, "ab", 'T'},
      {"StringEqualsLike", {"a"}, "a", 'F'},
      {"NullIfExists", {"false"}, "a", 'F'},
  };
  for (const auto& c : cases) {
    CAPTURE(c.op);
    CAPTURE(c.policy[0]);
    CAPTURE(c.value);
    CHECK(Judge(c.op, "x:single", c.policy, With("x:single", {c.value})) == c.answer);
  }
}

TEST_CASE("variables follow S5") {
  Keys keys("s3");
  keys.Set("aws:username", {"al*ce"});
  keys.Set("aws:PrincipalTag/empty", {""});
  keys.Set("aws:PrincipalArn", {"arn:aws:iam::111122223333:role/r"});
  keys.SetUnknown("aws:PrincipalTag/unknown");
  keys.Set("aws:TagKeys", {"t"});
  struct {
    std::string op;
    std::string policy;
    std::string value;
    char answer;
  } const cases[] = {
      {"StringLike", "${aws:username}", "al*ce", 'T'},
      {"StringLike", "${aws:username}", "alice", 'F'},
      {"StringEquals", "home/${AWS:UserName}/x", "home/al*ce/x", 'T'},
      {"StringEquals", "${aws:PrincipalTag/none}", "x", 'F'},
      {"StringNotEquals", "${aws:PrincipalTag/none}", "x", 'T'},
      {"StringEquals", "x-${aws:PrincipalTag/none, 'all'}", "x-all", 'T'},
      {"StringEquals", "x-${aws:PrincipalTag/empty, 'all'}", "x-all", 'T'},
      {"StringEquals", "x-${aws:PrincipalTag/none,'all'}", "x-all", 'F'},
      {"StringEquals", "${aws:TagKeys, 't'}", "t", 'F'},
      {"StringLike", "${*}a", "*a", 'T'},
      {"StringLike", "${*}a", "ba", 'F'},
      {"StringEquals", "${}", "${}", 'T'},
      {"StringLike", "${aws:user*", "${aws:username", 'T'},
      {"ArnEquals", "${aws:PrincipalArn}", "arn:aws:iam::111122223333:role/r", 'T'},
      {"ArnLike", "arn:aws:iam::*:role/${aws:username}", "arn:aws:iam::1:role/al*ce", 'T'},
      {"StringEquals", "a-${aws:PrincipalTag/unknown}", "a-b", 'U'},
      {"StringEquals", "a-${aws:PrincipalTag/unknown}", "b-b", 'F'},
      {"StringNotEquals", "a-${aws:PrincipalTag/unknown}", "b-b", 'T'},
  };
  for (const auto& c : cases) {
    CAPTURE(c.op);
    CAPTURE(c.policy);
    keys.Set("x:single", {c.value});
    CHECK(Judge(c.op, "x:single", {c.policy}, keys) == c.answer);
  }
}

}  // namespace
}  // namespace postern::reference
