#include "authz/diagnose/denied_message.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace postern::authz {
namespace {

// "CODE | API | ACTION | PRINCIPAL | RESOURCE | LAYER | DENIAL", "" and "-" where there is nothing.
std::string Words(const DeniedMessage& message) {
  const auto or_dash = [](std::string_view text) {
    return text.empty() ? std::string("-") : std::string(text);
  };
  return or_dash(message.error_code) + " | " + or_dash(message.api) + " | " +
         or_dash(message.action) + " | " + or_dash(message.principal) + " | " +
         or_dash(message.resource) + " | " +
         or_dash(message.layer ? LayerName(*message.layer) : "") + " | " +
         or_dash(message.denial ? DenialName(*message.denial) : "");
}

constexpr std::string_view kBob = "arn:aws:sts::111122223333:assumed-role/app/bob";

// {R} stands for kBob, in texts and in what is expected.
std::string WithBob(std::string_view text) {
  std::string filled(text);
  for (std::size_t at; (at = filled.find("{R}")) != std::string::npos;) {
    filled.replace(at, 3, kBob);
  }
  return filled;
}

struct Shape {
  std::string_view text;
  std::string_view words;
};

// S8.4, S8.6.
TEST_CASE("every shape of a refusal is read") {
  constexpr Shape kShapes[] = {
      // The plain sentence and its parts.
      {"User: {R} is not authorized to perform: sqs:SendMessage",
       "- | - | sqs:SendMessage | {R} | - | - | -"},
      {"User: {R} is not authorized to perform: sqs:SendMessage on resource: "
       "arn:aws:sqs:eu-west-1:111122223333:jobs.",
       "- | - | sqs:SendMessage | {R} | arn:aws:sqs:eu-west-1:111122223333:jobs | - | -"},
      {"User: {R} is not authorized to perform: iam:GetRole on resource: role app because no "
       "identity-based policy allows the iam:GetRole action",
       "- | - | iam:GetRole | {R} | role app | identity | implicit"},
      {"User: {R} is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/a key\" "
       "because no VPC endpoint policy allows the s3:GetObject action",
       "- | - | s3:GetObject | {R} | arn:aws:s3:::b/a key | endpoint | implicit"},
      {"User: {R} is not authorized to perform: sts:GetCallerIdentity on resource: Resource with "
       "an "
       "explicit deny in a VPC endpoint policy",
       "- | - | sts:GetCallerIdentity | {R} | - | endpoint | explicit"},
      {"User: anonymous is not authorized to perform: execute-api:Invoke on resource: "
       "arn:aws:execute-api:eu-west-1:********3333:a1b2c3/prod/GET/ with an explicit deny",
       "- | - | execute-api:Invoke | * | "
       "arn:aws:execute-api:eu-west-1:********3333:a1b2c3/prod/GET/ "
       "| - | explicit"},
      {"User: {R} is not authorized to perform: kms:Decrypt on the specified resource",
       "- | - | kms:Decrypt | {R} | - | - | -"},
      // Layers and articles.
      {"User: {R} is not authorized to perform: s3:GetObject because no resource-based policy "
       "allows "
       "the s3:GetObject action",
       "- | - | s3:GetObject | {R} | - | resource | implicit"},
      {"User: {R} is not authorized to perform: s3:GetObject because no permissions boundary "
       "allows "
       "the s3:GetObject action",
       "- | - | s3:GetObject | {R} | - | boundary | implicit"},
      {"User: {R} is not authorized to perform: s3:GetObject because no session policy allows the "
       "s3:GetObject action",
       "- | - | s3:GetObject | {R} | - | session | implicit"},
      {"User: {R} is not authorized to perform: s3:GetObject because no service control policy "
       "allows "
       "the s3:GetObject action",
       "- | - | s3:GetObject | {R} | - | scp | implicit"},
      {"User: {R} is not authorized to perform: sts:AssumeRole because no role trust policy allows "
       "the sts:AssumeRole action",
       "- | - | sts:AssumeRole | {R} | - | resource | implicit"},
      {"User: {R} is not authorized to perform: sts:AssumeRole with an explicit deny in the role "
       "trust policy",
       "- | - | sts:AssumeRole | {R} | - | resource | explicit"},
      {"User: {R} is not authorized to perform: s3:GetObject with an explicit deny in a sessions "
       "policy.",
       "- | - | s3:GetObject | {R} | - | session | explicit"},
      {"User: {R} is not authorized to perform: s3:GetObject with an explicit deny in an "
       "identity-based policy",
       "- | - | s3:GetObject | {R} | - | identity | explicit"},
      {"User: {R} is not authorized to perform: s3:GetObject with an explicit deny in a resource "
       "control policy",
       "- | - | s3:GetObject | {R} | - | rcp | explicit"},
      // The permission that lacks is not the one of the call.
      {"User: {R} is not authorized to perform: ec2:CreateVpcEndpoint on resource: "
       "arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/* because no identity-based policy allows "
       "the "
       "vpce:AllowMultiRegion action",
       "- | - | vpce:AllowMultiRegion | {R} | arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/* | "
       "identity | implicit"},
      // Wrappings.
      {"An error occurred (AccessDenied) when calling the ListBuckets operation: User: {R} is not "
       "authorized to perform: s3:ListAllMyBuckets because no VPC endpoint policy allows the "
       "s3:ListAllMyBuckets action",
       "AccessDenied | s3.ListBuckets | s3:ListAllMyBuckets | {R} | - | endpoint | implicit"},
      {"An error occurred (AuthorizationError) when calling the Publish operation: User: {R} is "
       "not "
       "authorized to perform: SNS:Publish on resource: arn:aws:sns:eu-west-1:111122223333:t  with "
       "an explicit deny in a VPC endpoint policy transitively through a service control policy",
       "AuthorizationError | sns.Publish | SNS:Publish | {R} | "
       "arn:aws:sns:eu-west-1:111122223333:t | "
       "endpoint | explicit"},
      {"Waiter TableExists failed: An error occurred (AccessDeniedException): User: {R} is not "
       "authorized to perform: dynamodb:DescribeTable on resource: "
       "arn:aws:dynamodb:eu-west-1:111122223333:table/t with an explicit deny in a VPC endpoint "
       "policy",
       "AccessDeniedException | - | dynamodb:DescribeTable | {R} | "
       "arn:aws:dynamodb:eu-west-1:111122223333:table/t | endpoint | explicit"},
      {"An error occurred (UnauthorizedOperation) when calling the CopyImage operation: You are "
       "not "
       "authorized to perform this operation. User: {R} is not authorized to perform: "
       "ec2:CopyImage "
       "because no VPC endpoint policy allows the ec2:CopyImage action",
       "UnauthorizedOperation | ec2.CopyImage | ec2:CopyImage | {R} | - | endpoint | implicit"},
      {"Error: reading S3 Bucket (b) policy: operation error S3: GetBucketPolicy, https response "
       "error StatusCode: 403, RequestID: X, HostID: y, api error AccessDenied: User: {R} is not "
       "authorized to perform: s3:GetBucketPolicy on resource: \"arn:aws:s3:::b\" because no "
       "identity-based policy allows the s3:GetBucketPolicy action",
       "AccessDenied | s3.GetBucketPolicy | s3:GetBucketPolicy | {R} | arn:aws:s3:::b | identity | "
       "implicit"},
      {"\x1b[31m\xe2\x95\xb7\x1b[0m\n\xe2\x94\x82 Error: api error AccessDenied: User: {R} is\n"
       "\xe2\x94\x82 not authorized to perform: s3:GetObject with an\n\xe2\x94\x82 explicit deny "
       "in a "
       "VPC endpoint policy\n\xe2\x95\xb5",
       "AccessDenied | - | s3:GetObject | {R} | - | endpoint | explicit"},
      {"AccessDeniedException: User: {R} is not authorized to perform: ssm:GetParameters on "
       "resource: "
       "arn:aws:ssm:eu-west-1:111122223333:parameter/p because no VPC endpoint policy allows the "
       "ssm:GetParameters action\n\tstatus code: 400, request id: 1",
       "AccessDeniedException | - | ssm:GetParameters | {R} | "
       "arn:aws:ssm:eu-west-1:111122223333:parameter/p | endpoint | implicit"},
      {"User: {R} is not authorized to perform: s3:PutObject on resource: \\\"arn:aws:s3:::b/k\\\" "
       "because no resource-based policy allows the s3:PutObject action (Service: Amazon S3; "
       "Status "
       "Code: 403; Error Code: AccessDenied; Request ID: A; Proxy: null)",
       "AccessDenied | - | s3:PutObject | {R} | arn:aws:s3:::b/k | resource | implicit"},
      {"<Error><Code>AccessDenied</Code><Message>User: {R} is not authorized to perform: "
       "s3:GetObject "
       "on resource: &quot;arn:aws:s3:::b/k&quot; with an explicit deny in a VPC endpoint "
       "policy</Message></Error>",
       "AccessDenied | - | s3:GetObject | {R} | arn:aws:s3:::b/k | endpoint | explicit"},
      {"{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"User: {R} is "
       "not "
       "authorized to perform: kms:Decrypt on resource: "
       "arn:aws:kms:eu-west-1:111122223333:key/k\"}",
       "AccessDeniedException | - | kms:Decrypt | {R} | arn:aws:kms:eu-west-1:111122223333:key/k | "
       "- "
       "| -"},
      // Texts with little in them.
      {"An error occurred (AccessDenied) when calling the ListBuckets operation: Access Denied",
       "AccessDenied | s3.ListBuckets | s3:ListAllMyBuckets | - | - | - | -"},
      {"fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden",
       "403 | s3.HeadObject | s3:GetObject | - | - | - | -"},
      {"An error occurred (UnauthorizedOperation) when calling the StopInstances operation: You "
       "are "
       "not authorized to perform this operation. Encoded authorization failure message: "
       "4GIOHlTkIaWH",
       "UnauthorizedOperation | ec2.StopInstances | ec2:StopInstances | - | - | - | -"},
      {"An error occurred (AccessDeniedException) when calling the DescribeCluster operation: ",
       "AccessDeniedException | - | - | - | - | - | -"},
      {"An error occurred (AccessDenied) when calling the CopyObject operation: Access Denied",
       "AccessDenied | s3.CopyObject | - | - | - | - | -"},
      {"operation error CloudWatch Logs: PutLogEvents, https response error StatusCode: 400, api "
       "error AccessDeniedException: Access Denied",
       "AccessDeniedException | cloudwatchlogs.PutLogEvents | logs:PutLogEvents | - | - | - | -"},
      {"operation error SQS: SendMessageBatch, https response error StatusCode: 403, api error "
       "AccessDenied: Access Denied",
       "AccessDenied | sqs.SendMessageBatch | sqs:SendMessage | - | - | - | -"},
      {"operation error SFN: StartExecution, https response error StatusCode: 400, api error "
       "AccessDeniedException: Access Denied",
       "AccessDeniedException | sfn.StartExecution | states:StartExecution | - | - | - | -"},
      {"Access Denied", "- | - | - | - | - | - | -"},
  };
  for (const Shape& shape : kShapes) {
    const std::string text = WithBob(shape.text);
    CAPTURE(text);
    const DeniedMessage message = ReadDeniedMessage(text);
    CHECK(message.authorization_failure);
    CHECK(Words(message) == WithBob(shape.words));
  }
}

TEST_CASE("the ARN of the policy that denies is read") {
  const std::string arn =
      "arn:aws:organizations::999900001111:policy/o-a1b2c3d4e5/service_control_policy/p-1a2b3c4d";
  const std::string head =
      "User: arn:aws:sts::111122223333:assumed-role/app/i-0abc is not authorized to perform: "
      "s3:GetObject with an explicit deny in a service control policy: ";
  for (const char* end : {"", ".", "\"}", " (Service: S3, Status Code: 403)"}) {
    CAPTURE(end);
    const DeniedMessage message = ReadDeniedMessage(head + arn + end);
    CHECK(message.policy_arn == arn);
    CHECK(message.layer == Layer::kScp);
  }
}

TEST_CASE("what no policy decided is no authorization failure, and the note says what it is") {
  constexpr Shape kTexts[] = {
      {"An error occurred (InvalidAccessKeyId) when calling the ListBuckets operation: The AWS "
       "Access "
       "Key Id you provided does not exist in our records.",
       "credentials"},
      {"An error occurred (SignatureDoesNotMatch) when calling the ListBuckets operation: x",
       "credentials"},
      {"An error occurred (RequestTimeTooSkewed) when calling the ListBuckets operation: x",
       "clock"},
      {"An error occurred (ExpiredToken) when calling the ListBuckets operation: x", "expired"},
      {"An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: x",
       "does not exist"},
      {"An error occurred (404) when calling the HeadObject operation: Not Found",
       "does not exist"},
      {"An error occurred (ValidationException) when calling the Query operation: x",
       "not about permissions"},
      {"Could not connect to the endpoint URL: \"https://b.s3.eu-west-1.amazonaws.com/\"",
       "did not arrive"},
      {"Connect timeout on endpoint URL: \"https://sts.amazonaws.com/\"", "did not arrive"},
      {"Unable to locate credentials. You can configure credentials by running \"aws configure\".",
       "no credentials"},
      {"", "not a message of AWS"},
      {"make: *** [all] Error 1", "not a message of AWS"},
  };
  for (const Shape& shape : kTexts) {
    CAPTURE(shape.text);
    const DeniedMessage message = ReadDeniedMessage(shape.text);
    CHECK_FALSE(message.authorization_failure);
    CHECK(message.note.find(shape.words) != std::string::npos);
    CHECK_FALSE(message.layer.has_value());
    CHECK_FALSE(message.denial.has_value());
  }
}

// S8.5.
TEST_CASE("the note says what the text leaves open") {
  constexpr Shape kTexts[] = {
      {"An error occurred (AccessDenied) when calling the ListBuckets operation: Access Denied",
       "`ListBuckets` is taken to be of `s3`"},
      {"An error occurred (AccessDenied) when calling the ListBuckets operation: Access Denied",
       "any layer may have refused"},
      {"You are not authorized to perform this operation. Encoded authorization failure message: x",
       "cannot be decoded offline"},
      {"An error occurred (AccessDeniedException) when calling the DescribeCluster operation: ",
       "`DescribeCluster` and not its service"},
      {"An error occurred (AccessDenied) when calling the CopyObject operation: Access Denied",
       "needs several permissions"},
      {"User: u is not authorized to perform: ec2:CreateVpcEndpoint because no identity-based "
       "policy "
       "allows the vpce:AllowMultiRegion action",
       "lacks is `vpce:AllowMultiRegion`"},
  };
  for (const Shape& shape : kTexts) {
    CAPTURE(shape.text);
    const DeniedMessage message = ReadDeniedMessage(shape.text);
    CAPTURE(message.note);
    CHECK(message.authorization_failure);
    CHECK(message.note.find(shape.words) != std::string::npos);
  }
}

TEST_CASE("long texts are cut, and no byte hurts") {
  const std::string late =
      std::string(70000, 'x') + " User: u is not authorized to perform: s3:GetObject";
  const DeniedMessage cut = ReadDeniedMessage(late);
  CHECK_FALSE(cut.authorization_failure);
  CHECK(cut.note.find("64 KiB") != std::string::npos);
  for (const std::string_view filler :
       {"\xff", "\\", "\x1b[", "(", "\"", "User: ", "on resource: "}) {
    std::string text = "User: u is not authorized to perform: s3:GetObject on resource: ";
    while (text.size() < 65536) text += filler;
    CAPTURE(filler);
    CHECK(ReadDeniedMessage(text).action == "s3:GetObject");
  }
  std::string bytes;
  for (int c = 0; c < 256; ++c) bytes += static_cast<char>(c);
  CHECK_FALSE(ReadDeniedMessage(bytes).authorization_failure);
}

}  // namespace
}  // namespace postern::authz
