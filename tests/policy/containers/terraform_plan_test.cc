#include "policy/containers/terraform_configuration.h"
#include "tests/policy/containers/testing.h"

using namespace postern;
using policy::EndpointType;
using policy::PolicyKind;
using testing::Lint;
using testing::PolicyOf;
using testing::ReadContainer;

namespace {

constexpr std::string_view kPlan = R"({
 "format_version": "1.2",
 "planned_values": {"root_module": {
  "resources": [
   {"address": "aws_vpc_endpoint.s3", "mode": "managed", "type": "aws_vpc_endpoint", "values": {
     "service_name": "com.amazonaws.eu-west-1.s3", "vpc_endpoint_type": "Gateway", "vpc_id": "vpc-0a1b2c3d",
     "policy": "{\"Version\":\"2012-10-17\",\n\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"}}}]}"}},
   {"address": "aws_iam_role.app", "mode": "managed", "type": "aws_iam_role", "values": {
     "assume_role_policy": "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
     "inline_policy": [{"name": "a", "policy": "{\"Statement\":[]}"}, {"name": "b", "policy": ""}]}},
   {"address": "data.aws_iam_policy_document.x", "mode": "data", "type": "aws_iam_policy", "values": {"policy": "{}"}}
  ],
  "child_modules": [{"address": "module.net", "child_modules": [{"address": "module.net.module.dns", "resources": [
   {"address": "module.net.module.dns.aws_vpc_endpoint.dns[0]", "mode": "managed", "type": "aws_vpc_endpoint",
    "values": {"service_name": "com.amazonaws.eu-west-1.ecr.dkr", "vpc_endpoint_type": "Interface"}},
   {"address": "module.net.module.dns.aws_vpc_endpoint_policy.dns", "mode": "managed", "type": "aws_vpc_endpoint_policy",
    "values": {"policy": "{}"}}
  ]}]}]
 }},
 "resource_changes": [
  {"address": "aws_vpc_endpoint.s3", "mode": "managed", "type": "aws_vpc_endpoint", "change": {"actions": ["create"],
   "after": {"policy": "{\"Version\":\"2012-10-17\"}"}, "after_unknown": {"id": true}}},
  {"address": "aws_s3_bucket.plain", "mode": "managed", "type": "aws_s3_bucket",
   "change": {"after": {}, "after_unknown": {"policy": true}}},
  {"address": "aws_s3_bucket.own", "mode": "managed", "type": "aws_s3_bucket",
   "change": {"after": {}, "after_unknown": {"policy": true}}},
  {"address": "aws_s3_bucket_policy.later", "mode": "managed", "type": "aws_s3_bucket_policy",
   "change": {"after": {}, "after_unknown": {"policy": true}}},
  {"address": "aws_organizations_policy.only_change", "mode": "managed", "type": "aws_organizations_policy",
   "change": {"after": {"type": "RESOURCE_CONTROL_POLICY", "content": "{}"}}},
  {"address": "aws_organizations_policy.tags", "mode": "managed", "type": "aws_organizations_policy",
   "change": {"after": {"type": "TAG_POLICY", "content": "{\"tags\":{}}"}}},
  {"address": "aws_kms_key.gone", "mode": "managed", "type": "aws_kms_key", "change": {"actions": ["delete"],
   "before": {"policy": "{}"}, "after": null, "after_unknown": {}}}
 ],
 "configuration": {"root_module": {
  "resources": [{"address": "aws_s3_bucket.plain", "expressions": {"bucket": {}}},
                {"address": "aws_s3_bucket.own", "expressions": {"policy": {}}}],
  "module_calls": {"net": {"module": {"module_calls": {"dns": {"module": {"resources": [
    {"address": "aws_vpc_endpoint_policy.dns", "expressions": {"vpc_endpoint_id":
      {"references": ["aws_vpc_endpoint.dns[0].id", "aws_vpc_endpoint.dns[0]", "aws_vpc_endpoint.dns"]}}}
  ]}}}}}}
 }}
})";

}  // namespace

TEST_CASE("a plan holds the policies of all its modules, each once") {
  const policy::Container plan = ReadContainer(std::string(kPlan));
  CHECK(plan.format == "Terraform plan");
  std::string found;
  for (const policy::ContainedPolicy& each : plan.policies) {
    found += each.pointer + ' ' + std::string(policy::TraitsOf(each.kind).name) + ' ' +
             each.resource + ' ' + std::string(each.unreadable) + '\n';
  }
  CHECK(
      found ==
      "/planned_values/root_module/resources/0/values/policy endpoint aws_vpc_endpoint.s3 \n"
      "/planned_values/root_module/resources/1/values/assume_role_policy trust aws_iam_role.app \n"
      "/planned_values/root_module/resources/1/values/inline_policy/0/policy inline "
      "aws_iam_role.app \n"
      "/planned_values/root_module/child_modules/0/child_modules/0/resources/1/values/policy "
      "endpoint module.net.module.dns.aws_vpc_endpoint_policy.dns \n"
      "/resource_changes/2/change/after_unknown/policy bucket aws_s3_bucket.own known only after "
      "apply\n"
      "/resource_changes/3/change/after_unknown/policy bucket aws_s3_bucket_policy.later known "
      "only after apply\n"
      "/resource_changes/4/change/after/content rcp aws_organizations_policy.only_change \n");
}

TEST_CASE("the plan tells of the endpoint, also where the policy is a resource of its own") {
  const policy::Container plan = ReadContainer(std::string(kPlan));
  const auto& s3 = PolicyOf(plan, "aws_vpc_endpoint.s3");
  CHECK(s3.endpoint.service == "s3");
  CHECK(s3.endpoint.region == "eu-west-1");
  CHECK(s3.endpoint.type == EndpointType::kGateway);
  CHECK(s3.endpoint.vpc == "vpc-0a1b2c3d");
  const auto& dns = PolicyOf(plan, "module.net.module.dns.aws_vpc_endpoint_policy.dns");
  CHECK(dns.endpoint.service == "ecr.dkr");
  CHECK(dns.endpoint.type == EndpointType::kInterface);
}

TEST_CASE("a finding points through the escapes of the string that the policy stands in") {
  const policy::Container plan = ReadContainer(std::string(kPlan));
  CHECK(Lint(plan, PolicyOf(plan, "aws_vpc_endpoint.s3")) ==
        "EP501 7:173 `\\\"aws:SourceIp\\\"`\n");
}

TEST_CASE("a state is read like a plan") {
  const policy::Container state = ReadContainer(R"({"values": {"root_module": {"resources": [
      {"address": "aws_sqs_queue.a", "mode": "managed", "type": "aws_sqs_queue", "values": {"policy": "{}"}}
    ]}}})");
  REQUIRE(state.policies.size() == 1);
  CHECK(state.policies[0].kind == PolicyKind::kQueue);
}

TEST_CASE("a plan without configuration reports every policy that is not known") {
  const policy::Container plan = ReadContainer(R"({"resource_changes": [
      {"address": "aws_iam_role.a", "type": "aws_iam_role", "change": {"after_unknown":
        {"assume_role_policy": true, "inline_policy": [{}, {"policy": true}]}}}]})");
  REQUIRE(plan.policies.size() == 2);
  CHECK(plan.policies[0].unreadable == "known only after apply");
  CHECK(plan.policies[1].pointer ==
        "/resource_changes/0/change/after_unknown/inline_policy/1/policy");
}

TEST_CASE("indexes are no part of the address in a configuration") {
  CHECK(policy::WithoutIndexes("aws_a.b") == "aws_a.b");
  CHECK(policy::WithoutIndexes("module.a[\"x]\\\"\"].aws_a.b[0]") == "module.a.aws_a.b");
  CHECK(policy::WithoutIndexes("aws_a.b[\"") == "aws_a.b");
}
