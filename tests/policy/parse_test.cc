#include "policy/parse.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace postern::policy {
namespace {

ParseResult ParsePolicy(std::string text, PolicyKind kind) {
  return ParseText(std::make_shared<const Source>("policy.json", std::move(text)), kind);
}

// "GR212 PR401": the codes in order of place, and "refused" if the document must not be evaluated.
std::string Codes(const std::string& text, PolicyKind kind) {
  const ParseResult result = ParsePolicy(text, kind);
  std::string codes;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    if (!codes.empty()) codes += ' ';
    codes += diagnostic.code;
  }
  if (result.refused) codes += codes.empty() ? "refused" : " refused";
  return codes;
}

// One statement in a document that is otherwise in order.
std::string InStatement(const std::string& statement, PolicyKind kind) {
  return Codes(R"({"Version": "2012-10-17", "Statement": [)" + statement + "]}", kind);
}

constexpr auto kEndpoint = PolicyKind::kEndpoint;
constexpr auto kIdentity = PolicyKind::kIdentity;

}  // namespace

TEST_CASE("a document's own elements") {
  const std::string statement =
      R"("Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})";
  const std::vector<std::pair<std::string, std::string>> rows = {
      {R"({"Version": "2012-10-17", )" + statement + "}", ""},
      {"{" + statement + "}", "GR201"},
      {R"({"Version": "2008-10-17", )" + statement + "}", "GR203"},
      {R"({"Version": "2024-01-01", )" + statement + "}", "GR202 refused"},
      {R"({"Version": 2012, )" + statement + "}", "GR204 refused"},
      {R"({"Version": null, )" + statement + "}", "GR218 refused"},
      {R"({"Version": "2012-10-17"})", "GR205 refused"},
      {R"({"Version": "2012-10-17", "Statement": []})", "GR206"},
      {R"({"Version": "2012-10-17", "Statement": "x"})", "GR217 refused"},
      {R"({"Version": "2012-10-17", "Statement": ["x"]})", "GR211 refused"},
      {R"({"Version": "2012-10-17", "Id": "x", )" + statement + "}", "GR227"},
      {R"({"Version": "2012-10-17", "Statment": [], )" + statement + "}", "GR207 refused"},
      {R"({"version": "2012-10-17", )" + statement + "}", "GR209 refused"},
      {R"({"Effect": "Allow", "Version": "2012-10-17", )" + statement + "}", "GR210 refused"},
      {"[]", "JS116 refused"},
      {"\"text\"", "JS116 refused"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.first);
    CHECK(Codes(row.first, kIdentity) == row.second);
  }
}

TEST_CASE("a statement's elements") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {R"({"Sid": "A", "Effect": "Allow", "Action": ["a:b"], "Resource": ["*"], "Condition": {}})",
       "GR222"},
      {R"({"Action": "a:b", "Resource": "*"})", "GR212 refused"},
      {R"({"Effect": "allow", "Action": "a:b", "Resource": "*"})", "GR213 refused"},
      {R"({"Effect": true, "Action": "a:b", "Resource": "*"})", "GR217 refused"},
      {R"({"Effect": "Deny", "Resource": "*"})", "GR214 refused"},
      {R"({"Effect": "Deny", "Action": "a:b"})", "GR215 refused"},
      {R"({"Effect": "Deny", "Action": "a:b", "NotAction": "a:c", "Resource": "*"})",
       "GR216 refused"},
      {R"({"Effect": "Deny", "Action": "a:b", "Resource": "*", "NotResource": "*"})",
       "GR216 refused"},
      {R"({"Effect": "Allow", "Action": [], "Resource": "*"})", "GR221"},
      {R"({"Effect": "Allow", "NotAction": [], "Resource": "*"})", "GR221 refused"},
      {R"({"Effect": "Allow", "Action": ["a:b", ["a:c"]], "Resource": "*"})", "GR219 refused"},
      {R"({"Effect": "Allow", "Action": ["a:b", 1], "Resource": "*"})", "GR217 refused"},
      {R"({"Effect": "Allow", "Action": ["a:b", null], "Resource": "*"})", "GR218 refused"},
      {R"({"Effect": "Allow", "Action": "a:b", "resource": "*"})", "GR209 refused"},
      {R"({"Effect": "Allow", "Action": "a:b", "Resource": {"Ref": "Bucket"}})", "GR220 refused"},
      {R"({"Effect": "Allow", "Action": "a:b", "Resource": "*", "Version": "2012-10-17"})",
       "GR210 refused"},
      {R"({"Effect": "Allow", "Action": "a:b", "Resource": "*", "Resorce": "*"})", "GR208 refused"},
      {R"({"Effect": "Allow", "Effect": "Deny", "Action": "a:b", "Resource": "*"})",
       "JS110 refused"},
      {R"({"Effect": "Allow", "Principal": "*", "Action": "a:b", "Resource": "*"})",
       "PR402 refused"},
      {R"({"Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": []})",
       "GR217 refused"},
      {R"({"Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"Bool": "x"}})",
       "GR217 refused"},
      {R"({"Effect": "Allow", "Action": "a:b", "Resource": "*", "Condition": {"Bool": {"a:b": {}}}})",
       "GR217 refused"},
      {R"({"Effect": "Allow", "Action": "a:b", "Resource": "*",
           "Condition": {"StringEquals": {"aws:SourceVpce": "a", "AWS:sourcevpce": "b"}}})",
       "CO707 refused"},
      {R"({"Effect": "Allow", "Action": "a:b", "Resource": "*",
           "Condition": {"StringEquals": {"a:b": "a"}, "stringequals": {"a:c": "b"}}})",
       "CO707 refused"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.first);
    CHECK(InStatement(row.first, kIdentity) == row.second);
  }
}

TEST_CASE("principals, by kind") {
  const auto with = [](std::string_view principal, PolicyKind kind,
                       std::string_view effect = "Allow") {
    return InStatement(R"({"Effect": ")" + std::string(effect) +
                           R"(", "Action": "s3:GetObject", "Resource": "*")" +
                           std::string(principal) + "}",
                       kind);
  };
  CHECK(with("", kEndpoint) == "EP101 refused");
  CHECK(with("", PolicyKind::kBucket) == "PR401 refused");
  CHECK(with(R"(, "Principal": "*")", kEndpoint) == "");
  CHECK(with(R"(, "Principal": {"AWS": ["111122223333"], "Service": "x.amazonaws.com"})",
             kEndpoint) == "");
  CHECK(with(R"(, "Principal": "arn:aws:iam::111122223333:root")", kEndpoint) == "PR404 refused");
  CHECK(with(R"(, "Principal": {"Aws": "*"})", kEndpoint) == "PR403 refused");
  CHECK(with(R"(, "Principal": ["*"])", kEndpoint) == "GR217 refused");
  CHECK(with(R"(, "Principal": {})", kEndpoint) == "GR222");
  CHECK(with(R"(, "Principal": {"AWS": []})", kEndpoint) == "GR221");
  CHECK(with(R"(, "NotPrincipal": {"AWS": []})", kEndpoint, "Deny") == "GR221 refused");
  CHECK(with(R"(, "NotPrincipal": {"AWS": [], "Service": "x.amazonaws.com"})", kEndpoint, "Deny") ==
        "");
  CHECK(with(R"(, "NotPrincipal": {})", kEndpoint, "Deny") == "GR222 refused");
  CHECK(with(R"(, "NotPrincipal": {"AWS": "111122223333"})", kEndpoint, "Deny") == "");
  CHECK(with(R"(, "NotPrincipal": {"AWS": "111122223333"})", PolicyKind::kTrust, "Deny") ==
        "PR402 refused");
  CHECK(with(R"(, "Principal": "*", "NotPrincipal": "*")", kEndpoint) == "GR216 refused");
}

TEST_CASE("what a kind may leave out") {
  const auto codes = [](const char* statement, PolicyKind kind) {
    return InStatement(statement, kind);
  };
  constexpr const char* kNoResource = R"({"Effect": "Allow", "Principal": "*", "Action": "a:b"})";
  CHECK(codes(kNoResource, PolicyKind::kQueue) == "");
  CHECK(codes(kNoResource, PolicyKind::kTrust) == "");
  CHECK(codes(kNoResource, PolicyKind::kBucket) == "GR215 refused");
  CHECK(codes(kNoResource, kEndpoint) == "GR215 refused");
  CHECK(codes(R"({"Effect": "Allow", "Principal": "*", "Resource": "*"})", PolicyKind::kKey) ==
        "GR214");
}

TEST_CASE("every finding points at its place, in the file and in the document") {
  const ParseResult result = ParsePolicy(
      "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n"
      "    {\"Effect\": \"allow\", \"Action\": \"s3:GetObject\", \"Resorce\": \"*\"}\n  ]\n}\n",
      kIdentity);
  REQUIRE(result.document);
  std::vector<std::string> places;
  for (const Diagnostic& d : result.diagnostics) {
    const LineColumn at = result.document->source().Locate(d.range.begin);
    places.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
                     std::string(d.code) + " " + d.pointer);
  }
  CHECK(places == std::vector<std::string>{"4:16 GR213 /Statement/0/Effect",
                                           "4:51 GR208 /Statement/0/Resorce"});
  CHECK(result.diagnostics.back().help == "did you mean `Resource`?");
}

TEST_CASE("a duplicate is shown with the first place") {
  const ParseResult result =
      ParsePolicy(R"({"Version": "2012-10-17", "Statement": [], "Statement": []})", kIdentity);
  REQUIRE(result.refused);
  const Diagnostic& duplicate = result.diagnostics.back();
  CHECK(duplicate.code == "GR206");
  REQUIRE(result.diagnostics.front().code == "JS110");
  REQUIRE(result.diagnostics.front().related.size() == 1);
  CHECK(result.diagnostics.front().related[0].range.begin == 26);
}

TEST_CASE("a policy inside a JSON string is read through, with ranges of the outer file") {
  const std::string outer =
      R"("{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Alow\", \"Action\": \"a:b\", \"Resource\": \"*\"}}")";
  const ParseResult result = ParsePolicy(outer, kIdentity);
  REQUIRE(result.diagnostics.size() == 2);
  CHECK(result.diagnostics[0].code == "JS117");
  CHECK(result.diagnostics[1].code == "GR213");
  CHECK(result.document->source().Slice(result.diagnostics[1].range) == R"(\"Alow\")");
  CHECK(result.diagnostics[1].pointer == "/Statement/Effect");
}

TEST_CASE("a URL-encoded policy is read through in the same way") {
  const std::string outer =
      "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Alow%22%2C%"
      "22Action"
      "%22%3A%22a%3Ab%22%2C%22Resource%22%3A%22*%22%7D%7D\n";
  const ParseResult result = ParsePolicy(outer, kIdentity);
  REQUIRE(result.diagnostics.size() == 2);
  CHECK(result.diagnostics[0].code == "JS117");
  CHECK(result.document->source().Slice(result.diagnostics[1].range) == "%22Alow%22");
  CHECK(ParsePolicy("%7Bbroken", kIdentity).refused);
}

TEST_CASE("the findings about one document are bounded, and one that refuses it is among them") {
  std::string text = R"({"Version": "2012-10-17", "Statement": [)";
  for (int i = 0; i < 1'500; ++i) {
    text += R"({"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{}},)";
  }
  text += "{}]}";
  const ParseResult result = ParsePolicy(text, kIdentity);
  CHECK(result.refused);
  CHECK(result.diagnostics.size() == kMaxFindings + 1);
  CHECK(result.diagnostics.back().code == "GR212");
  CHECK(result.diagnostics.back().help == kMoreFindings);
}

TEST_CASE("bytes of any kind are refused with a finding, never with a crash") {
  const std::vector<std::string> texts = {"",
                                          " ",
                                          std::string("\0\0\0", 3),
                                          "\xFF\xFE{\0}\0",
                                          "\xEF\xBB\xBF{}",
                                          "{\"a\": \"\xC3\"}",
                                          std::string(100'000, '['),
                                          std::string(2'000'000, ' '),
                                          "{\"Version\": \"2012-10-17\", \"Sta"};
  for (const std::string& text : texts) {
    CAPTURE(text.size());
    const ParseResult result = ParsePolicy(text, kEndpoint);
    CHECK(result.refused);
    CHECK_FALSE(result.diagnostics.empty());
  }
}

}  // namespace postern::policy
