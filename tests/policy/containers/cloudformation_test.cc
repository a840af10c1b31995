#include "tests/policy/containers/testing.h"

using namespace postern;
using policy::EndpointType;
using policy::PolicyKind;
using testing::Lint;
using testing::PolicyOf;
using testing::ReadContainer;

namespace {

constexpr std::string_view kYaml = R"(AWSTemplateFormatVersion: "2010-09-09"
Resources:
  S3Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub com.amazonaws.${AWS::Region}.s3
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: s3:GetObject
            Resource:
              - !Sub arn:${AWS::Partition}:s3:::reports-${AWS::Region}/*
              - !GetAtt Bucket.Arn
              - !Join ["", ["arn:aws:s3:::", "joined-bucket", "/*"]]
            Condition:
              IpAddress:
                aws:SourceIp: 10.0.0.0/8
  Other:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcEndpointType: Interface
      ServiceName: !Join [".", [com.amazonaws, !Ref AWS::Region, sqs]]
      PolicyDocument: !Sub |
        {
          "Version": "2012-10-17",
          "Statement": [{
            "Effect": "Allow",
            "Principal": "*",
            "Action": "sqs:*",
            "Resource": "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Queue}",
            "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
          }]
        }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {AWS: 123456789012}
            Action: sts:AssumeRole
      Policies:
        - !If
          - Wanted
          - PolicyName: a
            PolicyDocument: {Version: "2012-10-17", Statement: !If [Wide, [], !Ref AWS::NoValue]}
          - !Ref AWS::NoValue
        - PolicyName: b
          PolicyDocument: !FindInMap [A, B, C]
  "Fn::ForEach::Queues":
    - Name
    - [a, b]
    - "Queue${Name}":
        Type: AWS::SQS::QueuePolicy
        Properties:
          PolicyDocument: '{"Version": "2012-10-17", "Statement": {}}'
)";

}  // namespace

TEST_CASE("a template holds policies as objects, as text and in branches of conditions") {
  const policy::Container found = ReadContainer(std::string(kYaml));
  CHECK(found.format == "CloudFormation template");
  std::string text;
  for (const policy::ContainedPolicy& each : found.policies) {
    text += each.pointer + ' ' + std::string(policy::TraitsOf(each.kind).name) + ' ' +
            each.resource + ' ' + std::string(each.unreadable) + '\n';
  }
  CHECK(
      text ==
      "/Resources/S3Endpoint/Properties/PolicyDocument endpoint S3Endpoint \n"
      "/Resources/Other/Properties/PolicyDocument endpoint Other \n"
      "/Resources/Role/Properties/AssumeRolePolicyDocument trust Role \n"
      "/Resources/Role/Properties/Policies/0/1/PolicyDocument inline Role \n"
      "/Resources/Role/Properties/Policies/1/PolicyDocument inline Role made by a CloudFormation "
      "function at deployment\n"
      "/Resources/Fn::ForEach::Queues/2/Queue${Name}/Properties/PolicyDocument queue Queue${Name} "
      "\n");
}

TEST_CASE("the template tells of the endpoint what is literal in it") {
  const policy::Container found = ReadContainer(std::string(kYaml));
  const auto& gateway = PolicyOf(found, "S3Endpoint");
  CHECK(gateway.endpoint.service == "s3");
  CHECK(gateway.endpoint.region.empty());
  CHECK(gateway.endpoint.type == EndpointType::kGateway);
  const auto& other = PolicyOf(found, "Other");
  CHECK(other.endpoint.service == "sqs");
  CHECK(other.endpoint.type == EndpointType::kInterface);
}

TEST_CASE("functions are resolved where they are literal, and open text otherwise") {
  const policy::Container found = ReadContainer(std::string(kYaml));
  const auto& policy = PolicyOf(found, "S3Endpoint");
  const auto text = [&](std::string_view pointer) {
    return std::string(policy.tree->At(pointer)->text);
  };
  CHECK(text("/Statement/0/Resource/0") == "arn:${AWS::Partition}:s3:::reports-${AWS::Region}/*");
  CHECK(text("/Statement/0/Resource/1") == "${Bucket.Arn}");
  CHECK(text("/Statement/0/Resource/2") == "arn:aws:s3:::joined-bucket/*");
  CHECK(policy.open.size() == 2);
  CHECK(Lint(found, policy) == "EP501 20:17 `aws:SourceIp`\n");
}

TEST_CASE("JSON in a block of YAML keeps its lines, and variables of Sub are open text") {
  const policy::Container found = ReadContainer(std::string(kYaml));
  CHECK(Lint(found, PolicyOf(found, "Other")) == "EP501 34:41 `\"aws:SourceIp\"`\n");
}

TEST_CASE("an account id without quotes is text to CloudFormation") {
  const policy::Container found = ReadContainer(std::string(kYaml));
  CHECK(Lint(found, found.policies[2]).find("GR217") == std::string::npos);
}

TEST_CASE("the long forms of functions say the same") {
  const policy::Container found = ReadContainer(R"({"Resources": {"P": {"Type": "AWS::IAM::Policy",
    "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": {"Fn::Join": [":", ["s3", "ListObjects"]]},
       "Resource": {"Fn::Sub": ["arn:aws:s3:::${Name}/${!aws:username}", {"Name": "literal"}]}},
      {"Ref": "AWS::NoValue"},
      {"Fn::If": ["A", {"Ref": "AWS::NoValue"}, {"Effect": "Allow", "Action": {"Ref": "Action"},
                                                "Resource": {"Fn::GetAtt": ["B", "Arn"]}}]}
    ]}}}}})");
  const policy::ContainedPolicy& policy = found.policies.at(0);
  CHECK(policy.tree->At("/Statement/0/Action")->text == "s3:ListObjects");
  CHECK(policy.tree->At("/Statement/0/Resource")->text == "arn:aws:s3:::literal/${aws:username}");
  CHECK(policy.tree->At("/Statement")->count == 2);
  CHECK(policy.tree->At("/Statement/1/Resource")->text == "${B.Arn}");
  CHECK(Lint(found, policy) == "AC503 3:37 `{\"Fn::Join\": [\":\", [\"s3\", \"ListObjects\"]]}`\n");
}

TEST_CASE("functions and aliases that ask for endless text are stopped") {
  std::string sub;
  for (int i = 0; i < 60'000; ++i) sub += "${A}";
  const std::string text =
      "{\"Resources\": {\"P\": {\"Type\": \"AWS::IAM::Policy\", \"Properties\": "
      "{\"PolicyDocument\": {\"Statement\": {\"Resource\": {\"Fn::Sub\": [\"" +
      sub + "\", {\"A\": \"" + std::string(60'000, 'x') + "\"}]}}}}}}}";
  const policy::Container found = ReadContainer(text);
  REQUIRE(found.policies.size() == 1);
  CHECK(found.policies[0].unreadable == "too much text in the policies of this template");
}
