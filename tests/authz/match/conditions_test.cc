#include "authz/match/conditions.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/authz/testing.h"

namespace postern::authz {
namespace {

using testing::Ask;
using testing::Given;

constexpr std::string_view kAction = "ec2:RunInstances";

// T, F or ? for one condition leg: an identity policy that allows exactly if the leg holds.
struct Leg {
  std::string op;
  std::string key;
  std::string values;  // JSON
};

std::string Result(const Leg& leg, const std::vector<std::string_view>* values,
                   bool unknown = false, std::string_view version = "2012-10-17") {
  PolicySet policies;
  const std::string text = R"({"Version": ")" + std::string(version) +
                           R"(", "Statement": [{"Effect": "Allow", "Action": ")" +
                           std::string(kAction) + R"(", "Resource": "*", "Condition": {")" +
                           leg.op + R"(": {")" + leg.key + R"(": )" + leg.values + "}}}]}";
  policies.identity = {Knowledge::kGiven, {testing::Document(text, policy::PolicyKind::kIdentity)}};
  Request request = Ask(kAction, "*");
  request.layers = {Layer::kIdentity};
  if (unknown) {
    request.AddUnknown(leg.key);
  } else if (values != nullptr) {
    request.OpenContext(leg.key);
    for (std::string_view value : *values) request.AddValue(value);
  }
  const std::string words = testing::Words(policies, request);
  return words == "allow identity"           ? "T"
         : words == "implicit-deny identity" ? "F"
         : words == "unknown"                ? "?"
                                             : words;
}

}  // namespace

TEST_CASE("the truth table of S4.18, row by row") {
  const std::vector<std::string_view> empty_list = {};
  const std::vector<std::string_view> empty_text = {""};
  const std::vector<std::string_view> a = {"a"};
  const std::vector<std::string_view> c = {"c"};
  const std::vector<std::string_view> ab = {"a", "b"};
  const std::vector<std::string_view> ac = {"a", "c"};
  const std::vector<std::string_view> cd = {"c", "d"};
  // Columns: missing, [], [""], matching value, other value, all match, some match, none match.
  // Policy values are a and b.
  struct Row {
    const char* op;
    const char* single;       // aws:PrincipalTag/k, one value only: the first five columns
    const char* multivalued;  // aws:TagKeys: all eight
  };
  const std::vector<Row> rows = {
      {"StringEquals", "FFFTF", "FFFFFFFF"},
      {"StringEqualsIfExists", "TTFTF", "TTFFFFFF"},
      {"StringNotEquals", "TTTFT", "TTFFFFFF"},
      {"StringNotEqualsIfExists", "TTTFT", "TTFFFFFF"},
      {"ForAllValues:StringEquals", "TTTTF", "TTTTFTFF"},
      {"ForAllValues:StringNotEquals", "TTTFT", "TTTFTFFT"},
      {"ForAnyValue:StringEquals", "FFFTF", "FFFTFTTF"},
      {"ForAnyValue:StringNotEquals", "FFFFT", "FFFFTFTT"},
      {"ForAnyValue:StringEqualsIfExists", "FFFTF", "FFFTFTTF"},
      {"ForAllValues:StringEqualsIfExists", "TTTTF", "TTTTFTFF"},
  };
  const std::vector<const std::vector<std::string_view>*> columns = {
      nullptr, &empty_list, &empty_text, &a, &c, &ab, &ac, &cd};
  for (const Row& row : rows) {
    CAPTURE(row.op);
    const Leg single{row.op, "aws:PrincipalTag/k", R"(["a", "b"])"};
    const Leg several{row.op, "aws:TagKeys", R"(["a", "b"])"};
    std::string got_single;
    std::string got_several;
    for (std::size_t i = 0; i < 5; ++i) got_single += Result(single, columns[i]);
    for (const auto* column : columns) got_several += Result(several, column);
    CHECK(got_single == row.single);
    CHECK(got_several == row.multivalued);
  }
}

TEST_CASE("Null asks whether the key is absent, and its set forms are constant") {
  const std::vector<std::string_view> empty_text = {""};
  const std::vector<std::string_view> a = {"a"};
  const auto row = [&](const char* op, const char* wanted) {
    const Leg leg{op, "aws:PrincipalTag/k", wanted};
    return Result(leg, nullptr) + Result(leg, &empty_text) + Result(leg, &a);
  };
  CHECK(row("Null", "\"true\"") == "TTF");
  CHECK(row("Null", "true") == "TTF");
  CHECK(row("Null", "\"False\"") == "FFT");
  CHECK(row("Null", R"(["true", "false"])") == "TTT");
  CHECK(row("ForAllValues:Null", "\"true\"") == "TTT");
  CHECK(row("ForAnyValue:Null", "\"false\"") == "FFF");
}

TEST_CASE("a list that was written empty (S4.8)") {
  const std::vector<std::string_view> a = {"a"};
  const auto row = [&](const char* op) {
    const Leg leg{op, "aws:PrincipalTag/k", "[]"};
    return Result(leg, nullptr) + Result(leg, &a);
  };
  CHECK(row("StringEquals") == "FF");
  CHECK(row("StringNotEquals") == "TT");
  CHECK(row("StringEqualsIfExists") == "TF");
  CHECK(row("StringNotEqualsIfExists") == "TT");
  CHECK(row("ForAllValues:StringEquals") == "TF");
  CHECK(row("ForAnyValue:StringEquals") == "FF");
}

TEST_CASE("an unknown key leaves a leg unknown unless its row is constant") {
  const auto leg = [](const char* op, const char* key, const char* values) {
    return Result({op, key, values}, nullptr, /*unknown=*/true);
  };
  CHECK(leg("StringEquals", "aws:PrincipalTag/k", R"("a")") == "?");
  CHECK(leg("StringNotEquals", "aws:PrincipalTag/k", R"("a")") == "?");
  CHECK(leg("Null", "aws:PrincipalTag/k", R"("true")") == "?");
  CHECK(leg("Null", "aws:PrincipalTag/k", R"(["true", "false"])") == "T");
  CHECK(leg("ForAllValues:Null", "aws:TagKeys", R"("true")") == "T");
  CHECK(leg("ForAnyValue:Null", "aws:TagKeys", R"("true")") == "F");
  CHECK(leg("StringEquals", "aws:TagKeys", R"("a")") == "F");
  CHECK(leg("StringEqualsIfExists", "aws:TagKeys", R"("a")") == "?");
  CHECK(leg("StringEquals", "aws:PrincipalTag/k", "[]") == "F");
  CHECK(leg("StringNotEquals", "aws:PrincipalTag/k", "[]") == "T");
  CHECK(leg("NumericEquals", "s3:max-keys", R"("10abc")") == "F");
  CHECK(leg("NumericNotEquals", "s3:max-keys", R"("10abc")") == "F");
}

TEST_CASE("typed values: what compares, and what is a type error (S4.9 to S4.14)") {
  struct Row {
    const char* op;
    const char* key;
    const char* policy;
    const char* request;
    const char* result;
  };
  const std::vector<Row> rows = {
      {"NumericEquals", "s3:max-keys", R"("10abc")", "10", "F"},
      {"NumericEquals", "s3:max-keys", "10", "10.0", "T"},
      {"NumericNotEquals", "s3:max-keys", R"("10")", "ten", "F"},
      {"NumericLessThanEquals", "aws:MultiFactorAuthAge", R"("3600")", "3600.0", "T"},
      {"NumericEquals", "s3:max-keys", R"(["x", "10"])", "10", "T"},
      {"NumericNotEquals", "s3:max-keys", R"(["x", "11"])", "10", "F"},
      {"NumericEquals", "s3:max-keys", R"("9007199254740993")", "9007199254740992", "F"},
      {"DateGreaterThan", "aws:CurrentTime", R"("1700000000")", "2020-01-01T00:00:00Z", "F"},
      {"DateGreaterThan", "aws:CurrentTime", R"("1577836799")", "2020-01-01T00:00:00Z", "T"},
      {"DateEquals", "aws:CurrentTime", R"("2020-01-01T01:00:00+01:00")", "2020-01-01T00:00:00Z",
       "T"},
      {"DateLessThan", "aws:CurrentTime", R"("tomorrow")", "2020-01-01T00:00:00Z", "F"},
      {"NotIpAddress", "aws:SourceIp", R"("300.1.1.1/8")", "10.0.0.1", "F"},
      {"NotIpAddress", "aws:SourceIp", R"("203.0.113.7")", "2001:db8::1", "T"},
      {"IpAddress", "aws:SourceIp", R"("2001:db8::1")", "2001:0DB8:0:0:0:0:0:1", "T"},
      {"IpAddress", "aws:SourceIp", R"("203.0.113.77/24")", "203.0.113.1", "T"},
      {"IpAddress", "aws:SourceIp", R"("203.0.113.5/32")", "::cb00:7105", "F"},
      {"IpAddressIfExists", "aws:SourceIp", R"("10.0.0.0/8")", "11.1.1.1", "F"},
      {"Bool", "aws:MultiFactorAuthPresent", "true", "TRUE", "T"},
      {"Bool", "aws:MultiFactorAuthPresent", R"("true")", "no", "F"},
      {"Bool", "aws:MultiFactorAuthPresent", R"("false")", "maybe", "F"},
      {"BinaryEquals", "aws:PrincipalTag/b", R"("QmluYXJ5")", "QmluYXJ5", "T"},
      {"BinaryEquals", "aws:PrincipalTag/b", R"("QmluYXJ5")", "binary", "F"},
      {"ArnLike", "aws:SourceArn", R"("arn:aws:someservice:*:111122223333:finance/*")",
       "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/doc", "F"},
      {"StringLike", "aws:SourceArn", R"("arn:aws:someservice:*:111122223333:finance/*")",
       "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/doc", "T"},
      {"ArnEquals", "aws:SourceArn", R"("arn:aws:s3:::b*")", "arn:aws:s3:::bucket", "T"},
      {"ArnLike", "aws:SourceArn", R"("*")", "arn:aws:s3:::bucket", "F"},
      {"ArnNotEquals", "aws:SourceArn", R"("arn:aws:s3:::b")", "not-an-arn", "F"},
      {"StringEquals", "aws:PrincipalTag/k", R"("a*")", "a*", "T"},
      {"StringEquals", "aws:PrincipalTag/k", R"("a*")", "ab", "F"},
      {"StringLike", "s3:prefix", R"("")", "", "T"},
      {"StringLike", "aws:PrincipalTag/k", R"("a*")", "a\nb", "T"},
      {"StringEqualsIgnoreCase", "aws:PrincipalTag/k", R"("STRASSE")", "strasse", "T"},
      {"StringEqualsIgnoreCase", "aws:PrincipalTag/k", "\"stra\u00DFe\"", "strasse", "F"},
      {"stringequalsIFEXISTS", "AWS:principaltag/K", R"("a")", "a", "T"},
      {"NoSuchOperator", "aws:PrincipalTag/k", R"("a")", "a", "F"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.op);
    CAPTURE(row.policy);
    CAPTURE(row.request);
    const std::vector<std::string_view> value = {row.request};
    CHECK(Result({row.op, row.key, row.policy}, &value) == row.result);
  }
}

TEST_CASE("variables: substituted, literal, defaulted, unresolved (S5)") {
  const auto leg = [](const char* op, const char* policy, const char* value,
                      std::string_view version = "2012-10-17") {
    const std::vector<std::string_view> values = {value};
    return Result({op, "s3:prefix", policy}, &values, false, version);
  };
  CHECK(leg("StringLike", R"("home/${aws:username}/*")", "home/alice/x") == "T");
  CHECK(leg("StringEquals", R"("${AWS:UserName}")", "alice") == "T");
  CHECK(leg("StringEquals", R"("${aws:PrincipalTag/team}")", "x") == "F");
  CHECK(leg("StringNotEquals", R"("${aws:PrincipalTag/team}")", "x") == "T");
  CHECK(leg("StringEquals", R"("${aws:PrincipalTag/team, 'none'}")", "none") == "T");
  CHECK(leg("StringEquals", R"("${aws:PrincipalTag/team,'none'}")", "none") == "F");
  CHECK(leg("StringEquals", R"("a${*}b")", "a*b") == "T");
  CHECK(leg("StringLike", R"("a${*}b")", "axb") == "F");
  CHECK(leg("StringEquals", R"("${aws:username")", "${aws:username") == "T");
  CHECK(leg("StringEquals", R"("${aws:username}")", "${aws:username}", "2008-10-17") == "T");
  CHECK(leg("StringEquals", R"("${aws:username}")", "alice", "2008-10-17") == "F");
}

}  // namespace postern::authz
