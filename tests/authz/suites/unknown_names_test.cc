#include "authz/suites/unknown_names.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/authz/suites/testing.h"

namespace postern::authz {
namespace {

using testing::JsonTree;
using testing::Words;
using testing::YamlTree;

std::vector<CaseProblem> WarningsOf(const std::string& request) {
  const auto tree = JsonTree(R"({"request": )" + request + "}");
  REQUIRE(tree);
  return UnknownNames(policy::Catalogue::Embedded(), *tree);
}

std::string WordsOf(const std::string& request) { return Words(WarningsOf(request)); }

TEST_CASE("an action that its service does not have is told, with the name that was meant") {
  const auto warnings = WarningsOf(R"({"action": "s3:DeleteObjekt"})");
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].code == "unknown-action");
  CHECK(warnings[0].pointer == "/request/action");
  CHECK(warnings[0].message == "`s3` has no action `DeleteObjekt`");
  CHECK(warnings[0].help == "did you mean `s3:DeleteObject`?");
  const auto strange = WarningsOf(R"({"action": "s3:MakeCoffeeForEverybody"})");
  REQUIRE(strange.size() == 1);
  CHECK(strange[0].help.starts_with("it is misspelt, or newer than the catalogue of 20"));
  CHECK(WordsOf(R"({"calls": [{"action": "s3:GetObject"}, {"action": "kms:Decript"}]})") ==
        "unknown-action /request/calls/1/action <\"kms:Decript\">");
}

TEST_CASE("a condition key that neither AWS nor its service has is told") {
  const auto warnings = WarningsOf(R"({"context": {"aws:PrincipalOrgsID": "o-a1b2c3d4e5"}})");
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].message ==
        "there is no condition key `aws:PrincipalOrgsID`: no request carries it");
  CHECK(warnings[0].help == "did you mean `aws:PrincipalOrgID`?");
  CHECK(WordsOf(R"({"unknown": ["aws:SourceVpcee", "aws:SourceVpc"]})") ==
        "unknown-key /request/unknown/0 <\"aws:SourceVpcee\">");
  CHECK(WordsOf(R"({"context": {"s3:prefixx": "a"}})") ==
        "unknown-key /request/context/s3:prefixx <\"s3:prefixx\">");
  const auto tag = WarningsOf(R"({"context": {"aws:RequestTagg/team": "a"}})");
  REQUIRE(tag.size() == 1);
  CHECK(tag[0].help == "did you mean `aws:RequestTag/`?");
}

TEST_CASE("names that exist, patterns and names of made-up services are taken as they are") {
  for (const char* request : {
           R"({"action": "s3:getobject"})",
           R"({"action": "s3:Get*"})",
           R"({"action": "s3:GetObjek?"})",
           R"({"action": "example:Anything"})",
           R"({"action": "ssmmessages:Other"})",  // stands for any that there is not
           R"({"action": "s3:ListBuckets"})",     // refused, as the name of an API operation
           R"({"action": {"unknown": true}})",
           R"({"action": 1})",
           R"({"context": {"AWS:sourcevpce": "vpce-1"}})",
           R"({"context": {"aws:RequestTag/any thing": "a"}})",
           R"({"context": {"s3:ExistingObjectTag/x": "a"}})",
           R"({"context": {"example:Key": "a", "oidc.example.com/id/1:aud": "b"}})",
           R"({"context": []})",
           R"([])",
       }) {
    CAPTURE(request);
    CHECK(WordsOf(request) == "");
  }
}

TEST_CASE("a suite is asked at its defaults, its cases, its rows and each value of an axis") {
  const auto tree = YamlTree(R"(version: 1
defaults: {request: {context: {"aws:SourceVpcx": vpc-1}}}
cases:
  - {name: a, request: {action: "s3:GetObjekt"}, expect: deny}
matrix:
  - name: b
    action: ["s3:PutObject", "s3:PutObjekt"]
    context: [{"aws:SourceIp": 10.0.0.1}, {"aws:SourceIpp": 10.0.0.1}]
    request: {unknown: "aws:SourceArnn"}
    expect: deny
)");
  REQUIRE(tree);
  CHECK(Words(UnknownNames(policy::Catalogue::Embedded(), *tree)) ==
        "unknown-key /defaults/request/context/aws:SourceVpcx <\"aws:SourceVpcx\">; "
        "unknown-action /cases/0/request/action <\"s3:GetObjekt\">; "
        "unknown-key /matrix/0/request/unknown <\"aws:SourceArnn\">; "
        "unknown-action /matrix/0/action/1 <\"s3:PutObjekt\">; "
        "unknown-key /matrix/0/context/1/aws:SourceIpp <\"aws:SourceIpp\">");
}

TEST_CASE("a file of nothing but misspelt names gives a thousand warnings and no more") {
  std::string text = R"({"cases": [)";
  for (int i = 0; i < 1'500; ++i) {
    text += std::string(i == 0 ? "" : ",") + R"({"request": {"action": "s3:GetObjekt"}})";
  }
  const auto tree = JsonTree(text + "]}");
  REQUIRE(tree);
  CHECK(UnknownNames(policy::Catalogue::Embedded(), *tree).size() == 1'000);
}

}  // namespace
}  // namespace postern::authz
