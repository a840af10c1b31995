#include "authz/remedy/cause.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/authz/testing.h"

namespace postern::authz {
namespace {

using policy::PolicyKind;
using testing::Ask;
using testing::ExplanationOf;
using testing::Given;
using testing::kAlice;

std::string All(const std::vector<std::string>& notes) {
  std::string all;
  for (const std::string& note : notes) all += note + '\n';
  return all;
}

constexpr std::string_view kOneBucket =
    R"({"Sid": "One", "Effect": "Allow", "Principal": "*", "Action": "s3:*",
        "Resource": ["arn:aws:s3:::app", "arn:aws:s3:::app/*"]})";
constexpr std::string_view kAllowS3 = R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})";
constexpr std::string_view kGetKey = "arn:aws:s3:::app/key";

struct EndpointCase {
  std::string_view name;
  std::string_view statements;  // of the endpoint policy
  std::string_view action;
  std::string_view resource;
  std::string_view sentence;
};

TEST_CASE("the sentence says what the endpoint policy lacks or denies") {
  constexpr EndpointCase kCases[] = {
      {"an action without resource types", kOneBucket, "s3:ListAllMyBuckets", "*",
       "the endpoint policy has no statement that allows `s3:ListAllMyBuckets`: its statements "
       "name "
       "bucket ARNs, and `s3:ListAllMyBuckets` is only matched by Resource `*`"},
      {"no statement with the action",
       R"({"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"})",
       "s3:GetObject", kGetKey, "the endpoint policy has no statement that allows `s3:GetObject`"},
      {"another resource", kOneBucket, "s3:GetObject", "arn:aws:s3:::elsewhere/key",
       "the endpoint policy does not allow it: statement 1 `One` (`/Statement/0`) allows "
       "`s3:GetObject`, but only on `arn:aws:s3:::app` or `arn:aws:s3:::app/*`, not on "
       "`arn:aws:s3:::elsewhere/key`"},
      {"another principal",
       R"({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/bob"},
           "Action": "s3:*", "Resource": "*"})",
       "s3:GetObject", kGetKey,
       "the endpoint policy does not allow it: statement 1 (`/Statement/0`) allows `s3:GetObject`, "
       "but "
       "only to `arn:aws:iam::111122223333:user/bob`, not to "
       "`arn:aws:iam::111122223333:user/alice`"},
      {"a key that is absent",
       R"({"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
           "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}})",
       "s3:GetObject", kGetKey,
       "the endpoint policy does not allow it: statement 1 (`/Statement/0`) allows `s3:GetObject`, "
       "but "
       "`aws:PrincipalOrgID` is absent from the request, and `StringEquals` asks for "
       "`o-a1b2c3d4e5`"},
      {"a key with another value",
       R"({"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
           "Condition": {"StringEquals": {"aws:PrincipalAccount": "999900001111"}}})",
       "s3:GetObject", kGetKey,
       "the endpoint policy does not allow it: statement 1 (`/Statement/0`) allows `s3:GetObject`, "
       "but "
       "`aws:PrincipalAccount` is `111122223333`, and `StringEquals` asks for `999900001111`"},
      {"only denies",
       R"({"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "*"})",
       "s3:GetObject", kGetKey,
       "the endpoint policy has only Deny statements, and without an Allow nothing passes"},
      {"a deny with a value that is excluded",
       R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
          {"Sid": "Outside", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
           "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "999900001111"}}})",
       "s3:GetObject", kGetKey,
       "the endpoint policy denies it explicitly: statement 2 `Outside` (`/Statement/1`) denies "
       "`s3:GetObject` on `arn:aws:s3:::app/key`, since `aws:PrincipalAccount` is `111122223333`, "
       "and `StringNotEquals` holds for all but `999900001111`"},
      {"a deny whose key is absent",
       R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
          {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
           "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}})",
       "s3:GetObject", kGetKey,
       "the endpoint policy denies it explicitly: statement 2 (`/Statement/1`) denies "
       "`s3:GetObject` "
       "on `arn:aws:s3:::app/key`, since `aws:PrincipalOrgID` is absent from the request, and "
       "`StringNotEquals` holds then"},
      {"everything allowed",
       R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})", "s3:GetObject",
       kGetKey,
       "statement 1 (`/Statement/0`) of the identity policies allows it, and nothing denies it"},
  };
  for (const EndpointCase& c : kCases) {
    CAPTURE(c.name);
    PolicySet policies;
    policies.identity = Given(kAllowS3, PolicyKind::kIdentity);
    policies.resource = {Knowledge::kNone, {}};
    testing::SetEndpoint(policies, c.statements);
    CHECK(CauseSentence(ExplanationOf(policies, Ask(c.action, c.resource))) == c.sentence);
  }
}

TEST_CASE("the sentence names the bucket policy, the SCPs and the layers behind the first") {
  PolicySet policies;
  policies.identity = {Knowledge::kNone, {}};
  policies.resource = Given(
      R"({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::app/*",
          "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0aaaaaaaaaaaaaaa1"}}})",
      PolicyKind::kBucket);
  CHECK(CauseSentence(ExplanationOf(policies, Ask("s3:GetObject", kGetKey))) ==
        "the bucket policy denies it explicitly: statement 1 (`/Statement/0`) denies "
        "`s3:GetObject` on "
        "`arn:aws:s3:::app/key`, since `aws:SourceVpce` is absent from the request, and "
        "`StringNotEquals` holds then");

  policies.resource = {Knowledge::kNone, {}};
  testing::SetEndpoint(policies, kOneBucket);
  const Explanation both = ExplanationOf(policies, Ask("s3:ListAllMyBuckets", "*"));
  CHECK(CauseSentence(both).ends_with("; the identity policies do not allow it either"));
  CHECK(StoppedBy(both) == LayerMask{Layer::kEndpoint, Layer::kIdentity});

  policies.endpoint.reset();
  CHECK(CauseSentence(ExplanationOf(policies, Ask("s3:ListAllMyBuckets", "*"))) ==
        "there are no identity policies, so nothing there allows `s3:ListAllMyBuckets`");
  policies.identity = Given(kAllowS3, PolicyKind::kIdentity);
  const auto allows = [](std::string_view action) {
    return testing::Document(testing::Policy(R"({"Effect": "Allow", "Action": ")" +
                                             std::string(action) + R"(", "Resource": "*"})"),
                             PolicyKind::kScp);
  };
  policies.scps = {Knowledge::kGiven, {{allows("*")}, {allows("ec2:*")}}};
  CHECK(
      CauseSentence(ExplanationOf(policies, Ask("s3:GetObject", kGetKey))) ==
      "the service control policies allow `s3:GetObject` on one level but not on every level from "
      "the root to the account");
}

TEST_CASE("a layer that was not given is never the cause") {
  for (const bool unknown : {false, true}) {
    CAPTURE(unknown);
    PolicySet policies;
    testing::SetEndpoint(policies, kOneBucket);
    const Explanation explanation =
        ExplanationOf(policies, Ask("s3:ListAllMyBuckets", "*"), {.not_given_is_unknown = unknown});
    CHECK(StoppedBy(explanation) == LayerMask{Layer::kEndpoint});
    const std::string sentence = CauseSentence(explanation);
    CHECK(sentence.starts_with("the endpoint policy has no statement"));
    CHECK(sentence.find("identity") == std::string::npos);
    CHECK(All(Notes(explanation)).find("the identity policies were not given") !=
          std::string::npos);
    CHECK(All(Notes(explanation)).find("resource") == std::string::npos);
  }
  const PolicySet nothing;
  CHECK(CauseSentence(ExplanationOf(nothing, Ask("s3:GetObject", kGetKey))) ==
        "no policy that was given stops it, and none that was given allows it");
  CHECK(CauseSentence(
            ExplanationOf(nothing, Ask("s3:GetObject", kGetKey), {.not_given_is_unknown = true})) ==
        "the answer depends on `layer:identity` and `layer:resource`, not known here");
}

struct NoteCase {
  std::string_view statements;  // of the identity policy
  std::string_view action;
  std::string_view resource;
  bool through_endpoint;
  std::string_view note;  // part of it
};

TEST_CASE("notes point at what is commonly overlooked") {
  constexpr NoteCase kCases[] = {
      {kOneBucket, "s3:ListAllMyBuckets", "*", false, "needs s3:ListBucket on that bucket instead"},
      {R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::app/*"})",
       "s3:ListBucket", "arn:aws:s3:::app", false, "`arn:aws:s3:::app/*` names the objects"},
      {R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::app"})", "s3:GetObject",
       kGetKey, false, "`arn:aws:s3:::app` names the bucket"},
      {R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*",
           "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}})",
       "s3:GetObject", kGetKey, true, "carries aws:VpcSourceIp"},
      {R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*",
           "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-0aaaaaaaaaaaaaaa1"}}})",
       "s3:GetObject", kGetKey, false, "only a request through a VPC endpoint carries"},
      {R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*",
           "Condition": {"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::*:user/alice"}}})",
       "s3:GetObject", kGetKey, false, "takes `*` and `?` literally"},
      {R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*",
           "Condition": {"StringEquals": {"aws:username": "Alice"}}})",
       "s3:GetObject", kGetKey, false, "only in the case of letters"},
  };
  for (const NoteCase& c : kCases) {
    CAPTURE(c.note);
    PolicySet policies;
    std::string statements(c.statements);
    if (const std::size_t at = statements.find(R"("Principal": "*",)"); at != std::string::npos) {
      statements.erase(at, 17);
    }
    policies.identity = Given(statements, PolicyKind::kIdentity);
    policies.resource = {Knowledge::kNone, {}};
    if (c.through_endpoint) policies.endpoint.emplace();
    const Explanation explanation = ExplanationOf(policies, Ask(c.action, c.resource));
    CHECK(explanation.decision.verdict == Verdict::kImplicitDeny);
    const std::string notes = All(Notes(explanation));
    CAPTURE(notes);
    CHECK(notes.find(c.note) != std::string::npos);
  }
}

TEST_CASE(
    "a role named in a gateway endpoint's policy gets a note, in an interface endpoint's none") {
  for (const bool gateway : {true, false}) {
    CAPTURE(gateway);
    PolicySet policies;
    policies.identity = Given(kAllowS3, PolicyKind::kIdentity);
    testing::SetEndpoint(
        policies,
        gateway ? R"({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:*",
                      "Resource": "*"})"
                : R"({"Effect": "Allow", "Principal": {"AWS": "999900001111"}, "Action": "s3:*",
                      "Resource": "*"})",
        gateway ? policy::EndpointType::kGateway : policy::EndpointType::kInterface);
    const Explanation explanation = ExplanationOf(policies, Ask("s3:GetObject", kGetKey));
    CHECK((All(Notes(explanation)).find("the endpoint is a gateway") != std::string::npos) ==
          gateway);
  }
}

TEST_CASE("an allowed request has no notes, and control characters are not repeated") {
  PolicySet policies;
  policies.identity = Given(kAllowS3, PolicyKind::kIdentity);
  CHECK(Notes(ExplanationOf(policies, Ask("s3:GetObject", kGetKey))).empty());
  policies.identity = Given(R"({"Sid": "a\nb", "Effect": "Allow", "Action": "s3:*",
                                "Resource": "arn:aws:s3:::\u001bx/*"})",
                            PolicyKind::kIdentity);
  const std::string sentence =
      CauseSentence(ExplanationOf(policies, Ask("s3:GetObject", "arn:aws:s3:::app/a\nb")));
  CHECK(std::ranges::none_of(sentence, [](char c) { return static_cast<unsigned char>(c) < ' '; }));
}

TEST_CASE("what an access point or Block Public Access refuses is said without a statement of it") {
  PolicySet policies;
  policies.identity = Given(kAllowS3, PolicyKind::kIdentity);
  policies.resource =
      Given(R"({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"})",
            PolicyKind::kBucket);
  policies.access_point.emplace();
  policies.access_point->vpc_origin = true;
  policies.access_point->vpc = "vpc-0bbbbbbbbbbbbbbbb1";
  Request request =
      Ask("s3:GetObject", "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k");
  request.bucket_resource = "arn:aws:s3:::app/k";
  CHECK(CauseSentence(ExplanationOf(policies, request)) ==
        "the access point denies it explicitly: its network origin is the VPC "
        "`vpc-0bbbbbbbbbbbbbbbb1`, and the request does not come from there");

  policies.restrict_public_buckets = true;
  Request foreign = Ask("s3:GetObject", "arn:aws:s3:::app/k", "arn:aws:iam::444455556666:user/m");
  foreign.resource_account_state = ResourceAccountState::kGiven;
  foreign.resource_account = "111122223333";
  CHECK(CauseSentence(ExplanationOf(policies, foreign)) ==
        "the block public access setting denies it explicitly: statement 1 (`/Statement/0`) of the "
        "bucket policy is public, and then only the bucket owner's account and AWS services pass");
}

TEST_CASE("a layer that was judged on the bucket behind an access point speaks of the bucket") {
  PolicySet policies;
  policies.identity = Given(kAllowS3, PolicyKind::kIdentity);
  testing::SetEndpoint(policies,
                       R"({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                           "Resource": "arn:aws:s3:eu-west-1:*:accesspoint/*"})");
  policies.access_point.emplace();
  Request request =
      Ask("s3:GetObject", "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k");
  request.bucket_resource = "arn:aws:s3:::app/k";
  CHECK(
      CauseSentence(ExplanationOf(policies, request)) ==
      "the endpoint policy does not allow it: statement 1 (`/Statement/0`) allows `s3:GetObject`, "
      "but only on `arn:aws:s3:eu-west-1:*:accesspoint/*`, not on `arn:aws:s3:::app/k`");
}

}  // namespace
}  // namespace postern::authz
