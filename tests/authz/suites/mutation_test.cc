#include "authz/suites/mutation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "policy/parse.h"
#include "tests/authz/suites/policies_under_test.h"

namespace postern::authz {
namespace {

DocumentPtr Parsed(std::string text, policy::PolicyKind kind = policy::PolicyKind::kEndpoint) {
  auto parsed =
      policy::ParseText(std::make_shared<const policy::Source>("p.json", std::move(text)), kind);
  REQUIRE(parsed.document);
  return std::make_shared<const policy::PolicyDocument>(std::move(*parsed.document));
}

std::vector<std::string> ChangesOf(const DocumentPtr& document) {
  std::vector<std::string> changes;
  for (const Mutant& mutant : MutantsOf(*document)) {
    changes.push_back(std::string(MutationName(mutant.kind)) + " " + mutant.change);
  }
  return changes;
}

TEST_CASE("every part of a statement is changed one step at a time") {
  const DocumentPtr document = Parsed(
      R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["111122223333", "444455556666"]},
          "Action": "s3:GetObject", "NotResource": ["arn:aws:s3:::b/a/*", "arn:aws:s3:::c/k"],
          "Condition": {"StringEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}, "Null": {"aws:SourceVpce": "true"}}}]})");
  CHECK(ChangesOf(document) ==
        std::vector<std::string>{
            "drop-statement the statement dropped",
            "flip-effect Effect: `Allow` -> `Deny`",
            "drop-value Principal: `111122223333` dropped",
            "drop-value Principal: `444455556666` dropped",
            "widen Principal -> Principal: `*`",
            "widen Action: `s3:GetObject` -> `s3:*`",
            "widen Action: `s3:GetObject` -> `*`",
            "drop-exception NotResource: `arn:aws:s3:::b/a/*` dropped",
            "drop-exception NotResource: `arn:aws:s3:::c/k` dropped",
            "widen NotResource: `arn:aws:s3:::c/k` -> `arn:aws:s3:::c/*`",
            "drop-condition StringEquals aws:SourceVpc: dropped",
            "drop-value StringEquals aws:SourceVpc: `vpc-1` dropped",
            "drop-value StringEquals aws:SourceVpc: `vpc-2` dropped",
            "weaken-operator StringEquals aws:SourceVpc -> StringLike `*`",
            "weaken-operator StringEquals aws:SourceVpc -> StringEqualsIfExists",
            "weaken-operator StringEquals aws:SourceVpc -> StringNotEquals",
            "drop-condition Null aws:SourceVpce: dropped",
            "weaken-operator Null aws:SourceVpce -> Null `false`",
        });
}

TEST_CASE("an only exception that is dropped leaves everything") {
  const DocumentPtr document = Parsed(
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"},
          "NotAction": "iam:*", "Resource": "*"}})",
      policy::PolicyKind::kResource);
  const std::vector<Mutant> mutants = MutantsOf(*document);
  const auto exceptions = std::ranges::count(mutants, MutationKind::kDropException, &Mutant::kind);
  CHECK(exceptions == 2);
  for (const Mutant& mutant : mutants) {
    if (mutant.kind != MutationKind::kDropException) continue;
    const DocumentPtr changed = MutatedDocument(document, mutant);
    const policy::Statement& statement = changed->statements().front();
    const bool everyone = statement.principal->everyone && !statement.principal->negated;
    const bool everything = !statement.actions->negated &&
                            statement.actions->patterns.size() == 1 &&
                            statement.actions->patterns.front()->text == "*";
    CHECK(everyone != everything);
  }
}

TEST_CASE("a mutant keeps what it is made of, and its statements keep their numbers") {
  DocumentPtr changed;
  {
    const DocumentPtr document = Parsed(
        R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
            {"Sid": "Second", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}]})",
        policy::PolicyKind::kIdentity);
    const std::vector<Mutant> mutants = MutantsOf(*document);
    changed = MutatedDocument(document, mutants.front());
  }
  REQUIRE(changed->statements().size() == 1);
  CHECK(changed->statements().front().index == 1);
  CHECK(changed->statements().front().sid->text == "Second");
}

const testing::Files kFiles = {{"role.json", R"({"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::b/*"}]})"}};
constexpr const char* kSuite = R"(version: 1
suite: mutated
policies: {identity: [role.json], resource: []}
defaults: {request: {principal: "arn:aws:iam::111122223333:user/a", resource_account: own}}
cases:
  - {name: reads, request: {action: "s3:GetObject", resource: "arn:aws:s3:::b/k"}, expect: allow}
  - {name: not elsewhere, request: {action: "s3:GetObject", resource: "arn:aws:s3:::c/k"}, expect: deny}
  - {name: of another suite's policy, policies: {identity: []}, request: {action: "s3:GetObject"}, expect: deny}
)";

TEST_CASE("a mutant is caught where a case does not pass any more") {
  const Suite suite = testing::ReadWhole(kSuite, kFiles);
  std::vector<const SuiteCase*> passing;
  for (const SuiteCase& test : suite.cases) passing.push_back(&test);
  const MutationPlan plan({{&suite, passing}}, policy::Catalogue::Embedded());
  REQUIRE(plan.policies().size() == 1);
  const PolicyUnderTest& policy = plan.policies().front();
  BoundRequest scratch;
  std::vector<std::string> survivors;
  for (const Mutant& mutant : policy.mutants) {
    if (!plan.Catches(policy, mutant, scratch)) survivors.push_back(mutant.change);
  }
  CHECK(survivors == std::vector<std::string>{
                         "Action: `s3:GetObject` -> `s3:*`", "Action: `s3:GetObject` -> `*`",
                         "Action: `s3:PutObject` dropped", "Action: `s3:PutObject` -> `s3:*`",
                         "Action: `s3:PutObject` -> `*`"});
}

TEST_CASE("a document is replaced in every layer where it stands") {
  const DocumentPtr document =
      Parsed(R"({"Version": "2012-10-17", "Statement": []})", policy::PolicyKind::kScp);
  const DocumentPtr other =
      Parsed(R"({"Version": "2012-10-17", "Statement": []})", policy::PolicyKind::kScp);
  PolicySet policies;
  policies.endpoint.emplace();
  policies.endpoint->document = document;
  policies.access_point.emplace();
  policies.access_point->document = document;
  for (PolicyLayer* layer :
       {&policies.identity, &policies.boundary, &policies.session, &policies.resource}) {
    *layer = {Knowledge::kGiven, {document}};
  }
  for (LeveledLayer* layer : {&policies.scps, &policies.rcps}) {
    *layer = {Knowledge::kGiven, {{document}, {document}}};
  }
  CHECK(DocumentsOf(policies) == std::vector<DocumentPtr>{document});
  CHECK(DocumentsOf(WithDocument(policies, document, other)) == std::vector<DocumentPtr>{other});
}

}  // namespace
}  // namespace postern::authz
