#include "authz/operations/operations.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace postern::authz {
namespace {

const policy::Catalogue& Known() { return policy::Catalogue::Embedded(); }

// "s3:GetObject arn:aws:s3:::src/k, s3:PutObject arn:aws:s3:::dst/k"; " | " stands before one of
// several of which the operation needs one.
std::string Words(std::string_view api, const OperationResources& resources) {
  const auto operation = FindOperation(Known(), api);
  if (!operation) return operation.error().code;
  std::string words;
  for (const Call& call : CallsOf(Known(), *operation, resources).calls) {
    if (!words.empty()) words += call.either ? " | " : ", ";
    words += call.action + " " + call.resource;
  }
  return operation->assumed_same_name ? words + " (assumed)" : words;
}

std::string Unjudged(std::string_view api, const OperationResources& resources) {
  const auto operation = FindOperation(Known(), api);
  REQUIRE(operation);
  std::string words;
  for (const std::string& action : CallsOf(Known(), *operation, resources).unjudged) {
    words += (words.empty() ? "" : " ") + action;
  }
  return words;
}

OperationResources OnResources() {
  OperationResources on;
  on.resource = "R";
  on.source = "S";
  on.destination = "D";
  return on;
}

}  // namespace

TEST_CASE("an operation asks for the permissions that AWS documents") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"s3.ListBuckets", "s3:ListAllMyBuckets *"},
      {"s3.HeadBucket", "s3:ListBucket R"},
      {"s3.ListObjectsV2", "s3:ListBucket R"},
      {"s3.ListObjectVersions", "s3:ListBucketVersions R"},
      {"s3.ListMultipartUploads", "s3:ListBucketMultipartUploads R"},
      {"s3.ListParts", "s3:ListMultipartUploadParts R"},
      {"s3.HeadObject", "s3:GetObject R"},
      {"s3.GetObjectAttributes", "s3:GetObject R, s3:GetObjectAttributes R"},
      {"s3.UploadPart", "s3:PutObject R"},
      {"s3.CopyObject", "s3:GetObject S, s3:PutObject D"},
      {"s3.UploadPartCopy", "s3:GetObject S, s3:PutObject D"},
      {"s3.DeleteObjects", "s3:DeleteObject R"},
      {"s3.AbortMultipartUpload", "s3:AbortMultipartUpload R"},
      {"s3.GetBucketEncryption", "s3:GetEncryptionConfiguration R"},
      {"s3.GetBucketCors", "s3:GetBucketCORS R"},
      {"s3.DeleteBucketLifecycle", "s3:PutLifecycleConfiguration R"},
      {"s3.GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock R"},
      {"s3control.GetPublicAccessBlock", "s3:GetAccountPublicAccessBlock *"},
      {"s3control.CreateAccessPoint", "s3:CreateAccessPoint R"},
      {"s3.SelectObjectContent", "s3:GetObject R"},
      {"s3.RestoreObject", "s3:RestoreObject R"},
      {"s3.CreateSession", "s3express:CreateSession R"},
      {"s3.ListDirectoryBuckets", "s3express:ListAllMyDirectoryBuckets *"},
      {"S3.listbuckets", "s3:ListAllMyBuckets *"},
      {"dynamodb.TransactGetItems", "dynamodb:GetItem R"},
      {"dynamodb.TransactWriteItems",
       "dynamodb:ConditionCheckItem R | dynamodb:DeleteItem R | dynamodb:PutItem R | "
       "dynamodb:UpdateItem R"},
      {"dynamodb.GetItem", "dynamodb:GetItem R"},
      {"dynamodb.ListTables", "dynamodb:ListTables *"},
      {"dynamodbstreams.GetRecords", "dynamodb:GetRecords R"},
      {"sts.GetCallerIdentity", "sts:GetCallerIdentity *"},
      {"sts.AssumeRole", "sts:AssumeRole R"},
      {"kms.ReEncrypt", "kms:ReEncryptFrom S, kms:ReEncryptTo D"},
      {"kms.Decrypt", "kms:Decrypt R"},
      {"kms.CreateKey", "kms:CreateKey *"},
      {"ssm.GetParameters", "ssm:GetParameters R"},
      {"ssm.UpdateAssociation", "ssm:UpdateAssociation R, ssm:DescribeAssociation R"},
      {"secretsmanager.GetSecretValue", "secretsmanager:GetSecretValue R"},
      {"secretsmanager.BatchGetSecretValue",
       "secretsmanager:BatchGetSecretValue *, secretsmanager:GetSecretValue R"},
      {"sqs.SendMessageBatch", "sqs:SendMessage R"},
      {"sqs.ReceiveMessage", "sqs:ReceiveMessage R"},
      {"sns.PublishBatch", "sns:Publish R"},
      {"ecr.BatchGetImage", "ecr:BatchGetImage R"},
      {"ecr.ListImageReferrers", "ecr:BatchGetImage R"},
      {"ecr.GetAuthorizationToken", "ecr:GetAuthorizationToken *"},
      {"execute-api.Invoke", "execute-api:Invoke R"},
      {"apigatewaymanagementapi.PostToConnection", "execute-api:ManageConnections R"},
      {"logs.PutLogEvents", "logs:PutLogEvents R"},
      {"CloudWatchLogs.PutLogEvents", "logs:PutLogEvents R"},
      {"ec2.DescribeInstances", "ec2:DescribeInstances *"},
      {"ec2.RunInstances", "ec2:RunInstances R"},
      {"lambda.Invoke", "lambda:InvokeFunction R"},
      {"stepfunctions.StartExecution", "states:StartExecution R"},
      {"elbv2.CreateLoadBalancer", "elasticloadbalancing:CreateLoadBalancer R"},
      {"apigateway.GetRestApis", "apigateway:GET R"},
      {"bedrock-runtime.Converse", "bedrock:InvokeModel R"},
      {"keyspaces.CreateTable", "cassandra:Create R"},
  };
  for (const auto& row : table) {
    const auto& api = row.first;
    const auto& words = row.second;
    CAPTURE(api);
    CHECK(Words(api, OnResources()) == words);
  }
}

TEST_CASE("parts of a call need permissions of their own") {
  OperationResources on;
  on.resource = "R";
  on.version = true;
  CHECK(Words("s3.GetObject", on) == "s3:GetObjectVersion R");
  CHECK(Words("s3.GetObjectAttributes", on) ==
        "s3:GetObjectVersion R, s3:GetObjectVersionAttributes R");
  on = {};
  on.resource = "R";
  on.acl = on.tags = on.retention = on.legal_hold = true;
  CHECK(Words("s3.PutObject", on) ==
        "s3:PutObject R, s3:PutObjectAcl R, s3:PutObjectTagging R, s3:PutObjectRetention R, "
        "s3:PutObjectLegalHold R");
  CHECK(Words("s3.UploadPart", on) == "s3:PutObject R");
  CHECK(Words("s3.CreateBucket", on) == "s3:CreateBucket R, s3:PutBucketAcl R");
  CHECK(Words("sqs.CreateQueue", on) == "sqs:CreateQueue R, sqs:TagQueue R");
}

TEST_CASE("what a case cannot say is named and not judged") {
  OperationResources plain;
  OperationResources tagged;
  tagged.tags = tagged.source_identity = true;
  CHECK(Unjudged("ec2.RunInstances", plain) == "iam:PassRole");
  CHECK(Unjudged("ec2.RunInstances", tagged) == "iam:PassRole ec2:CreateTags");
  CHECK(Unjudged("ec2.CreateVpc", plain).empty());
  CHECK(Unjudged("sts.AssumeRole", plain).empty());
  CHECK(Unjudged("sts.AssumeRole", tagged) == "sts:TagSession sts:SetSourceIdentity");
  CHECK(Unjudged("s3.CreateBucket", plain) ==
        "s3:PutBucketObjectLockConfiguration s3:PutBucketVersioning");
  // Where the part is judged it is not among them.
  CHECK(Unjudged("s3.CopyObject", plain) == "s3:GetObjectTagging s3:PutObjectTagging");
  CHECK(Unjudged("s3.CopyObject", tagged) == "s3:GetObjectTagging");
  CHECK(Unjudged("s3.GetObject", tagged).empty());
}

TEST_CASE("what is no operation says why, and what was meant") {
  const struct {
    std::string_view api, code, message, help;
  } table[] = {
      {"s3:ListBuckets", "bad-api", "`s3:ListBuckets` is not an API operation",
       "SERVICE.OPERATION, such as s3.ListBuckets"},
      {"dynamdb.GetItem", "unknown-service", "`dynamdb` is not a service of AWS",
       "did you mean `dynamodb`?"},
      {"s3cotrol.CreateJob", "unknown-service", "`s3cotrol` is not a service of AWS",
       "did you mean `s3control`?"},
      {"nothing-of-the-kind.X", "unknown-service", "`nothing-of-the-kind` is not a service of AWS",
       "a prefix of actions, such as s3, or the name of an SDK's client"},
      {"s3.ListBucketz", "unknown-operation", "has no operation `ListBucketz` of `s3`",
       "did you mean `ListBuckets`?"},
      {"SQS.SendMesage", "unknown-operation", "has no operation `SendMesage` of `SQS`",
       "did you mean `SendMessage`?"},
      {"kms.Conjure", "unknown-operation", "has no operation `Conjure` of `kms`",
       "where AWS is newer than the catalogue, write `action` or `calls`"},
  };
  for (const auto& row : table) {
    CAPTURE(row.api);
    const auto operation = FindOperation(Known(), row.api);
    REQUIRE_FALSE(operation);
    CHECK(operation.error().code == row.code);
    CHECK(operation.error().message.find(row.message) != std::string::npos);
    CHECK(operation.error().help == row.help);
  }
  for (const std::string_view text :
       {"ListBuckets", "s3.", ".ListBuckets", "s3.List Buckets", "s3.List.Buckets", "", "."}) {
    CAPTURE(text);
    CHECK(Words(text, {}) == "bad-api");
  }
}

TEST_CASE("only copies have a source and a destination") {
  for (const std::string_view api : {"s3.CopyObject", "s3.UploadPartCopy", "kms.ReEncrypt"}) {
    CAPTURE(api);
    CHECK(FindOperation(Known(), api)->TakesSourceAndDestination());
  }
  for (const std::string_view api : {"s3.GetObject", "s3.PutObject"}) {
    CAPTURE(api);
    CHECK_FALSE(FindOperation(Known(), api)->TakesSourceAndDestination());
  }
}

}  // namespace postern::authz
