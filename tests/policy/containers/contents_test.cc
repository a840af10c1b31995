// What containers hold beside policies: endpoints, and private APIs without a policy.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/policy/containers/testing.h"

using namespace postern;
using postern::testing::ReadContainer;

namespace {

// "resource service vpc text", one a line; what is not AWS's in brackets.
std::string Endpoints(const policy::Container& container) {
  std::string text;
  for (const policy::ContainedEndpoint& each : container.endpoints) {
    const std::string service = each.facts.is_private ? "[]" : each.facts.service;
    text += each.resource + " " + service + " " + each.facts.vpc + " " +
            std::string(container.source->Slice(each.range)) + "\n";
  }
  return text;
}

std::string Apis(const policy::Container& container) {
  std::string text;
  for (const policy::ContainedApi& each : container.apis) {
    text += each.resource + " " + each.pointer + " " +
            std::string(container.source->Slice(each.range)) + "\n";
  }
  return text;
}

std::string Plan(std::string_view values, std::string_view more = {}) {
  return R"({"planned_values": {"root_module": {"resources": [
    {"address": "aws_api_gateway_rest_api.a", "mode": "managed", "type": "aws_api_gateway_rest_api",
     "values": {"endpoint_configuration": [{"types": ["PRIVATE"]}])" +
         std::string(values) + "}}" + std::string(more) + "]}}}";
}

std::string Template(std::string_view more) {
  return R"({"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {
    "EndpointConfiguration": {"Types": ["PRIVATE"]})" +
         std::string(more) + "}}}}";
}

}  // namespace

TEST_CASE("endpoints are listed with and without a policy, in all formats") {
  CHECK(Endpoints(ReadContainer(R"({"VpcEndpoints": [
    {"VpcEndpointId": "vpce-1", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.ssm"},
    {"VpcEndpointId": "vpce-2", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-1"}]})")) ==
        "vpce-1 ssm vpc-1 \"com.amazonaws.eu-west-1.ssm\"\n"
        "vpce-2 [] vpc-1 \"com.amazonaws.vpce.eu-west-1.vpce-svc-1\"\n");
  CHECK(Endpoints(ReadContainer(R"({"Resources": {
    "Ssm": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcId": {"Ref": "Vpc"},
      "ServiceName": {"Fn::Sub": "com.amazonaws.${AWS::Region}.ssm"}}},
    "Any": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcId": "vpc-1",
      "ServiceName": {"Ref": "Service"}}}}})")) ==
        "Ssm ssm ${Vpc} {\"Fn::Sub\": \"com.amazonaws.${AWS::Region}.ssm\"}\n"
        "Any  vpc-1 {\"Ref\": \"Service\"}\n");
  CHECK(Endpoints(ReadContainer(R"({"planned_values": {"root_module": {"resources": [
    {"address": "aws_vpc_endpoint.ssm", "mode": "managed", "type": "aws_vpc_endpoint",
     "values": {"service_name": "com.amazonaws.eu-west-1.ssm"}},
    {"address": "data.aws_vpc_endpoint.x", "mode": "data", "type": "aws_vpc_endpoint",
     "values": {"service_name": "com.amazonaws.eu-west-1.s3"}}]}},
   "configuration": {"root_module": {"resources": [{"address": "aws_vpc_endpoint.ssm",
     "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}}]}}})")) ==
        "aws_vpc_endpoint.ssm ssm aws_vpc.main \"com.amazonaws.eu-west-1.ssm\"\n");
}

TEST_CASE("a private API of a template is listed unless it may have a policy") {
  CHECK(Apis(ReadContainer(Template(""))) ==
        "Api /Resources/Api/Properties/EndpointConfiguration/Types/0 \"PRIVATE\"\n");
  for (const char* more : {R"(, "Policy": {"Statement": []})", R"(, "Body": {"openapi": "3.0.1"})",
                           R"(, "BodyS3Location": {"Bucket": "b"})"}) {
    CAPTURE(more);
    CHECK(Apis(ReadContainer(Template(more))).empty());
  }
  CHECK(Apis(ReadContainer(R"({"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi",
    "Properties": {"EndpointConfiguration": {"Types": ["REGIONAL"]}}}}})"))
            .empty());
}

TEST_CASE("a private API of a plan is listed unless it may have a policy") {
  CHECK(Apis(ReadContainer(Plan(R"(, "policy": null, "body": null)"))).ends_with(" \"PRIVATE\"\n"));
  CHECK(Apis(ReadContainer(Plan(R"(, "policy": "{}", "body": null)"))).empty());
  CHECK(Apis(ReadContainer(Plan(R"(, "policy": null, "body": "openapi")"))).empty());
  // Known only after apply, and nobody says that it was not written.
  CHECK(Apis(ReadContainer(Plan(R"(, "body": null)"))).empty());
  CHECK(Apis(ReadContainer(Plan(R"(, "policy": null, "body": null)",
                                R"(, {"address": "aws_api_gateway_rest_api_policy.a",
    "type": "aws_api_gateway_rest_api_policy", "values": {}})")))
            .empty());
}
