#include "authz/suites/case_file.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "policy/document.h"
#include "tests/authz/suites/testing.h"

namespace postern::authz {
namespace {

using testing::Files;
using testing::JsonTree;
using testing::ReadFrom;
using testing::Words;
using testing::YamlTree;

constexpr std::string_view kAllowAll =
    R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})";
constexpr std::string_view kEndpointPolicy =
    R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]})";
constexpr std::string_view kTrust =
    R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})";

Files PolicyFiles() {
  return {{"role.json", std::string(kAllowAll)},
          {"endpoint.json", std::string(kEndpointPolicy)},
          {"trust.json", std::string(kTrust)},
          {"refused.json", R"({"Version": "2012-10-17", "Statement": [{"Effect": "Permit"}]})"}};
}

struct Read {
  std::optional<CaseFile> file;
  std::string problems;
};

Read ReadTree(std::shared_ptr<const policy::Tree> tree,
              Completeness completeness = Completeness::kWhole) {
  REQUIRE(tree);
  DocumentCache documents(ReadFrom(PolicyFiles()));
  std::vector<CaseProblem> problems;
  Read read;
  read.file = ReadCase(std::move(tree), documents, problems, completeness);
  read.problems = Words(problems);
  CHECK(read.file.has_value() == problems.empty());
  return read;
}

Read ReadText(std::string text) { return ReadTree(JsonTree(std::move(text))); }

// A case with these members in its request, beside a principal and an action.
Read ReadRequestOf(const std::string& members) {
  return ReadText(
      R"({"request": {"principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:GetObject")" +
      (members.empty() ? "" : ", " + members) + "}}");
}

Read ReadCalled(const std::string& members) {
  return ReadText(R"({"request": {"principal": "*", )" + members + "}}");
}

Read ReadPrincipalOf(const std::string& principal) {
  return ReadText(R"({"request": {"action": "s3:GetObject", "principal": )" + principal + "}}");
}

Read ReadPoliciesOf(const std::string& policies) {
  return ReadText(R"({"policies": )" + policies +
                  R"(, "request": {"principal": "*", "action": "s3:GetObject"}})");
}

TEST_CASE("a whole case is read: policies, organization, request, expectation") {
  const Read read = ReadText(R"({
    "id": "list-buckets",
    "policies": {
      "endpoint": {"policy": "endpoint.json", "type": "gateway",
                   "service": "com.amazonaws.eu-west-1.s3", "id": "vpce-0a1b2c3d4e5f60718",
                   "vpc": "vpc-0a1b2c3d4e5f60718", "account": "111122223333"},
      "identity": ["role.json"],
      "scps": [["role.json"], ["role.json", "role.json"]],
      "block_public_access": {"restrict_public_buckets": true}
    },
    "organization": {"id": "o-a1b2c3d4e5", "management_account": "999900001111",
                     "accounts": {"111122223333": "o-a1b2c3d4e5/r-ab12/"}},
    "layers": ["endpoint", "identity"],
    "request": {
      "principal": "arn:aws:sts::111122223333:assumed-role/app/i-0abc",
      "action": "s3:ListAllMyBuckets", "resource": "*", "resource_account": "111122223333",
      "context": {"aws:TagKeys": ["a", "b"], "aws:SecureTransport": true, "s3:max-keys": 10},
      "unknown": ["aws:PrincipalTag/team"]
    },
    "expect": "implicit-deny"
  })");
  REQUIRE(read.problems == "");
  const PolicySet& policies = read.file->policies;
  REQUIRE(policies.endpoint);
  CHECK(policies.endpoint->policy == Knowledge::kGiven);
  CHECK(policies.endpoint->document->kind() == policy::PolicyKind::kEndpoint);
  CHECK(policies.endpoint->type == policy::EndpointType::kGateway);
  CHECK(policies.endpoint->service == "s3");
  CHECK(policies.endpoint->region == "eu-west-1");
  CHECK(policies.endpoint->account == "111122223333");
  CHECK(policies.identity.policies.size() == 1);
  CHECK(policies.resource.knowledge == Knowledge::kNotGiven);
  CHECK(policies.boundary.knowledge == Knowledge::kNone);
  REQUIRE(policies.scps.levels.size() == 2);
  CHECK(policies.scps.levels[1].size() == 2);
  CHECK(policies.restrict_public_buckets);
  CHECK(policies.organization.Find("111122223333")->path == "o-a1b2c3d4e5/r-ab12/");

  const Case& question = read.file->question;
  CHECK(question.id == "list-buckets");
  CHECK(question.request.principal.kind == RequesterKind::kArn);
  CHECK(question.request.action == "s3:ListAllMyBuckets");
  CHECK(question.request.resource_account == "111122223333");
  CHECK(question.request.layers == LayerMask{Layer::kEndpoint, Layer::kIdentity});
  REQUIRE(question.request.context.size() == 4);
  CHECK(question.request.values == std::vector<std::string_view>{"a", "b", "true", "10"});
  CHECK(question.request.context[3].unknown);
  CHECK(question.calls.empty());
  CHECK(question.expect.verdict == Verdict::kImplicitDeny);
}

TEST_CASE("a layer left out, a layer that is none and an unknown layer are three things") {
  const auto identity = [](const std::string& policies) {
    const Read read = ReadPoliciesOf(policies);
    REQUIRE(read.problems == "");
    return read.file->policies.identity.knowledge;
  };
  CHECK(identity("{}") == Knowledge::kNotGiven);
  CHECK(identity(R"({"identity": []})") == Knowledge::kNone);
  CHECK(identity(R"({"identity": null})") == Knowledge::kNone);
  CHECK(identity(R"({"identity": "unknown"})") == Knowledge::kUnknown);
  CHECK(identity(R"({"identity": "role.json"})") == Knowledge::kGiven);
}

TEST_CASE("the endpoint has six forms") {
  const auto endpoint = [](const std::string& value) {
    const Read read = ReadPoliciesOf(value.empty() ? "{}" : R"({"endpoint": )" + value + "}");
    REQUIRE(read.problems == "");
    return read.file->policies;
  };
  CHECK_FALSE(endpoint("").endpoint);
  CHECK(endpoint("").endpoint_knowledge == Knowledge::kNone);
  for (const char* text : {"null", R"("default")", "{}", R"({"policy": null})"}) {
    CAPTURE(text);
    REQUIRE(endpoint(text).endpoint);
    CHECK(endpoint(text).endpoint->policy == Knowledge::kNone);
  }
  CHECK(endpoint(R"("unknown")").endpoint_knowledge == Knowledge::kUnknown);
  CHECK(endpoint(R"({"policy": "unknown"})").endpoint->policy == Knowledge::kUnknown);
  CHECK(endpoint(R"("endpoint.json")").endpoint->policy == Knowledge::kGiven);
  CHECK(endpoint(std::string(kEndpointPolicy)).endpoint->document->statements().size() == 1);
}

TEST_CASE("a service name gives the service and the Region") {
  const std::tuple<std::string_view, std::string_view, std::string_view> table[] = {
      {"s3", "s3", ""},
      {"com.amazonaws.eu-west-1.s3", "s3", "eu-west-1"},
      {"com.amazonaws.us-gov-west-1.ecr.dkr", "ecr.dkr", "us-gov-west-1"},
      {"cn.com.amazonaws.cn-north-1.sts", "sts", "cn-north-1"},
      {"com.amazonaws.s3-global.accesspoint", "s3-global.accesspoint", ""},
      {"aws.sagemaker.eu-west-1.notebook", "sagemaker.notebook", "eu-west-1"},
  };
  for (const auto& row : table) {
    const auto& text = std::get<0>(row);
    const auto& service = std::get<1>(row);
    const auto& region = std::get<2>(row);
    CAPTURE(text);
    const Read read = ReadPoliciesOf(R"({"endpoint": {"service": ")" + std::string(text) + "\"}}");
    REQUIRE(read.problems == "");
    CHECK(read.file->policies.endpoint->service == service);
    CHECK(read.file->policies.endpoint->region == region);
  }
}

TEST_CASE("a policy in the case is parsed where it stands") {
  const Read read = ReadPoliciesOf(R"({"identity": [)" + std::string(kAllowAll) + "]}");
  REQUIRE(read.problems == "");
  const policy::PolicyDocument& document = *read.file->policies.identity.policies.at(0);
  CHECK(document.kind() == policy::PolicyKind::kIdentity);
  CHECK(document.source().name() == "case.json");
  CHECK(document.source().Slice(document.root().range) == kAllowAll);
}

TEST_CASE("a resource policy with nothing but sts actions and no Resource is a trust policy") {
  const Read trust = ReadPoliciesOf(R"({"resource": "trust.json"})");
  REQUIRE(trust.problems == "");
  CHECK(trust.file->policies.resource.policies.at(0)->kind() == policy::PolicyKind::kTrust);
  const Read bucket = ReadPoliciesOf(R"({"resource": "endpoint.json"})");
  REQUIRE(bucket.problems == "");
  CHECK(bucket.file->policies.resource.policies.at(0)->kind() == policy::PolicyKind::kResource);
}

TEST_CASE("files are read once for each kind") {
  int reads = 0;
  DocumentCache documents([&](std::string_view path, std::string_view referrer) {
    ++reads;
    return ReadFrom(PolicyFiles())(path, referrer);
  });
  std::vector<CaseProblem> problems;
  const auto first = documents.Load("role.json", "a", policy::PolicyKind::kIdentity, problems);
  CHECK(documents.Load("role.json", "a", policy::PolicyKind::kIdentity, problems) == first);
  CHECK(reads == 1);
  documents.Load("role.json", "a", policy::PolicyKind::kScp, problems);
  documents.Load("role.json", "b", policy::PolicyKind::kIdentity, problems);
  CHECK(reads == 3);
  CHECK(documents.size() == 3);
  CHECK(problems.empty());
}

TEST_CASE("a refused policy file is a problem in that file, a missing one in the case") {
  const Read refused = ReadPoliciesOf(R"({"identity": "refused.json"})");
  CHECK(refused.problems.starts_with("policy-refused /Statement/0"));
  CHECK(ReadPoliciesOf(R"({"scps": [["gone.json"]]})").problems ==
        R"(unreadable-policy /policies/scps/0/0 <"gone.json">)");
  const Read inlined = ReadPoliciesOf(R"({"identity": {"Statement": [{"Effect": "Permit"}]}})");
  CHECK(inlined.problems.find("policy-refused /policies/identity/Statement/0") !=
        std::string::npos);
  const Read unresolved = ReadPoliciesOf(
      R"({"identity": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": {"Ref": "B"}}}})");
  CHECK(unresolved.problems.starts_with("policy-refused /policies/identity/Statement/Resource"));
}

TEST_CASE("problems of policies stand at their places") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {R"([])", "wrong-type /policies <[]>"},
      {R"({"identy": []})", R"(unknown-member /policies/identy <"identy">)"},
      {R"({"identity": [], "identity": []})",
       R"(duplicate-member /policies/identity <"identity">)"},
      {R"({"identity": 1})", "wrong-type /policies/identity <1>"},
      {R"({"identity": ["unknown"]})", R"(bad-unknown /policies/identity/0 <"unknown">)"},
      {R"({"identity": ""})", R"(empty-text /policies/identity <"">)"},
      {R"({"boundary": ["role.json", "role.json"]})",
       R"(too-many-policies /policies/boundary <["role.json", "role.json"]>)"},
      {R"({"scps": ["role.json"]})", R"(wrong-type /policies/scps/0 <"role.json">)"},
      {R"({"rcps": true})", "wrong-type /policies/rcps <true>"},
      {R"({"endpoint": {"type": "gatway"}})",
       R"(bad-endpoint-type /policies/endpoint/type <"gatway">)"},
      {R"({"endpoint": {"id": "vpc-1"}})", R"(bad-id /policies/endpoint/id <"vpc-1">)"},
      {R"({"endpoint": {"vpc": "vpc-"}})", R"(bad-id /policies/endpoint/vpc <"vpc-">)"},
      {R"({"endpoint": {"account": "1111"}})",
       R"(bad-account-id /policies/endpoint/account <"1111">)"},
      {R"({"endpoint": {"account": 111122223333}})",
       "unquoted-account-id /policies/endpoint/account <111122223333>"},
      {R"({"endpoint": {"service": "com.amazonaws.eu-west-1.s3", "region": "eu-west-2"}})",
       R"(contradiction /policies/endpoint/region <"eu-west-2">)"},
      {R"({"endpoint": false})", "wrong-type /policies/endpoint <false>"},
      // T14: an endpoint has one policy, several are no union.
      {R"({"endpoint": ["endpoint.json", "endpoint.json"]})",
       R"(wrong-type /policies/endpoint <["endpoint.json", "endpoint.json"]>)"},
      {R"({"endpoint": {"policy": ["endpoint.json", "endpoint.json"]}})",
       R"(wrong-type /policies/endpoint/policy <["endpoint.json", "endpoint.json"]>)"},
      {R"({"access_point": {"arn": "arn:aws:s3:::b"}})",
       R"(bad-arn /policies/access_point/arn <"arn:aws:s3:::b">)"},
      {R"({"access_point": {"network_origin": "vpc"}})",
       R"(bad-network-origin /policies/access_point/network_origin <"vpc">)"},
      {R"({"access_point": {"network_origin": "VPC"}})",
       R"(missing-member /policies/access_point/network_origin <"VPC">)"},
      {R"({"access_point": {"network_origin": "Internet", "vpc": "vpc-1"}})",
       R"(contradiction /policies/access_point/vpc <"vpc-1">)"},
      {R"({"block_public_access": "yes"})", R"(wrong-type /policies/block_public_access <"yes">)"},
      {R"({"block_public_access": {"restrict_public_buckets": 1}})",
       "wrong-type /policies/block_public_access/restrict_public_buckets <1>"},
  };
  for (const auto& row : table) {
    const auto& policies = row.first;
    const auto& problem = row.second;
    CAPTURE(policies);
    CHECK(ReadPoliciesOf(std::string(policies)).problems == problem);
  }
}

TEST_CASE("problems of the organization stand at their places") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {R"({"id": "a1"})", R"(bad-id /organization/id <"a1">)"},
      {R"({"accounts": {}})", R"(missing-member /organization <{"accounts": {}}>)"},
      {R"({"id": "o-a", "accounts": {"1": "o-a/"}})",
       R"(bad-account-id /organization/accounts/1 <"1">)"},
      {R"({"id": "o-a", "accounts": {"111122223333": "o-a/r-a"}})",
       R"(bad-path /organization/accounts/111122223333 <"o-a/r-a">)"},
      {R"({"id": "o-a", "accounts": {"111122223333": "o-b/r-a/"}})",
       R"(contradiction /organization/accounts/111122223333 <"o-b/r-a/">)"},
  };
  for (const auto& row : table) {
    const auto& organization = row.first;
    const auto& problem = row.second;
    CAPTURE(organization);
    CHECK(ReadText(R"({"organization": )" + std::string(organization) +
                   R"(, "request": {"principal": "*", "action": "s3:GetObject"}})")
              .problems == problem);
  }
}

TEST_CASE("a principal has many forms") {
  const auto principal = [](const std::string& text) {
    Read read = ReadPrincipalOf(text);
    REQUIRE(read.problems == "");
    return std::move(*read.file);
  };
  CHECK(principal(R"("*")").question.request.principal.kind == RequesterKind::kAnonymous);
  CHECK(principal(R"({"unknown": true})").question.request.principal.kind ==
        RequesterKind::kUnknown);
  const CaseFile service = principal(R"("cloudtrail.amazonaws.com")");
  CHECK(service.question.request.principal.kind == RequesterKind::kService);
  CHECK(service.question.request.principal.service == "cloudtrail.amazonaws.com");

  const CaseFile object = principal(
      R"({"arn": "arn:aws:iam::111122223333:role/app", "account": "111122223333", "org_id": null,
          "org_paths": ["o-a/r-b/"], "tags": {"team": "red"}, "unique_id": "AROA1", "path": "/x/",
          "service_linked": true})");
  const Principal& role = object.question.request.principal;
  CHECK(role.arn == "arn:aws:iam::111122223333:role/app");
  REQUIRE(role.org_id);
  CHECK(role.org_id->empty());
  CHECK(role.org_paths.at(0) == "o-a/r-b/");
  CHECK(role.tags.at(0).value == "red");
  CHECK(role.path == "/x/");
  CHECK(role.service_linked);
}

TEST_CASE("the claims of a federated caller are condition keys of its provider") {
  Read read = ReadPrincipalOf(
      R"({"federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
          "claims": {"sub": "repo:acme/app:ref:refs/heads/main", "saml:aud": ["x", "y"]}})");
  REQUIRE(read.problems == "");
  const Request& request = read.file->question.request;
  CHECK(request.principal.kind == RequesterKind::kFederated);
  REQUIRE(request.context.size() == 2);
  CHECK(request.context[0].key == "token.actions.githubusercontent.com:sub");
  CHECK(request.context[1].key == "saml:aud");
  CHECK(request.context[1].count == 2);
}

TEST_CASE("problems of a principal stand at their places") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"true", "wrong-type /request/principal <true>"},
      {R"("alice")", R"(bad-principal /request/principal <"alice">)"},
      {R"("111122223333")", R"(bad-principal /request/principal <"111122223333">)"},
      {"111122223333", "bad-principal /request/principal <111122223333>"},
      {R"("arn:aws:s3:::b")", R"(bad-principal /request/principal <"arn:aws:s3:::b">)"},
      {R"("arn:aws:sts::111122223333:assumed-role/app")",
       R"(bad-principal /request/principal <"arn:aws:sts::111122223333:assumed-role/app">)"},
      {R"({"unknown": false})", R"(bad-unknown /request/principal <{"unknown": false}>)"},
      {R"({"account": "111122223333"})",
       R"(missing-member /request/principal <{"account": "111122223333"}>)"},
      {R"({"arn": "arn:aws:iam::111122223333:root", "acount": "1"})",
       R"(unknown-member /request/principal/acount <"acount">)"},
      {R"({"arn": "arn:aws:iam::111122223333:root", "account": "444455556666"})",
       R"(contradiction /request/principal/account <"444455556666">)"},
      {R"({"arn": "arn:aws:iam::111122223333:root", "path": "app"})",
       R"(bad-path /request/principal/path <"app">)"},
      {R"({"arn": "arn:aws:iam::111122223333:root", "canonical_id": "xyz"})",
       R"(bad-id /request/principal/canonical_id <"xyz">)"},
      {R"({"arn": "arn:aws:iam::111122223333:root", "tags": []})",
       "wrong-type /request/principal/tags <[]>"},
      {R"({"federated": "", "claims": 1})",
       R"(empty-text /request/principal/federated <"">; wrong-type /request/principal/claims <1>)"},
  };
  for (const auto& row : table) {
    const auto& principal = row.first;
    const auto& problem = row.second;
    CAPTURE(principal);
    CHECK(ReadPrincipalOf(std::string(principal)).problems == problem);
  }
}

TEST_CASE("an API operation becomes its calls, and the request the first of them") {
  Read read = ReadCalled(
      R"("api": "s3.CopyObject", "resources": {"source": "arn:aws:s3:::src/k", "destination": "arn:aws:s3:::dst/k"})");
  REQUIRE(read.problems == "");
  const CaseFile file = std::move(*read.file);  // the views survive a move
  REQUIRE(file.question.calls.size() == 2);
  CHECK(file.question.request.action == "s3:GetObject");
  CHECK(file.question.request.resource == "arn:aws:s3:::src/k");
  const Request second = RequestOfCall(file.question, 1);
  CHECK(second.action == "s3:PutObject");
  CHECK(second.resource == "arn:aws:s3:::dst/k");
  CHECK_FALSE(file.question.assumed_same_name);

  CHECK_FALSE(ReadCalled(R"("api": "sts.GetCallerIdentity")").file->question.assumed_same_name);
  CHECK_FALSE(ReadCalled(R"("api": "sfn.ListActivities")").file->question.assumed_same_name);
}

TEST_CASE("context tells which parts an operation has") {
  const auto actions = [](const std::string& members) {
    const Read read = ReadCalled(members);
    REQUIRE(read.problems == "");
    std::string words;
    for (const Call& call : read.file->question.calls) words += call.action + " ";
    return words;
  };
  CHECK(actions(R"("api": "s3.GetObject", "resource": "arn:aws:s3:::b/k")") == "s3:GetObject ");
  CHECK(
      actions(
          R"("api": "s3.GetObject", "resource": "arn:aws:s3:::b/k", "context": {"s3:versionid": "3"})") ==
      "s3:GetObjectVersion ");
  CHECK(
      actions(
          R"("api": "s3.GetObject", "resource": "arn:aws:s3:::b/k", "context": {"s3:VersionId": []})") ==
      "s3:GetObject ");
  CHECK(
      actions(
          R"("api": "s3.PutObject", "resource": "arn:aws:s3:::b/k", "context": {"s3:x-amz-grant-read": "x", "s3:RequestObjectTag/a": "b"})") ==
      "s3:PutObject s3:PutObjectAcl s3:PutObjectTagging ");
}

TEST_CASE("calls may be written out, with unknown resources") {
  const Read read = ReadCalled(
      R"("calls": [{"action": "s3:GetObject", "resource": {"unknown": true}}, {"action": "sts:GetCallerIdentity"}])");
  REQUIRE(read.problems == "");
  CHECK(read.file->question.request.resource_unknown);
  CHECK_FALSE(RequestOfCall(read.file->question, 1).resource_unknown);
  CHECK(RequestOfCall(read.file->question, 1).resource == "*");
}

TEST_CASE("problems of what is called stand at their places") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {R"("resource": "*")", R"(missing-member /request <{"principal": "*", "resource": "*"}>)"},
      {R"("action": "s3:ListBuckets")", R"(api-not-action /request/action <"s3:ListBuckets">)"},
      {R"("action": 7)", "wrong-type /request/action <7>"},
      {R"("action": "s3:GetObject", "api": "s3.GetObject")",
       R"(contradiction /request/api <"api">)"},
      {R"("api": "s3:GetObject")", R"(bad-api /request/api <"s3:GetObject">)"},
      {R"("api": "s3.CopyObject", "resource": "arn:aws:s3:::b/k")",
       R"(missing-member /request/api <"s3.CopyObject">)"},
      {R"("api": "s3.GetObject", "resources": {"source": "*", "destination": "*"})",
       R"(contradiction /request/resources <"resources">)"},
      {R"("api": "s3.CopyObject", "resources": {"source": "*"})",
       R"(missing-member /request/resources <{"source": "*"}>)"},
      {R"("api": "s3.ListBuckets", "resource": "arn:aws:s3:::b")",
       R"(unused-resource /request/resource <"arn:aws:s3:::b">)"},
      {R"("action": "s3:GetObject", "resources": {"source": "*", "destination": "*"})",
       R"(contradiction /request/resources <"resources">)"},
      {R"("calls": [])", "empty-list /request/calls <[]>"},
      {R"("calls": [{"resource": "*"}])", R"(missing-member /request/calls/0 <{"resource": "*"}>)"},
      {R"("calls": [{"action": "s3:HeadObject"}])",
       R"(api-not-action /request/calls/0/action <"s3:HeadObject">)"},
      {R"("calls": [{"action": "s3:GetObject"}], "resource": "*")",
       R"(contradiction /request/resource <"resource">)"},
  };
  for (const auto& row : table) {
    const auto& members = row.first;
    const auto& problem = row.second;
    CAPTURE(members);
    CHECK(ReadCalled(std::string(members)).problems == problem);
  }
}

TEST_CASE("problems of a request stand at their places") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {R"("recource": "*")", R"(unknown-member /request/recource <"recource">)"},
      {R"("resource": "b/k")", R"(bad-resource /request/resource <"b/k">)"},
      {R"("resource": {"unknown": 1})", R"(bad-unknown /request/resource <{"unknown": 1}>)"},
      {R"("bucket_resource": "b")", R"(bad-resource /request/bucket_resource <"b">)"},
      {R"("resource_account": "owned")", R"(bad-account-id /request/resource_account <"owned">)"},
      {R"("resource_account": 111122223333)",
       "unquoted-account-id /request/resource_account <111122223333>"},
      {R"("resource_org_id": "x")", R"(bad-id /request/resource_org_id <"x">)"},
      {R"("resource_org_paths": [1])", "wrong-type /request/resource_org_paths/0 <1>"},
      {R"("shared": "yes")", R"(wrong-type /request/shared <"yes">)"},
      {R"("forwarded_by": "athena")", R"(bad-service /request/forwarded_by <"athena">)"},
      {R"("via": "gateway")", R"(bad-route /request/via <"gateway">)"},
      {R"("context": [])", "wrong-type /request/context <[]>"},
      {R"("context": {"SourceVpce": "x"})",
       R"(bad-key /request/context/SourceVpce <"SourceVpce">)"},
      {R"("context": {"aws:a": {}})", "wrong-type /request/context/aws:a <{}>"},
      {R"("context": {"aws:a": [null]})", "wrong-type /request/context/aws:a/0 <null>"},
      {R"("context": {"aws:a": "1", "AWS:A": "2"})",
       R"(duplicate-key /request/context/AWS:A <"AWS:A">)"},
      {R"("context": {"aws:ResourceAccount": 111122223333})",
       "unquoted-account-id /request/context/aws:ResourceAccount <111122223333>"},
      {R"("context": {"aws:a": "1"}, "unknown": ["aws:A"])",
       R"(duplicate-key /request/unknown/0 <"aws:A">)"},
      {R"("unknown": ["aws:a", "aws:a"])", R"(duplicate-key /request/unknown/1 <"aws:a">)"},
      {R"("unknown": ["principal"])", R"(bad-key /request/unknown/0 <"principal">)"},
  };
  for (const auto& row : table) {
    const auto& members = row.first;
    const auto& problem = row.second;
    CAPTURE(members);
    CHECK(ReadRequestOf(std::string(members)).problems == problem);
  }
}

TEST_CASE("a repeated key is found among many") {
  std::string context = R"("context": {"aws:first": "1")";
  for (int i = 0; i < 200; ++i) context += ", \"aws:k" + std::to_string(i) + "\": \"1\"";
  CHECK(ReadRequestOf(context + "}").problems == "");
  CHECK(ReadRequestOf(context + R"(, "AWS:First": "2"})").problems ==
        R"(duplicate-key /request/context/AWS:First <"AWS:First">)");
}

TEST_CASE("problems of the case itself stand at their places") {
  const std::string request = R"("request": {"principal": "*", "action": "s3:GetObject"})";
  const std::pair<std::string, std::string_view> table[] = {
      {"[]", "wrong-type  <[]>"},
      {"{}", "missing-member  <{}>"},
      {"{" + request + R"(, "expected": "allow"})", R"(unknown-member /expected <"expected">)"},
      {"{" + request + R"(, "id": true})", "wrong-type /id <true>"},
      {"{" + request + R"(, "layers": ["idenity"]})", R"(bad-layer /layers/0 <"idenity">)"},
      {"{" + request + R"(, "layers": []})", "empty-list /layers <[]>"},
      {R"({"request": {"action": "s3:GetObject"}})",
       R"(missing-member /request <{"action": "s3:GetObject"}>)"},
      {R"({"policies": {}, "request": {"principal": "*", "action": "s3:GetObject", "via": "endpoint"}})",
       R"(no-endpoint /request/via <"endpoint">)"},
  };
  for (const auto& row : table) {
    const auto& text = row.first;
    const auto& problem = row.second;
    CAPTURE(text);
    CHECK(ReadText(text).problems == problem);
  }
}

TEST_CASE("a partial request may leave open who asks and for what") {
  CHECK(ReadTree(JsonTree("{}"), Completeness::kPartial).problems == "");
  CHECK(ReadTree(JsonTree(R"({"request": {"resource": "*"}})"), Completeness::kPartial).problems ==
        "");
}

TEST_CASE("the id of the policies' own endpoint is the way through it") {
  const auto route = [](const std::string& via) {
    const Read read = ReadText(
        R"({"policies": {"endpoint": {"id": "vpce-1"}},
            "request": {"principal": "*", "action": "s3:GetObject", "via": ")" +
        via + "\"}}");
    REQUIRE(read.problems == "");
    return read.file->question.request.route;
  };
  CHECK(route("endpoint") == Route::kEndpoint);
  CHECK(route("internet") == Route::kInternet);
  CHECK(route("vpce-1") == Route::kEndpoint);
  CHECK(route("vpce-2") == Route::kOtherEndpoint);
}

TEST_CASE("expectations are verdicts or objects, and must be possible") {
  const auto problems = [](const std::string& expect) {
    return ReadText(R"({"request": {"principal": "*", "action": "s3:GetObject"}, "expect": )" +
                    expect + "}")
        .problems;
  };
  const std::pair<std::string_view, std::string_view> table[] = {
      {R"("deny")", ""},
      {R"({"verdict": "deny", "by": ["endpoint"]})", ""},
      {R"({"by": "endpoint"})", ""},
      {R"({"verdict": "explicit-deny", "by": ["resource"], "sid": "A"})", ""},
      {R"({"verdict": "unknown", "missing": ["principal"]})", ""},
      {R"("denied")", R"(bad-verdict /expect <"denied">)"},
      {"true", "wrong-type /expect <true>"},
      {"{}", "empty-expectation /expect <{}>"},
      {R"({"verdict": "deny", "by": ["iam"]})", R"(bad-layer /expect/by/0 <"iam">)"},
      {R"({"verdict": "allow", "missing": ["aws:a"]})",
       R"(impossible-expectation /expect/missing <"missing">)"},
      {R"({"verdict": "allow", "by": ["endpoint"]})",
       R"(impossible-expectation /expect/by <"by">)"},
      {R"({"verdict": "unknown", "by": ["endpoint"]})",
       R"(impossible-expectation /expect/by <"by">)"},
      {R"({"verdict": "implicit-deny", "sid": "A"})",
       R"(impossible-expectation /expect/sid <"sid">)"},
  };
  for (const auto& row : table) {
    const auto& expect = row.first;
    const auto& problem = row.second;
    CAPTURE(expect);
    CHECK(problems(std::string(expect)) == problem);
  }
}

TEST_CASE("an expectation is one line for people") {
  Expectation expect;
  expect.verdict = Verdict::kImplicitDeny;
  expect.by = {Layer::kEndpoint, Layer::kIdentity};
  CHECK(ExpectationText(expect) == "implicit-deny by endpoint, identity");
  expect = {};
  expect.deny = true;
  expect.sids = {"A"};
  CHECK(ExpectationText(expect) == "deny with statement `A`");
}

TEST_CASE("an account id that YAML takes for a number is refused with the fix") {
  DocumentCache documents(ReadFrom({}));
  std::vector<CaseProblem> problems;
  const auto tree = YamlTree(
      "organization: {id: o-a, accounts: {111122223333: o-a/r-b/}}\n"
      "request: {principal: \"*\", action: \"s3:GetObject\", resource_account: 111122223333}\n");
  REQUIRE(tree);
  CHECK_FALSE(ReadCase(tree, documents, problems));
  CHECK(Words(problems) ==
        "unquoted-account-id /organization/accounts/111122223333 <111122223333>; "
        "unquoted-account-id /request/resource_account <111122223333>");
  REQUIRE(problems.size() == 2);
  CHECK(problems[1].help == "write \"111122223333\"");
}

TEST_CASE("a case read again keeps nothing of the request before") {
  Case question;
  std::vector<CaseProblem> problems;
  const auto first = JsonTree(
      R"({"principal": "*", "api": "s3.HeadObject", "resource": "arn:aws:s3:::b/k", "context": {"aws:a": "1"}})");
  const auto second = JsonTree(R"({"principal": {"unknown": true}, "action": "sts:AssumeRole"})");
  question.tree = first;
  REQUIRE(ReadRequest(first->root(), nullptr, question, problems));
  CHECK(question.calls.size() == 1);
  question.tree = second;
  REQUIRE(ReadRequest(second->root(), nullptr, question, problems));
  CHECK(question.calls.empty());
  CHECK(question.request.context.empty());
  CHECK(question.request.action == "sts:AssumeRole");
  CHECK(question.request.resource == "*");
}

}  // namespace
}  // namespace postern::authz
