#include "tests/policy/containers/testing.h"

using namespace postern;
using policy::EndpointType;
using testing::Lint;
using testing::PolicyOf;
using testing::ReadContainer;

TEST_CASE("describe-vpc-endpoints tells service, type, ids and Region of each endpoint") {
  const policy::Container found = ReadContainer(R"({"VpcEndpoints": [
    {"VpcEndpointId": "vpce-0a1b2c3d", "VpcEndpointType": "Interface", "VpcId": "vpc-0a1b2c3d",
     "ServiceName": "com.amazonaws.eu-west-1.sqs",
     "PolicyDocument": "{\n  \"Statement\": [\n    {\n      \"Action\": \"*\", \n      \"Effect\": \"Allow\", \n      \"Principal\": \"*\", \n      \"Resource\": \"*\"\n    }\n  ]\n}"},
    {"VpcEndpointId": "vpce-0a1b2c3e", "VpcEndpointType": "Gateway", "PolicyDocument": "{...}",
     "ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d"},
    {"VpcEndpointId": "vpce-0a1b2c3f", "ServiceName": "com.amazonaws.eu-west-1.ssm"}]})");
  CHECK(found.format == "output of the AWS CLI");
  REQUIRE(found.policies.size() == 2);
  const auto& first = found.policies[0];
  CHECK(first.resource == "vpce-0a1b2c3d");
  CHECK(first.endpoint.id == "vpce-0a1b2c3d");
  CHECK(first.endpoint.vpc == "vpc-0a1b2c3d");
  CHECK(first.endpoint.service == "sqs");
  CHECK(first.endpoint.region == "eu-west-1");
  CHECK(first.endpoint.type == EndpointType::kInterface);
  CHECK(Lint(found, first) == "EP401 4:73 `\\\"*\\\"`\n");

  CHECK(found.policies[1].endpoint.service.empty());
  const std::string broken = Lint(found, found.policies[1]);
  CHECK(broken.starts_with("JS101 5:"));
}

TEST_CASE("the kind of a policy is that of the call that printed it") {
  const std::pair<std::string, std::string_view> rows[] = {
      {R"({"RoleName": "a", "PolicyName": "b", "PolicyDocument": {"Statement": []}})", "inline"},
      {R"({"PolicyVersion": {"VersionId": "v1", "Document": {"Statement": []}}})", "managed"},
      {R"({"Role": {"RoleName": "a", "AssumeRolePolicyDocument": {"Statement": []}}})", "trust"},
      {R"({"Roles": [{"RoleName": "a", "AssumeRolePolicyDocument": "%7B%22Statement%22:[]}"}]})",
       "trust"},
      {R"({"VpcEndpoint": {"VpcEndpointId": "a", "PolicyDocument": "{}"}})", "endpoint"},
      {R"([{"VpcEndpointId": "a", "PolicyDocument": "{}"}])", "endpoint"},
      {R"({"data": {"VpcEndpoints": [{"VpcEndpointId": "a", "PolicyDocument": "{}"}]}})",
       "endpoint"},
      {R"({"Policy": {"PolicySummary": {"Name": "a", "Type": "SERVICE_CONTROL_POLICY"}, "Content": "{}"}})",
       "scp"},
      {R"({"Attributes": {"QueueArn": "a", "Policy": "{}"}})", "queue"},
      {R"({"Attributes": {"Policy": "{}"}})", "resource"},
      {R"({"ARN": "a", "Name": "b", "ResourcePolicy": "{}"})", "secret"},
      {R"({"Policy": "{\"Statement\": []}"})", "resource"},
      {R"({"PolicyDocument": {"Statement": []}})", "identity"},
  };
  for (const auto& row : rows) {
    const std::string text = row.first;
    CAPTURE(text);
    const policy::Container found = ReadContainer(text);
    REQUIRE(found.policies.size() == 1);
    CHECK(policy::TraitsOf(found.policies[0].kind).name == row.second);
  }
}

TEST_CASE("a URL-encoded policy is read where it stands") {
  const policy::Container found = ReadContainer(
      "{\"RoleName\": \"a\",\n \"PolicyDocument\": "
      "\"%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22allow%22%"
      "7D%5D%7D\"}");
  const std::string findings = Lint(found, PolicyOf(found, "a"));
  CAPTURE(findings);
  CHECK(findings.find("GR213 2:98 `%22allow%22`\n") != std::string::npos);
  CHECK(findings.find("JS117") == std::string::npos);
}

TEST_CASE("policies themselves and other JSON are no output of the AWS CLI") {
  for (const char* text : {R"({"Statement": [], "Policy": "{}"})", R"({"Policy": "nothing"})",
                           R"({"name": "x", "Policy": {"PolicyName": "y"}})",
                           R"({"Resources": {"a": {"Type": "b"}}})"}) {
    CAPTURE(text);
    const auto result =
        policy::ReadContainer(std::make_shared<const policy::Source>("x", std::string(text)));
    CHECK_FALSE(result.container.has_value());
    CHECK_FALSE(result.error.has_value());
  }
}

TEST_CASE("output without a policy is known for what it is") {
  CHECK(ReadContainer(R"({"VpcEndpoints": []})").policies.empty());
  CHECK(ReadContainer(R"({"ServiceDetails": [{"VpcEndpointPolicySupported": true}]})")
            .policies.empty());
}
