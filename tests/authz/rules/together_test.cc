// When rules over several policies speak, and when they cannot tell and are silent.
#include "authz/rules/together.h"

#include <doctest/doctest.h>

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/lint.h"

namespace postern::authz {
namespace {

using policy::PolicyKind;

constexpr std::string_view kVpce = "vpce-0a1b2c3d4e5f60718";

// Policies of one run, as text.
class Run {
 public:
  Run& Add(PolicyKind kind, std::string_view statements, std::string_view id = {}) {
    Held& held = held_.emplace_back();
    held.facts.catalogue = &policy::Catalogue::Embedded();
    held.facts.endpoint.id = id;
    held.file = std::make_shared<const policy::Source>(
        std::string(policy::TraitsOf(kind).name) + ".json",
        R"({"Version":"2012-10-17","Statement":[)" + std::string(statements) + "]}");
    policy::LintOptions options;
    options.kind = kind;
    options.facts = held.facts;
    held.result = policy::LintText(held.file, options, {});
    REQUIRE(held.result.document);
    return *this;
  }
  Run& Endpoint(std::string_view statements, std::string_view id = kVpce) {
    return Add(PolicyKind::kEndpoint, statements, id);
  }
  Run& Bucket(std::string_view statements) { return Add(PolicyKind::kBucket, statements); }

  // "BP118 bucket.json" for each finding.
  std::vector<std::string> Codes() const {
    LintRun run;
    for (const Held& held : held_) {
      run.policies.push_back({&*held.result.document, &held.facts, held.file.get(), nullptr});
    }
    std::vector<std::string> codes;
    for (const RunFinding& finding : LintTogether(run, TogetherRules())) {
      REQUIRE(finding.policy);
      codes.push_back(std::string(finding.diagnostic.code) + " " +
                      run.policies[*finding.policy].file->name());
    }
    return codes;
  }

 private:
  struct Held {
    policy::LintFacts facts;
    std::shared_ptr<const policy::Source> file;
    policy::LintResult result;
  };
  std::deque<Held> held_;
};

// A Deny of what does not come through the endpoint; `more` are further conditions.
std::string Door(std::string_view resources, std::string_view more = {},
                 std::string_view id = kVpce) {
  return R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":)" +
         std::string(resources) + R"(,"Condition":{"StringNotEquals":{"aws:SourceVpce":[")" +
         std::string(id) + "\"]}" + std::string(more) + "}}";
}

std::string Allow(std::string_view action, std::string_view resources,
                  std::string_view condition = {}) {
  return R"({"Effect":"Allow","Principal":"*","Action":")" + std::string(action) +
         R"(","Resource":)" + std::string(resources) +
         (condition.empty() ? "" : R"(,"Condition":)" + std::string(condition)) + "}";
}

constexpr std::string_view kBoth = R"(["arn:aws:s3:::b","arn:aws:s3:::b/*"])";
constexpr std::string_view kOther = R"(["arn:aws:s3:::other","arn:aws:s3:::other/*"])";
const std::vector<std::string> kImpossible{"BP118 bucket.json"};
const std::vector<std::string> kDenied{"BP119 endpoint.json"};
const std::vector<std::string> kNothing;

}  // namespace

TEST_CASE("BP118: an endpoint policy that may admit anything of the bucket is no finding") {
  struct Row {
    std::string endpoint;
    bool impossible;
  };
  const Row rows[] = {
      {Allow("s3:*", kOther), true},
      {Allow("dynamodb:*", "\"*\""), false},  // no endpoint for S3
      {Allow("s3:*", R"("arn:aws:s3:eu-west-1:111122223333:accesspoint/b/object/*")"), true},
      {Allow("*", "\"*\"") + R"(,{"Effect":"Deny","Principal":"*","Action":"s3:*","NotResource":)" +
           std::string(kOther) + "}",
       true},
      {Allow("*", "\"*\"") + R"(,{"Effect":"Deny","Principal":"*","Action":"*","Resource":)" +
           std::string(kBoth) + "}",
       true},
      {Allow("*", "\"*\""), false},
      {Allow("s3:PutObject", R"("arn:aws:s3:::b/in/*")"), false},
      {Allow("s3:*", R"("arn:aws:s3:::${aws:PrincipalTag/bucket}/*")"), false},
      {Allow("s3:*", R"("arn:aws:s3:::b*")"), false},
      {Allow("s3:*", "\"*\"", R"({"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}})"), false},
      // A Deny with a condition, or of objects alone, shuts nothing for certain.
      {Allow("*", "\"*\"") + R"(,{"Effect":"Deny","Principal":"*","Action":"*","Resource":)" +
           std::string(kBoth) + R"(,"Condition":{"Bool":{"aws:SecureTransport":"false"}}})",
       false},
      {Allow("*", "\"*\"") +
           R"(,{"Effect":"Deny","Principal":"*","Action":"*","Resource":"arn:aws:s3:::b/*"})",
       false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.endpoint);
    CHECK(Run().Bucket(Door(kBoth)).Endpoint(row.endpoint).Codes() ==
          (row.impossible ? kImpossible : kNothing));
  }
}

TEST_CASE("BP118: a bucket that can be reached by another way is no finding") {
  const std::string shut = Allow("s3:*", kOther);
  struct Row {
    std::string bucket;
    bool impossible;
  };
  const Row rows[] = {
      {Door(kBoth), true},
      // Principals that are spared are no reason for the others.
      {Door(kBoth, R"(,"BoolIfExists":{"aws:PrincipalIsAWSService":"false"})"), true},
      {Door(kBoth, R"(,"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/x"})"),
       true},
      // Another VPC, another address, another organization is let in as well.
      {Door(kBoth, R"(,"StringNotEqualsIfExists":{"aws:SourceVpc":"vpc-0a1b2c3d"})"), false},
      {Door(kBoth, R"(,"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"})"), false},
      {Door(kBoth, R"(,"StringNotLike":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"})"), false},
      // Another endpoint, whose policy is not in the run.
      {Door(kBoth, {}, R"(vpce-0a1b2c3d4e5f60718","vpce-0b1b2c3d4e5f60718)"), false},
      {Door(kBoth, {}, "vpce-0b1b2c3d4e5f60718"), false},
      {Door(kBoth, {}, "vpce-*"), false},
      {Allow("s3:GetObject", R"("arn:aws:s3:::b/*")",
             R"({"StringEquals":{"aws:SourceVpce":"vpce-0a1b2c3d4e5f60718"}})"),
       true},
      {Allow("s3:GetObject", R"("arn:aws:s3:::b/*")",
             R"({"StringEqualsIfExists":{"aws:SourceVpce":"vpce-0a1b2c3d4e5f60718"}})"),
       false},
      // Two buckets, or any: whose policy it is cannot be told.
      {Door(R"(["arn:aws:s3:::b","arn:aws:s3:::c/*"])"), false},
      {Door("\"*\""), false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.bucket);
    CHECK(Run().Bucket(row.bucket).Endpoint(shut).Codes() ==
          (row.impossible ? kImpossible : kNothing));
  }
  CHECK(Run().Bucket(Door(kBoth)).Endpoint(shut, "").Codes() == kNothing);
  // Two policies that are said to be the same endpoint's: one of them may be the old one.
  CHECK(Run().Bucket(Door(kBoth)).Endpoint(shut).Endpoint(Allow("*", "\"*\"")).Codes() == kNothing);
}

TEST_CASE("BP119: a bucket that is opened by name is denied whatever comes through the endpoint") {
  const std::string opens = Allow("s3:GetObject", kBoth);
  const std::string elsewhere = "vpce-0b1b2c3d4e5f60718";
  CHECK(Run().Endpoint(opens).Bucket(Door(kBoth, {}, elsewhere)).Codes() == kDenied);
  CHECK(Run().Endpoint(opens).Bucket(Door(kBoth)).Codes() == kNothing);
  // Nothing is known of the endpoint: it may be the one that the bucket wants.
  CHECK(Run().Endpoint(opens, "").Bucket(Door(kBoth, {}, elsewhere)).Codes() == kNothing);
  // A pattern is no name, and an Allow of the bucket alone asks for no objects.
  CHECK(Run().Endpoint(Allow("s3:*", "\"*\"")).Bucket(Door(kBoth, {}, elsewhere)).Codes() ==
        kNothing);
  CHECK(Run()
            .Endpoint(Allow("s3:*", R"("arn:aws:s3:::b")"))
            .Bucket(Door(R"("arn:aws:s3:::b/*")", {}, elsewhere))
            .Codes() == kNothing);
  // The role that the endpoint policy is for may be the one that the bucket policy spares.
  const std::string spares =
      Door(kBoth, R"(,"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/x"})",
           elsewhere);
  CHECK(Run().Endpoint(opens).Bucket(spares).Codes() == kDenied);
  const std::string for_role =
      Allow("s3:GetObject", kBoth,
            R"({"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/x"}})");
  CHECK(Run().Endpoint(for_role).Bucket(spares).Codes() == kNothing);
}

TEST_CASE("BP120: the limit of one policy alone, where nothing above it says the same") {
  const std::string org = R"({"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}})";
  const std::string limited = Allow("s3:*", "\"*\"", org);
  const std::string bucket = Allow("s3:GetObject", R"("arn:aws:s3:::b/*")");
  const std::string identity =
      R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"})";
  const auto run = [&] {
    Run made;
    made.Bucket(bucket).Add(PolicyKind::kInline, identity);
    return made;
  };
  CHECK(run().Endpoint(limited).Codes() == std::vector<std::string>{"BP120 endpoint.json"});
  CHECK(run().Endpoint(Allow("s3:*", "\"*\"")).Codes() == kNothing);
  CHECK(run().Endpoint(Allow("s3:*", kOther, org)).Codes() == kNothing);
  CHECK(run()
            .Endpoint(limited)
            .Add(PolicyKind::kRcp,
                 R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":)"
                 R"({"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}})")
            .Codes() == kNothing);
  CHECK(Run()
            .Bucket(Allow("s3:GetObject", R"("arn:aws:s3:::b/*")", org))
            .Add(PolicyKind::kInline, identity)
            .Endpoint(limited)
            .Codes() == kNothing);
}

TEST_CASE("OR103: one Allow among the service control policies is enough") {
  const std::string deny = R"({"Effect":"Deny","Action":"iam:*","Resource":"*"})";
  CHECK(Run().Add(PolicyKind::kScp, deny).Add(PolicyKind::kScp, deny).Codes() ==
        std::vector<std::string>{"OR103 scp.json"});
  CHECK(Run()
            .Add(PolicyKind::kScp, deny)
            .Add(PolicyKind::kScp, R"({"Effect":"Allow","Action":"s3:*","Resource":"*"})")
            .Codes() == kNothing);
}

TEST_CASE("a policy with a broken statement is not judged together with others") {
  CHECK(Run().Bucket(Door(kBoth)).Endpoint(R"({"Effect":"Alow","Principal":"*"})").Codes() ==
        kNothing);
  CHECK(Run()
            .Bucket(Door(kBoth) + R"(,{"Effect":"Allow"})")
            .Endpoint(Allow("s3:*", kOther))
            .Codes() == kNothing);
}

}  // namespace postern::authz
