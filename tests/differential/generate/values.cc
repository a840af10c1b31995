#include "tests/differential/generate/values.h"

namespace postern::differential {
namespace {

using policy::OperatorFamily;

constexpr PoolValue kPolicyStrings[] = {
    {"red"},      {"Red"},        {"r*"},      {"*d"},     {"?ed"},   {"r??"},   {"*"},
    {""},         {"team-a"},     {"team-*"},  {"alice"},  {"a*b"},   {"a**b*"}, {"10"},
    {"10", true}, {"true", true}, {"STRASSE"}, {"straße"}, {"ÄB"},    {"äb"},    {"x-red-y"},
    {"red blue"}, {"r.d"},        {"$"},       {"home/*"}, {"r\ned"}, {"a?b"},
};
constexpr PoolValue kRequestStrings[] = {
    {"red"},      {"Red"},          {"RED"},    {"blue"},        {""},   {"team-a"},
    {"team-b"},   {"alice"},        {"a*b"},    {"aXb"},         {"ab"}, {"10"},
    {"10", true}, {"true", true},   {"straße"}, {"äb"},          {"*"},  {"x-red-y"},
    {"red blue"}, {"home/alice/x"}, {"r\ned"},  {"${app:Word}"}, {"$"},  {"a?b"},
};
constexpr PoolValue kVariableStrings[] = {
    {"${aws:username}"},
    {"${aws:PrincipalTag/team}"},
    {"${aws:PrincipalTag/team, 'red'}"},
    {"${AWS:principaltag/TEAM, 'red'}"},
    {"x-${app:Word, 'red'}-y"},
    {"${app:Word}"},
    {"${app:Word}*"},
    {"*${app:Word}"},
    {"team-${app:Word, 'a'}"},
    {"${app:Missing}"},
    {"${app:Missing, ''}"},
    {"${aws:TagKeys}"},
    {"${aws:TagKeys, 'red'}"},
    {"a${*}b"},
    {"a${?}b"},
    {"${$}"},
    {"${$}{app:Word}"},
    {"${}"},
    {"${ app:Word}"},
    {"${app:Word,'red'}"},
    {"${app:Word ,'red'}"},
    {"${app:Word"},
    {"${app:Word}${app:Missing, 'red'}"},
    {"home/${aws:username}/*"},
    {"${aws:userid}"},
    {"${aws:PrincipalAccount}"},
};

constexpr PoolValue kPolicyNumbers[] = {
    {"10"},
    {"10", true},
    {"10.0"},
    {"1e1"},
    {"+10"},
    {"010"},
    {"0"},
    {"-0"},
    {"3600"},
    {"0.5"},
    {".5"},
    {"5."},
    {"10abc"},
    {""},
    {"-10"},
    {"1E+1"},
    {"1e400"},
    {"1e-400"},
    {"9007199254740993"},
    {"99999999999999999999"},
    {" 10"},
    {"NaN"},
    {"100", true},
    {"."},
};
constexpr PoolValue kRequestNumbers[] = {
    {"10"},
    {"10", true},
    {"10.00"},
    {"9.999999999999999999999"},
    {"0"},
    {"-1"},
    {"3600"},
    {"3600.0"},
    {"0.5"},
    {"1e1"},
    {"1e400"},
    {"ten"},
    {""},
    {"11"},
    {"9007199254740992"},
    {"99999999999999999999.0"},
};

constexpr PoolValue kPolicyDates[] = {
    {"2024-01-01T00:00:00Z"},
    {"2024-01-01"},
    {"2024-01"},
    {"2024"},
    {"1704067200"},
    {"1704067200", true},
    {"1704067200.5"},
    {"2024-01-01T01:00:00+01:00"},
    {"2024-01-01T00:00Z"},
    {"2024-01-01T00:00:00"},
    {"2024-01-01T00:00:00.5Z"},
    {"2024-01-01T00:00:00.000000001Z"},
    {"2023-12-31T23:59:59.999999999Z"},
    {"2024-02-29T12:00:00Z"},
    {"2023-02-29"},
    {"2024-02-30"},
    {"2024-13-01"},
    {"2024-01T00:00Z"},
    {"2024-01-01t00:00:00z"},
    {"2024-01-01T24:00:00Z"},
    {"Mon, 01 Jan 2024 00:00:00 GMT"},
    {""},
    {"1704067200000"},
};
constexpr PoolValue kRequestDates[] = {
    {"2024-01-01T00:00:00Z"},
    {"2024-01-01"},
    {"1704067200"},
    {"1704067200.000000001"},
    {"2023-12-31T23:00:00-01:00"},
    {"2024-01-01T00:00:00.5Z"},
    {"2024-02-29T12:00:00Z"},
    {"2024-02-29T12:00:00.0Z"},
    {"1969-12-31T23:59:59Z"},
    {"0"},
    {"tomorrow"},
    {""},
    {"2023-12-31T23:59:59Z"},
    {"2024"},
};

constexpr PoolValue kPolicyBools[] = {
    {"true"}, {"false"}, {"true", true}, {"false", true}, {"True"}, {"FALSE"}, {"no"}, {""}, {"1"},
};
constexpr PoolValue kRequestBools[] = {
    {"true"},  {"false"}, {"true", true}, {"false", true}, {"TRUE"},
    {"False"}, {"maybe"}, {""},           {"0"},
};
constexpr PoolValue kVariableBools[] = {
    {"${app:Flag}"},
    {"${app:Flag, 'true'}"},
    {"${aws:SecureTransport}"},
    {"${app:Missing, 'false'}"},
    {"${app:Word, 'true'}"},
    {"${*}"},
};

constexpr PoolValue kPolicyBinaries[] = {
    {"QUJD"}, {"AA=="},  {"AQ=="},     {"AB=="},     {"AAE="}, {"AAF="}, {""},
    {"QUJ"},  {"QU JD"}, {"QUJD===="}, {"QUJDRA=="}, {"qujd"}, {"+/+/"}, {"-_-_"},
};
constexpr PoolValue kRequestBinaries[] = {
    {"QUJD"}, {"AA=="},       {"AQ=="}, {"AAE="}, {"QUJDRA=="},
    {""},     {"not base64"}, {"+/+/"}, {"AB=="}, {"qujd"},
};

constexpr PoolValue kPolicyAddresses[] = {
    {"10.0.0.0/8"},
    {"10.1.2.3"},
    {"10.1.2.77/24"},
    {"10.1.2.3/32"},
    {"0.0.0.0/0"},
    {"203.0.113.7"},
    {"203.0.113.6/31"},
    {"203.0.113.0/25"},
    {"2001:db8::/32"},
    {"2001:db8::1"},
    {"2001:0DB8:0:0:0:0:0:1/128"},
    {"2001:db8::2/127"},
    {"::/0"},
    {"::ffff:10.1.2.3"},
    {"::ffff:0:0/96"},
    {"fe80::1%eth0"},
    {"300.1.1.1/8"},
    {"10.0.0.0/33"},
    {"10.0.0.0/08"},
    {"010.1.2.3"},
    {"10.1.2"},
    {"2001:db8::1/129"},
    {"1::2::3"},
    {""},
    {"10.0.0.0/"},
    {"1:2:3:4:5:6:7:8:9"},
};
constexpr PoolValue kRequestAddresses[] = {
    {"10.1.2.3"},        {"10.1.2.4"},
    {"11.1.1.1"},        {"203.0.113.7"},
    {"203.0.113.128"},   {"2001:db8::1"},
    {"2001:db8::3"},     {"2001:DB8:0:0::1"},
    {"::ffff:10.1.2.3"}, {"::"},
    {"::cb00:7107"},     {"10.1.2.3/32"},
    {"localhost"},       {""},
};

constexpr PoolValue kPolicyArns[] = {
    {"arn:aws:iam::111122223333:role/app"},
    {"arn:aws:iam::111122223333:role/*"},
    {"arn:aws:iam::*:role/app"},
    {"arn:*:iam::111122223333:role/a?p"},
    {"arn:aws:iam::111122223333:role/App"},
    {"arn:aws:iam::111122223333:root"},
    {"arn:aws:iam::111122223333:user/alice"},
    {"arn:aws:iam::111122223333:*"},
    {"arn:aws:iam::4444*:*"},
    {"arn:aws:*:*:*:*"},
    {"arn:aws:some:*:111122223333:finance/*"},
    {"arn:aws:s3:::data"},
    {"arn:aws:s3:::*"},
    {"arn:aws:sns:eu-west-1:111122223333:topic"},
    {"arn:aws:sns:eu-*-1:111122223333:t*:*"},
    {"arn:aws:sts::111122223333:federated-user/carol"},
    {"arn:aws:iam::111122223333:role/team/Reader"},
    {"*"},
    {"arn:*"},
    {"arn:aws:iam::111122223333"},
    {""},
    {"role/app"},
    {"ARN:aws:iam::111122223333:role/app"},
};
constexpr PoolValue kRequestArns[] = {
    {"arn:aws:iam::111122223333:role/app"},
    {"arn:aws:iam::111122223333:role/App"},
    {"arn:aws:iam::444455556666:role/app"},
    {"arn:aws:iam::111122223333:user/alice"},
    {"arn:aws:some:eu-west-1:999900001111:store/a:111122223333:finance/doc"},
    {"arn:aws:s3:::data"},
    {"arn:aws:sns:eu-west-1:111122223333:topic"},
    {"arn:aws:sns:eu-west-1:111122223333:t:sub"},
    {"arn:aws:iam::111122223333:root"},
    {"arn:aws:iam::111122223333"},
    {"*"},
    {""},
    {"role/app"},
};
constexpr PoolValue kVariableArns[] = {
    {"${aws:PrincipalArn}"},
    {"${app:Origin}"},
    {"${app:Origin, 'arn:aws:s3:::data'}"},
    {"arn:aws:iam::${aws:PrincipalAccount}:role/app"},
    {"arn:aws:iam::${aws:PrincipalAccount}:*"},
    {"arn:aws:iam::111122223333:role/${app:Word, 'app'}"},
    {"arn:${app:Word, 'aws'}:iam::111122223333:role/*"},
    {"arn:aws:s3:::${app:Word}"},
    {"arn:aws:iam::111122223333:user/${aws:username}"},
    {"arn:aws:iam::111122223333:role/${*}"},
    {"${app:Word}:aws:s3:::data"},
};

constexpr PoolValue kPolicyNulls[] = {
    {"true"}, {"false"}, {"true", true}, {"false", true}, {"TRUE"}, {"False"}, {"yes"}, {""},
};

}  // namespace

std::span<const PoolValue> PolicyValues(OperatorFamily family) {
  switch (family) {
    case OperatorFamily::kString:
      return kPolicyStrings;
    case OperatorFamily::kNumeric:
      return kPolicyNumbers;
    case OperatorFamily::kDate:
      return kPolicyDates;
    case OperatorFamily::kBool:
      return kPolicyBools;
    case OperatorFamily::kBinary:
      return kPolicyBinaries;
    case OperatorFamily::kIpAddress:
      return kPolicyAddresses;
    case OperatorFamily::kArn:
      return kPolicyArns;
    case OperatorFamily::kNull:
      return kPolicyNulls;
  }
  return {};
}

std::span<const PoolValue> RequestValues(OperatorFamily family) {
  switch (family) {
    case OperatorFamily::kString:
    case OperatorFamily::kNull:
      return kRequestStrings;
    case OperatorFamily::kNumeric:
      return kRequestNumbers;
    case OperatorFamily::kDate:
      return kRequestDates;
    case OperatorFamily::kBool:
      return kRequestBools;
    case OperatorFamily::kBinary:
      return kRequestBinaries;
    case OperatorFamily::kIpAddress:
      return kRequestAddresses;
    case OperatorFamily::kArn:
      return kRequestArns;
  }
  return {};
}

std::span<const PoolValue> VariableValues(OperatorFamily family) {
  switch (family) {
    case OperatorFamily::kBool:
      return kVariableBools;
    case OperatorFamily::kArn:
      return kVariableArns;
    default:
      return kVariableStrings;
  }
}

void WriteValue(JsonWriter& out, const PoolValue& value) {
  if (value.bare) {
    WriteRaw(out, value.text);
  } else {
    WriteText(out, value.text);
  }
}

}  // namespace postern::differential
