// EP206 and EP704: what containers show beside policies.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "authz/rules/together.h"
#include "policy/containers/container.h"

namespace postern::authz {
namespace {

std::shared_ptr<const policy::Container> Read(std::string text) {
  auto result =
      policy::ReadContainer(std::make_shared<const policy::Source>("c.json", std::move(text)));
  REQUIRE(result.container.has_value());
  return std::make_shared<const policy::Container>(*std::move(result.container));
}

// Output of describe-vpc-endpoints: "service" or "service@vpc", in vpc-1.
std::shared_ptr<const policy::Container> Described(const std::vector<std::string>& endpoints) {
  std::string text = R"({"VpcEndpoints": [)";
  for (const std::string& each : endpoints) {
    const std::size_t at = each.find('@');
    if (!text.ends_with('[')) text += ", ";
    text += R"({"VpcEndpointId": "vpce-1", "VpcId": ")" +
            (at == each.npos ? std::string("vpc-1") : each.substr(at + 1)) +
            R"(", "ServiceName": "com.amazonaws.eu-west-1.)" + each.substr(0, at) + "\"}";
  }
  return Read(text + "]}");
}

std::vector<std::string> Messages(
    std::vector<std::shared_ptr<const policy::Container>> containers) {
  LintRun run;
  run.containers = std::move(containers);
  std::vector<std::string> messages;
  for (const RunFinding& finding : LintTogether(run, TogetherRules())) {
    CHECK_FALSE(finding.policy);
    messages.push_back(finding.diagnostic.message);
  }
  return messages;
}

}  // namespace

TEST_CASE("EP206 names what an endpoint is of little use without, where a VPC's are seen") {
  struct Row {
    std::vector<std::string> endpoints;
    std::vector<std::string> begin;
  };
  const Row rows[] = {
      {{"ssm", "ec2"}, {"Session Manager also needs ssmmessages,"}},
      {{"ssm", "ssmmessages"}, {}},
      {{"ssm"}, {}},
      {{"ssm", "ec2@vpc-2"}, {}},
      {{"ssm", "ec2", "ssmmessages@vpc-2"}, {"Session Manager also needs ssmmessages,"}},
      {{"ecr.api", "ssmmessages"}, {"pulling images also needs ecr.dkr and s3,"}},
      {{"ecr.api", "ecr.dkr", "s3"}, {}},
      {{"ecs-agent", "ecs"}, {"the container agent of ECS also needs ecs-telemetry,"}},
      {{"codeartifact.api", "s3"}, {"fetching packages also needs codeartifact.repositories,"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.endpoints.front());
    const auto messages = Messages({Described(row.endpoints)});
    REQUIRE(messages.size() == row.begin.size());
    for (std::size_t i = 0; i < messages.size(); ++i) CHECK(messages[i].starts_with(row.begin[i]));
  }
}

TEST_CASE("EP206 is silent where another container may hold what is missing") {
  CHECK(Messages({Described({"ssm", "ec2"}), Described({"ssmmessages"})}).empty());
  CHECK(Messages({Described({"ssm", "ec2"}), Described({"ssmmessages@vpc-2"})}).size() == 1);
  const auto unknown = Read(R"({"Resources": {"Any": {"Type": "AWS::EC2::VPCEndpoint",
    "Properties": {"VpcId": {"Ref": "Vpc"}, "ServiceName": {"Ref": "Service"}}}}})");
  CHECK(Messages({Described({"ssm", "ec2"}), unknown}).empty());
}

TEST_CASE("EP704 speaks where an endpoint for execute-api is in the run") {
  const auto api = Read(R"({"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi",
    "Properties": {"EndpointConfiguration": {"Types": ["PRIVATE"]}}}}})");
  CHECK(Messages({api}).empty());
  CHECK(Messages({api, Described({"execute-api"})}).size() == 1);
  CHECK(Messages({api, Described({"ssm"})}).empty());
}

}  // namespace postern::authz
