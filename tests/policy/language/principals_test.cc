#include "policy/language/principals.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace postern::policy {
namespace {

constexpr PrincipalType kAws = PrincipalType::kAws;
const std::string kHex64(64, 'a');

}  // namespace

TEST_CASE("every form of S2.1 is told by its text") {
  using enum PrincipalForm;
  struct Row {
    PrincipalType type;
    std::string text;
    PrincipalForm form;
  };
  const std::vector<Row> rows = {
      {kAws, "*", kEveryone},
      {kAws, "111122223333", kAccount},
      {kAws, "arn:aws:iam::111122223333:root", kAccount},
      {kAws, "arn:aws-cn:iam::111122223333:root", kAccount},
      {kAws, "arn:aws-us-gov:iam::111122223333:root", kAccount},
      {kAws, "arn:aws:iam::111122223333:user/alice", kUser},
      {kAws, "arn:aws:iam::111122223333:role/app/Reader", kRole},
      {kAws, "arn:aws:sts::111122223333:assumed-role/Reader/s1", kRoleSession},
      {kAws, "arn:aws:sts::111122223333:federated-user/bob", kFederatedUser},
      {kAws, "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1", kUser},
      {kAws, "AIDAIOSFODNN7EXAMPLE0", kUniqueId},
      {kAws, "AROAIOSFODNN7EXAMPLE0", kUniqueId},
      {PrincipalType::kService, "lambda.amazonaws.com", kService},
      {PrincipalType::kFederated, "cognito-identity.amazonaws.com", kFederated},
      {PrincipalType::kFederated, "https://example.com/id", kFederated},
      {PrincipalType::kFederated, "arn:aws:iam::111122223333:saml-provider/Corp", kFederated},
      {PrincipalType::kFederated, "arn:aws:iam::111122223333:oidc-provider/a.b/c", kFederated},
      {PrincipalType::kCanonicalUser, kHex64, kCanonicalUser},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const PrincipalPattern parsed = ParsePrincipal(row.type, row.text);
    CHECK(parsed.form == row.form);
    CHECK(parsed.text == row.text);
    CHECK_FALSE(parsed.partial_wildcard);
  }
}

TEST_CASE("what can be no principal is invalid") {
  const std::vector<std::string> of_aws = {"",
                                           "**",
                                           "alice",
                                           "11112222333",
                                           "lambda.amazonaws.com",
                                           kHex64,
                                           "arn:aws:iam::111122223333:group/admins",
                                           "arn:aws:iam::111122223333:policy/p",
                                           "arn:aws:iam::111122223333:user/",
                                           "arn:aws:iam::111122223333:role/app/",
                                           "arn:aws:iam::111122223333:user",
                                           "arn:aws:iam::111122223333:Root",
                                           "arn:aws:iam:us-east-1:111122223333:user/alice",
                                           "arn:aws:iam::1111:user/alice",
                                           "arn:amazon:iam::111122223333:user/alice",
                                           "arn:aws:iam::111122223333:assumed-role/r/s",
                                           "arn:aws:sts::111122223333:assumed-role/r",
                                           "arn:aws:sts::111122223333:assumed-role/r/",
                                           "arn:aws:sts::111122223333:assumed-role//s",
                                           "arn:aws:sts::111122223333:assumed-role/p/r/s",
                                           "arn:aws:sts::111122223333:federated-user/",
                                           "arn:aws:s3:::bucket",
                                           "arn:aws:iam::cloudfront:role/x",
                                           "AKIAIOSFODNN7EXAMPLE0",
                                           "AIDA"};
  for (const std::string& text : of_aws) {
    CAPTURE(text);
    const PrincipalPattern parsed = ParsePrincipal(kAws, text);
    CHECK(parsed.form == PrincipalForm::kInvalid);
    CHECK(parsed.text == text);
    CHECK(parsed.account.empty());
  }
  const auto form = [](PrincipalType type, std::string_view text) {
    return ParsePrincipal(type, text).form;
  };
  CHECK(form(PrincipalType::kService, "lambda") == PrincipalForm::kInvalid);
  CHECK(form(PrincipalType::kService, "arn:aws:iam::111122223333:root") == PrincipalForm::kInvalid);
  CHECK(form(PrincipalType::kFederated, "arn:aws:iam::111122223333:role/r") ==
        PrincipalForm::kInvalid);
  CHECK(form(PrincipalType::kFederated, "arn:aws:iam::111122223333:saml-provider/") ==
        PrincipalForm::kInvalid);
  CHECK(form(PrincipalType::kCanonicalUser, "abc") == PrincipalForm::kInvalid);
  CHECK(form(PrincipalType::kCanonicalUser, "*") == PrincipalForm::kInvalid);
}

TEST_CASE("users and roles have a path and a name") {
  const auto user = ParsePrincipal(kAws, "arn:aws:iam::111122223333:user/alice");
  CHECK(user.partition == "aws");
  CHECK(user.account == "111122223333");
  CHECK(user.path == "/");
  CHECK(user.name == "alice");
  const auto role = ParsePrincipal(kAws, "arn:aws-cn:iam::111122223333:role/app/eu/Reader");
  CHECK(role.partition == "aws-cn");
  CHECK(role.path == "/app/eu/");
  CHECK(role.name == "Reader");
  const auto session = ParsePrincipal(kAws, "arn:aws:sts::111122223333:assumed-role/Reader/s1");
  CHECK(session.name == "Reader");
  CHECK(session.session == "s1");
  CHECK(session.path.empty());
  CHECK(ParsePrincipal(kAws, "111122223333").account == "111122223333");
}

TEST_CASE("a wildcard inside a principal is flagged and stays literal") {
  const auto role = ParsePrincipal(kAws, "arn:aws:iam::111122223333:role/*");
  CHECK(role.form == PrincipalForm::kRole);
  CHECK(role.name == "*");
  CHECK(role.partial_wildcard);
  CHECK(ParsePrincipal(kAws, "arn:aws:iam::*:role/x").form == PrincipalForm::kInvalid);
  CHECK(ParsePrincipal(kAws, "arn:aws:iam::*:role/x").partial_wildcard);
  CHECK(ParsePrincipal(kAws, "11112222333?").partial_wildcard);
  CHECK(ParsePrincipal(PrincipalType::kService, "*.amazonaws.com").partial_wildcard);
  CHECK(ParsePrincipal(PrincipalType::kService, "*").partial_wildcard);
  CHECK_FALSE(ParsePrincipal(kAws, "*").partial_wildcard);
}

}  // namespace postern::policy
