#include "policy/format/tighten.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "policy/parse.h"

namespace postern::policy {
namespace {

std::string Tight(std::string text, PolicyKind kind, TightenOptions options = {}) {
  const auto source = std::make_shared<const Source>("p.json", std::move(text));
  const ParseResult parsed = ParseText(source, kind);
  REQUIRE(parsed.document.has_value());
  REQUIRE_FALSE(parsed.refused);
  return Write(Tighten(*parsed.document, options).root, source.get(), Layout::kOneLine);
}

// The statements alone, of version 2012-10-17, after a check that once is enough.
std::string Statements(std::string_view statements, PolicyKind kind = PolicyKind::kIdentity,
                       TightenOptions options = {}) {
  constexpr std::string_view kHead = R"({"Version":"2012-10-17","Statement":[)";
  const std::string once =
      Tight(std::string(kHead) + std::string(statements) + "]}", kind, options);
  CHECK(Tight(once, kind, options) == once);
  REQUIRE(once.starts_with(kHead));
  return once.substr(kHead.size(), once.size() - kHead.size() - 2);
}

std::string OnOneBucket(std::string_view actions) {
  return R"({"Effect":"Allow","Action":)" + std::string(actions) +
         R"(,"Resource":"arn:aws:s3:::b/*"})";
}
std::string Reading(std::string_view resources) {
  return R"({"Effect":"Allow","Action":"s3:GetObject","Resource":)" + std::string(resources) + "}";
}
std::string If(std::string_view conditions, std::string_view effect = "Allow") {
  return R"({"Effect":")" + std::string(effect) +
         R"(","Action":"s3:GetObject","Resource":"*","Condition":{)" + std::string(conditions) +
         "}}";
}
std::string By(std::string_view principal) {
  return R"({"Effect":"Allow","Principal":)" + std::string(principal) +
         R"(,"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"})";
}

}  // namespace

TEST_CASE("items that another one covers are left out, and the brackets around one item") {
  const std::pair<std::string, std::string> rows[] = {
      {OnOneBucket(R"(["s3:GetObject","s3:Get*","S3:getobject"])"), OnOneBucket(R"("s3:Get*")")},
      {OnOneBucket(R"(["s3:GetObject","s3:GetObject"])"), OnOneBucket(R"("s3:GetObject")")},
      {OnOneBucket(R"(["s3:Get*","*","ec2:x"])"), OnOneBucket(R"("*")")},
      {OnOneBucket(R"(["s3:Get*","s3:G?t*"])"), OnOneBucket(R"("s3:G?t*")")},
      {OnOneBucket(R"(["s3:Get*","s3:*Object"])"), OnOneBucket(R"(["s3:Get*","s3:*Object"])")},
      {Reading(R"(["arn:aws:s3:::b/a*","arn:aws:s3:::b/*","arn:aws:s3:::b"])"),
       Reading(R"(["arn:aws:s3:::b/*","arn:aws:s3:::b"])")},
      {Reading(R"(["arn:aws:s3:::b/${aws:username}/*","arn:aws:s3:::b/*"])"),
       Reading(R"("arn:aws:s3:::b/*")")},
      // What a variable stands for is not known.
      {Reading(R"(["arn:aws:s3:::b/${aws:username}*","arn:aws:s3:::b/x"])"),
       Reading(R"(["arn:aws:s3:::b/${aws:username}*","arn:aws:s3:::b/x"])")},
      // A wildcard does not reach over the colons of an ARN.
      {Reading(R"(["arn:aws:sqs:*:111122223333:q","arn:aws:sqs:us-east-1:*:q"])"),
       Reading(R"(["arn:aws:sqs:*:111122223333:q","arn:aws:sqs:us-east-1:*:q"])")},
      {Reading(R"(["*","arn:aws:s3:::b/*"])"), Reading(R"("*")")},
      // Short ARNs are filled up in another way by each kind of policy.
      {Reading(R"(["arn:aws:s3:::b/*","arn:aws:s3"])"),
       Reading(R"(["arn:aws:s3:::b/*","arn:aws:s3"])")},
      {If(R"("StringLike":{"aws:SourceVpce":["vpce-1*","vpce-1234*","vpce-2"]})"),
       If(R"("StringLike":{"aws:SourceVpce":["vpce-1*","vpce-2"]})")},
      {If(R"("StringEquals":{"aws:SourceVpce":["vpce-1*","vpce-1234"]})"),
       If(R"("StringEquals":{"aws:SourceVpce":["vpce-1*","vpce-1234"]})")},
      {If(R"("NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","10.1.0.0/16","11.0.0.1"]})"),
       If(R"("NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","11.0.0.1"]})")},
      {If(R"("ArnLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/*","arn:aws:iam::*:role/a"]})"),
       If(R"("ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/*"})")},
      {If(R"("Bool":{"aws:SecureTransport":[true]})"),
       If(R"("Bool":{"aws:SecureTransport":true})")},
  };
  for (const auto& row : rows) CHECK(Statements(row.first) == row.second);
}

TEST_CASE("in NotAction and NotResource too; a variable in NotResource stays") {
  CHECK(
      Statements(
          R"({"Effect":"Deny","NotAction":["s3:Get*","s3:GetObject"],"NotResource":["arn:aws:s3:::b/*","arn:aws:s3:::b/x"]})") ==
      R"({"Effect":"Deny","NotAction":"s3:Get*","NotResource":"arn:aws:s3:::b/*"})");
  const std::string_view open =
      R"({"Effect":"Deny","NotAction":"s3:Get*","NotResource":["arn:aws:s3:::b/*","arn:aws:s3:::b/${aws:username}"]})";
  CHECK(Statements(open) == open);
}

TEST_CASE("statements that are equal but for one list become one") {
  const auto both = [](const std::string& a, const std::string& b) { return a + "," + b; };
  const std::pair<std::string, std::string> rows[] = {
      {both(OnOneBucket(R"("s3:GetObject")"), OnOneBucket(R"(["s3:PutObject","s3:GetObject"])")),
       OnOneBucket(R"(["s3:GetObject","s3:PutObject"])")},
      {both(Reading(R"("arn:aws:s3:::a/*")"), Reading(R"("arn:aws:s3:::b/*")")),
       Reading(R"(["arn:aws:s3:::a/*","arn:aws:s3:::b/*"])")},
      {both(Reading(R"("arn:aws:s3:::a/*")"), Reading(R"("*")")), Reading(R"("*")")},
      // Order, case of actions and Sids are no difference.
      {both(R"({"Sid":"A","Effect":"Deny","Action":["s3:B","s3:A"],"Resource":"*"})",
            R"({"Action":["S3:a","s3:B"],"Resource":"*","Effect":"Deny","Sid":"B"})"),
       R"({"Effect":"Deny","Action":["s3:B","s3:A"],"Resource":"*"})"},
      {both(If(R"("StringEquals":{"aws:SourceVpce":"vpce-1"})"),
            If(R"("StringEquals":{"AWS:sourcevpce":["vpce-2"]})")),
       If(R"("StringEquals":{"aws:SourceVpce":["vpce-1","vpce-2"]})")},
      {both(If(R"("ForAnyValue:StringLike":{"aws:TagKeys":"a*"})"),
            If(R"("ForAnyValue:StringLike":{"aws:TagKeys":"b"})")),
       If(R"("ForAnyValue:StringLike":{"aws:TagKeys":["a*","b"]})")},
  };
  for (const auto& row : rows) CHECK(Statements(row.first) == row.second);
}

TEST_CASE("what was joined along one list can then be joined along another") {
  std::string four;
  for (const char* action : {"s3:GetObject", "s3:PutObject"}) {
    for (const char* bucket : {"a", "b"}) {
      four += std::string(four.empty() ? "" : ",") + R"({"Effect":"Allow","Action":")" + action +
              R"(","Resource":"arn:aws:s3:::)" + bucket + R"(/*"})";
    }
  }
  CHECK(Statements(four) == R"({"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],)"
                            R"("Resource":["arn:aws:s3:::a/*","arn:aws:s3:::b/*"]})");
}

TEST_CASE("statements stay apart where joining them would say more or less") {
  const auto both = [](const std::string& a, const std::string& b) { return a + "," + b; };
  const std::string rows[] = {
      // Two differences.
      both(OnOneBucket(R"("s3:GetObject")"),
           Reading(R"("arn:aws:s3:::a/*")") + "," +
               R"({"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::c/*"})"),
      // Allow and Deny.
      both(If(R"("Bool":{"aws:SecureTransport":"true"})"),
           If(R"("Bool":{"aws:SecureTransport":"true"})", "Deny")),
      // What is excepted: each excepts less than both together.
      both(R"({"Effect":"Deny","NotAction":"s3:A","Resource":"*"})",
           R"({"Effect":"Deny","NotAction":"s3:B","Resource":"*"})"),
      both(R"({"Effect":"Deny","Action":"s3:A","NotResource":"arn:aws:s3:::a"})",
           R"({"Effect":"Deny","Action":"s3:A","NotResource":"arn:aws:s3:::b"})"),
      both(R"({"Effect":"Deny","Action":"s3:A","Resource":"arn:aws:s3:::a"})",
           R"({"Effect":"Deny","Action":"s3:A","NotResource":"arn:aws:s3:::a"})"),
      // A negated operator, all values at once, and what only two values together would say.
      both(If(R"("StringNotEquals":{"aws:SourceVpce":"vpce-1"})"),
           If(R"("StringNotEquals":{"aws:SourceVpce":"vpce-2"})")),
      both(If(R"("ForAllValues:StringEquals":{"aws:TagKeys":"a"})"),
           If(R"("ForAllValues:StringEquals":{"aws:TagKeys":"b"})")),
      both(If(R"("Null":{"aws:SourceVpce":"true"})"), If(R"("Null":{"aws:SourceVpce":"false"})")),
      // One of two keys.
      both(If(R"("StringEquals":{"aws:SourceVpce":"vpce-1","aws:SourceVpc":"vpc-1"})"),
           If(R"("StringEquals":{"aws:SourceVpce":"vpce-2"})")),
      both(If(R"("StringEquals":{"aws:SourceVpce":"vpce-1"})"),
           If(R"("StringEqualsIfExists":{"aws:SourceVpce":"vpce-1"})")),
  };
  for (const std::string& row : rows) {
    if (row.find("s3:PutObject") == row.npos) {
      CHECK(Statements(row) == row);
    } else {
      CHECK(Statements(row).find("s3:PutObject\",\"Resource\":\"arn:aws:s3:::c/*\"") != row.npos);
    }
  }
}

TEST_CASE("principals are joined by type, everyone is written as `*`, nobody is covered by him") {
  const auto bucket = [](std::string_view statements) {
    return Statements(statements, PolicyKind::kBucket);
  };
  CHECK(bucket(By(R"({"AWS":"111122223333"})") + "," +
               By(R"({"AWS":["arn:aws:iam::444455556666:user/a"]})")) ==
        By(R"({"AWS":["111122223333","arn:aws:iam::444455556666:user/a"]})"));
  CHECK(bucket(By(R"({"AWS":["*"]})")) == By(R"("*")"));
  CHECK(bucket(By(R"({"AWS":"*"})") + "," + By(R"("*")")) == By(R"("*")"));
  for (const std::string& row :
       {By(R"({"AWS":"111122223333"})") + "," + By(R"({"Service":"ec2.amazonaws.com"})"),
        By(R"({"AWS":"111122223333"})") + "," + By(R"("*")"),
        By(R"({"AWS":["*","arn:aws:iam::111122223333:user/a"]})"),
        By(R"({"AWS":["*","arn:aws:iam::111122223333:user/a"]})") + "," +
            By(R"({"AWS":"arn:aws:iam::111122223333:user/b"})")}) {
    CHECK(bucket(row) == row);
  }
  const std::string_view apart =
      R"({"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:A","Resource":"arn:aws:s3:::b"},)"
      R"({"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"s3:A","Resource":"arn:aws:s3:::b"})";
  CHECK(bucket(apart) == apart);
}

TEST_CASE("in version 2008-10-17 what looks like a variable is text") {
  const std::string_view text =
      R"({"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"s3:A","Resource":["arn:aws:s3:::b/${x}","arn:aws:s3:::b/*"]}]})";
  CHECK(
      Tight(std::string(text), PolicyKind::kIdentity) ==
      R"({"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"s3:A","Resource":"arn:aws:s3:::b/*"}]})");
}

TEST_CASE("Sids stay where something is managed by them, and on request") {
  const std::string named =
      R"({"Sid":"A","Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sqs:SendMessage","Resource":"arn:aws:sqs:us-east-1:111122223333:q"},)"
      R"({"Sid":"B","Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sqs:ReceiveMessage","Resource":"arn:aws:sqs:us-east-1:111122223333:q"})";
  for (const PolicyKind kind : {PolicyKind::kQueue, PolicyKind::kTopic, PolicyKind::kResource}) {
    CHECK(Statements(named, kind) == named);
  }
  std::string unnamed = named;
  for (const std::string_view sid : {R"("Sid":"A",)", R"("Sid":"B",)"}) {
    unnamed.erase(unnamed.find(sid), sid.size());
  }
  // So many actions a statement: a queue's limit.
  CHECK(Statements(unnamed, PolicyKind::kQueue) == unnamed);
  CHECK(Statements(unnamed, PolicyKind::kResource) == unnamed);
  CHECK(Statements(unnamed, PolicyKind::kEndpoint) != unnamed);
  CHECK(Statements(named, PolicyKind::kEndpoint) == Statements(unnamed, PolicyKind::kEndpoint));
  CHECK(Statements(named, PolicyKind::kEndpoint, {true}) == named);
}

TEST_CASE("the origins name the statement that each began with") {
  const auto parsed = ParseText(
      std::make_shared<const Source>("p.json", R"({"Version":"2012-10-17","Statement":[)" +
                                                   Reading(R"("arn:aws:s3:::a/*")") + "," +
                                                   OnOneBucket(R"("s3:PutObject")") + "," +
                                                   Reading(R"("arn:aws:s3:::c/*")") + "]}"),
      PolicyKind::kIdentity);
  REQUIRE(parsed.document.has_value());
  CHECK(Tighten(*parsed.document).origins == std::vector<std::uint32_t>{0, 1});
}

TEST_CASE("a single statement stays without brackets, and other members stay") {
  CHECK(
      Tight(
          R"({"Statement":{"Action":["s3:A"],"Resource":"*","Principal":{"AWS":["*"]},"Effect":"Allow","Sid":"x"},"Id":"i","Version":"2012-10-17"})",
          PolicyKind::kEndpoint) ==
      R"({"Version":"2012-10-17","Id":"i","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:A","Resource":"*"}})");
}

}  // namespace postern::policy
