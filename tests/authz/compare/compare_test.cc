#include "authz/compare/compare.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/authz/testing.h"

namespace postern::authz {
namespace {

using policy::PolicyKind;
using testing::Document;
using testing::Policy;

Comparison Compare(std::string_view before, std::string_view after, PolicyKind kind) {
  return CompareDecisions(Document(Policy(before), kind), Document(Policy(after), kind),
                          policy::Catalogue::Embedded());
}

struct Row {
  PolicyKind kind;
  std::string_view before;
  std::string_view after;
};

// What a wrong rewriting would make of a policy.
constexpr Row kDifferent[] = {
    // Too many actions, too few, near ones.
    {PolicyKind::kIdentity, R"({"Effect":"Allow","Action":"s3:Get*","Resource":"*"})",
     R"({"Effect":"Allow","Action":"s3:*","Resource":"*"})"},
    {PolicyKind::kIdentity,
     R"({"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"})",
     R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*"})"},
    {PolicyKind::kScp, R"({"Effect":"Allow","Action":"s3:GetObject*","Resource":"*"})",
     R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*"})"},
    // Two lists joined at once: GetObject on b.
    {PolicyKind::kIdentity,
     R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"},
        {"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*"})",
     R"({"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:aws:s3:::a/*","arn:aws:s3:::b/*"]})"},
    // Exceptions joined.
    {PolicyKind::kBoundary,
     R"({"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","NotAction":"s3:A","Resource":"*"},{"Effect":"Deny","NotAction":"s3:B","Resource":"*"})",
     R"({"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","NotAction":["s3:A","s3:B"],"Resource":"*"})"},
    {PolicyKind::kSession,
     R"({"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","NotResource":"arn:aws:s3:::a"},{"Effect":"Deny","Action":"*","NotResource":"arn:aws:s3:::b"})",
     R"({"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","NotResource":["arn:aws:s3:::a","arn:aws:s3:::b"]})"},
    // A resource that a variable does not cover, and one that a prefix does not.
    {PolicyKind::kIdentity,
     R"({"Effect":"Allow","Action":"*","Resource":["arn:aws:s3:::b/${aws:username}*","arn:aws:s3:::b/x"]})",
     R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:username}*"})"},
    {PolicyKind::kIdentity,
     R"({"Effect":"Allow","Action":"*","Resource":["arn:aws:s3:::b/*","arn:aws:s3:::b"]})",
     R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/*"})"},
    // Values: of a negated operator, of all values, of a key left out.
    {PolicyKind::kEndpoint,
     R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/a":"x"}}},
        {"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/a":"y"}}})",
     R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalTag/a":["x","y"]}}})"},
    {PolicyKind::kIdentity,
     R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":"a"}}},
        {"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":"b"}}})",
     R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":["a","b"]}}})"},
    {PolicyKind::kIdentity,
     R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":["10.0.0.0/8","11.0.0.0/8"]}}})",
     R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}})"},
    {PolicyKind::kIdentity,
     R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericLessThan":{"s3:max-keys":"10"}}})",
     R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericLessThanEquals":{"s3:max-keys":"10"}}})"},
    {PolicyKind::kIdentity,
     R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEqualsIfExists":{"aws:SourceVpce":"vpce-1"}}})",
     R"({"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}})"},
    // Effect, and explicit against implicit.
    {PolicyKind::kIdentity,
     R"({"Effect":"Allow","Action":"s3:A","Resource":"*"},{"Effect":"Deny","Action":"s3:B","Resource":"*"})",
     R"({"Effect":"Allow","Action":"s3:A","Resource":"*"})"},
    // Principals: too many, too few, and named less strongly.
    {PolicyKind::kBucket,
     R"({"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"})",
     R"({"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"})"},
    {PolicyKind::kBucket,
     R"({"Effect":"Allow","Principal":{"AWS":["111122223333","arn:aws:iam::111122223333:user/a"]},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"})",
     R"({"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"})"},
    {PolicyKind::kBucket,
     R"({"Effect":"Deny","NotPrincipal":{"Service":"a.amazonaws.com"},"Action":"s3:*","Resource":"arn:aws:s3:::b/*"},{"Effect":"Deny","NotPrincipal":{"Service":"b.amazonaws.com"},"Action":"s3:*","Resource":"arn:aws:s3:::b/*"})",
     R"({"Effect":"Deny","NotPrincipal":{"Service":["a.amazonaws.com","b.amazonaws.com"]},"Action":"s3:*","Resource":"arn:aws:s3:::b/*"})"},
    {PolicyKind::kTrust,
     R"({"Effect":"Allow","Principal":{"Federated":"cognito-identity.amazonaws.com"},"Action":"sts:AssumeRoleWithWebIdentity"})",
     R"({"Effect":"Allow","Principal":{"Federated":"accounts.google.com"},"Action":"sts:AssumeRoleWithWebIdentity"})"},
    {PolicyKind::kRcp,
     R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}})",
     R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}})"},
};

constexpr Row kEqual[] = {
    {PolicyKind::kIdentity,
     R"({"Effect":"Allow","Action":["s3:Get*","s3:GetObject"],"Resource":"*"})",
     R"({"Effect":"Allow","Action":"S3:get*","Resource":"*"})"},
    {PolicyKind::kBucket,
     R"({"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"})",
     R"({"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"})"},
};

}  // namespace

TEST_CASE("what a wrong rewriting changes is found, and the request is told") {
  for (const Row& row : kDifferent) {
    CAPTURE(std::string(row.before));
    CAPTURE(std::string(row.after));
    const Comparison comparison = Compare(row.before, row.after, row.kind);
    REQUIRE(comparison.difference.has_value());
    CHECK(comparison.difference->before != comparison.difference->after);
    CHECK(comparison.difference->request.find(" on ") != std::string::npos);
    CHECK(Compare(row.after, row.before, row.kind).difference.has_value());
  }
}

TEST_CASE("nothing is found where there is nothing, after many requests of both answers") {
  for (const Row& row : kEqual) {
    CAPTURE(std::string(row.before));
    const Comparison comparison = Compare(row.before, row.after, row.kind);
    CHECK_FALSE(comparison.difference.has_value());
    CHECK(comparison.requests > 5'000);
    CHECK(comparison.allowed > 100);
    CHECK(comparison.allowed < comparison.requests);
  }
}

TEST_CASE("a policy without statements has nothing to ask about") {
  const Comparison comparison = Compare("", "", PolicyKind::kIdentity);
  CHECK_FALSE(comparison.difference.has_value());
}

}  // namespace postern::authz
