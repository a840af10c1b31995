// What a request says against itself is an input error and no verdict (S6.4.5), and what is said to
// be unknown contradicts nothing.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "authz/suites/case_file.h"
#include "tests/authz/suites/testing.h"
#include "tests/authz/testing.h"

namespace postern::authz {
namespace {

// "error contradiction", "implicit-deny identity": of a case without identity policies, in quotes
// of one kind.
std::string Judge(std::string_view policies, std::string_view request) {
  std::string text = "{'policies':{'identity':[]," + std::string(policies) +
                     "'resource':[]},'organization':{'id':'o-a1b2c3d4e5','management_account':"
                     "'999988887777','accounts':{'111122223333':'o-a1b2c3d4e5/r-ab12/'}},"
                     "'request':{'action':'s3:GetObject','resource':'arn:aws:s3:::b/k',"
                     "'resource_account':'111122223333'," +
                     std::string(request) + "}}";
  for (char& c : text) {
    if (c == '\'') c = '"';
  }
  const auto tree = testing::JsonTree(std::move(text));
  REQUIRE(tree != nullptr);
  DocumentCache documents(testing::ReadFrom({}));
  std::vector<CaseProblem> problems;
  const auto read = ReadCase(tree, documents, problems);
  REQUIRE_MESSAGE(read.has_value(), testing::Words(problems));
  return testing::Words(read->policies, read->question.request);
}

constexpr std::string_view kUser = "'principal':'arn:aws:iam::111122223333:user/alice'";
constexpr std::string_view kSession =
    "'principal':'arn:aws:sts::111122223333:assumed-role/app/one'";
constexpr std::string_view kDenied = "implicit-deny identity";
constexpr std::string_view kRefused = "error contradiction";

std::string With(std::string_view principal, std::string_view context) {
  return std::string(principal) + ",'context':{" + std::string(context) + "}";
}

}  // namespace

TEST_CASE("a context that says otherwise than the request is refused") {
  const std::string carol = "'principal':'arn:aws:sts::111122223333:federated-user/carol'";
  const std::string service = "'principal':'cloudtrail.amazonaws.com'";
  const std::string forwarded = std::string(kUser) + ",'forwarded_by':'athena.amazonaws.com'";
  const struct {
    std::string request;
    std::string_view answer;
  } rows[] = {
      {With(kUser, "'aws:username':'bob'"), kRefused},
      {With(kUser, "'aws:username':'alice'"), kDenied},
      {With(kSession, "'aws:username':'app'"), kRefused},
      {With(kUser, "'aws:PrincipalIsAWSService':'True'"), kRefused},
      {With(kUser, "'aws:PrincipalIsAWSService':'False'"), kDenied},
      {With(kUser, "'aws:PrincipalServiceName':'cloudtrail.amazonaws.com'"), kRefused},
      {With(kUser, "'aws:PrincipalOrgPaths':['o-other/r-1/']"), kRefused},
      {With(kUser, "'aws:PrincipalOrgPaths':['o-a1b2c3d4e5/r-ab12/']"), kDenied},
      {With(kSession, "'aws:userid':'AROAEXAMPLEAPP000001:two'"), kRefused},
      {With(kSession, "'aws:userid':'AROAEXAMPLEAPP000001:one'"), kDenied},
      {With(carol, "'aws:userid':'111122223333:bob'"), kRefused},
      {With(service, "'aws:PrincipalOrgID':'o-a1b2c3d4e5'"), kRefused},
      {With("'principal':'*'", "'aws:PrincipalIsAWSService':'false'"), kRefused},
      {With(kUser, "'s3:ResourceAccount':'444455556666'"), kRefused},
      {With(forwarded, "'aws:SourceVpce':'vpce-0aaaaaaaaaaaaaaa1'"), kRefused},
      {With(forwarded, "'aws:CalledVia':['athena.amazonaws.com','glue.amazonaws.com']"), kRefused},
      {With(forwarded, "'aws:CalledVia':['glue.amazonaws.com','athena.amazonaws.com']"), kDenied},
      {With(forwarded, "'aws:CalledViaLast':'glue.amazonaws.com'"), kRefused},
  };
  for (const auto& row : rows) {
    CAPTURE(row.request);
    CHECK(Judge("", row.request) == row.answer);
  }
}

TEST_CASE("what the request says of an organization must be what the organization says") {
  const std::string arn = "'principal':{'arn':'arn:aws:iam::111122223333:user/alice',";
  CHECK(Judge("", arn + "'org_id':'o-a1b2c3d4e5'}") == kDenied);
  CHECK(Judge("", arn + "'org_id':'o-other'}") == kRefused);
  CHECK(Judge("", arn + "'org_id':null}") == kRefused);
  CHECK(Judge("", arn + "'org_paths':['o-a1b2c3d4e5/r-zz99/']}") == kRefused);
  const std::string manager = "'principal':{'arn':'arn:aws:iam::999988887777:user/manager',";
  CHECK(Judge("", manager + "'org_id':'o-other'}") == kRefused);
  CHECK(Judge("", std::string(kUser) + ",'resource_org_id':'o-other'") == kRefused);
  CHECK(Judge("", std::string(kUser) + ",'resource_org_paths':'o-a1b2c3d4e5/r-zz99/'") == kRefused);
}

TEST_CASE("what the context says of a tag must be what the principal says, in whatever case") {
  const std::string tagged =
      "'principal':{'arn':'arn:aws:iam::111122223333:user/alice','tags':{'team':'red'}}";
  CHECK(Judge("", With(tagged, "'aws:PrincipalTag/Team':'blue'")) == kRefused);
  CHECK(Judge("", With(tagged, "'aws:PrincipalTag/Team':'red'")) == kDenied);
}

TEST_CASE("aws:SourceIp contradicts every way through an endpoint") {
  constexpr std::string_view kAddress = "'aws:SourceIp':'203.0.113.7'";
  const std::string both = std::string(kAddress) + ",'aws:VpcSourceIp':'10.0.0.1'";
  CHECK(Judge("", With(kUser, kAddress)) == kDenied);
  CHECK(Judge("", With(kUser, both)) == kRefused);
  CHECK(Judge("'endpoint':{'policy':'unknown'},", With(kUser, kAddress)) == kRefused);
  CHECK(Judge("'endpoint':'unknown',", With(kUser, both)) == kRefused);
  // Another Region's endpoint, which the request does not use; but it came through some endpoint.
  constexpr std::string_view kElsewhere = "'endpoint':{'region':'us-east-1'},";
  const std::string region = ",'aws:RequestedRegion':'eu-west-1'";
  CHECK(Judge(kElsewhere, With(kUser, std::string(kAddress) + region)) == kDenied);
  CHECK(Judge(kElsewhere, With(kUser, both + region)) == kRefused);
}

TEST_CASE("a key that is said to be unknown contradicts nothing and supplies nothing") {
  const std::string unknown = ",'unknown':['aws:username','aws:PrincipalArn','aws:SourceVpce']";
  CHECK(Judge("", std::string(kSession) + unknown) == kDenied);
  CHECK(Judge("", "'principal':'*'" + unknown) == "implicit-deny resource");
  CHECK(Judge("", With(kUser, "'aws:SourceIp':'203.0.113.7'") + ",'unknown':'aws:SourceVpce'") ==
        kDenied);
}

TEST_CASE("a bucket policy's statement needs Resource, a key policy's has no effect without") {
  const std::string lacking =
      "'resource':{'Statement':{'Effect':'Allow','Principal':'*','Action':'*'}},";
  const auto judge = [&](std::string_view action, std::string_view resource) {
    std::string text = "{'policies':{'identity':[]," + lacking + "'scps':[]},'request':{" +
                       std::string(kUser) + ",'action':'" + std::string(action) + "','resource':'" +
                       std::string(resource) + "'}}";
    for (char& c : text) {
      if (c == '\'') c = '"';
    }
    const auto tree = testing::JsonTree(std::move(text));
    DocumentCache documents(testing::ReadFrom({}));
    std::vector<CaseProblem> problems;
    const auto read = ReadCase(tree, documents, problems);
    REQUIRE(read.has_value());
    return testing::Words(read->policies, read->question.request);
  };
  CHECK(judge("s3:GetObject", "arn:aws:s3:::b/k") == "error policy-refused");
  CHECK(judge("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/1") ==
        "implicit-deny resource");
  CHECK(judge("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q") == "allow resource");
}

}  // namespace postern::authz
