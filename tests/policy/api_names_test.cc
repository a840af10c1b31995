#include "policy/api_names.h"

#include <doctest/doctest.h>

#include <string_view>
#include <utility>

#include "policy/catalogue.h"

namespace postern::policy {

TEST_CASE("an operation in the place of an action is told its permission") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"s3:ListBuckets", "s3:ListAllMyBuckets"},
      {"S3:listbuckets", "s3:ListAllMyBuckets"},
      {"s3:HeadBucket", "s3:ListBucket"},
      {"s3:ListObjectsV2", "s3:ListBucket"},
      {"s3:HeadObject", "s3:GetObject"},
      {"s3:CreateMultipartUpload", "s3:PutObject"},
      {"s3:CopyObject", "s3:GetObject and s3:PutObject"},
      {"s3:DeleteObjects", "s3:DeleteObject"},
      {"s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"},
      {"s3:GetBucketEncryption", "s3:GetEncryptionConfiguration"},
      {"lambda:Invoke", "lambda:InvokeFunction"},
      {"sqs:SendMessageBatch", "sqs:SendMessage"},
      {"kms:ReEncrypt", "kms:ReEncryptFrom and kms:ReEncryptTo"},
      {"dynamodb:TransactWriteItems",
       "dynamodb:ConditionCheckItem or dynamodb:DeleteItem or dynamodb:PutItem or "
       "dynamodb:UpdateItem"},
      {"apigateway:GetRestApis", "apigateway:GET"},
      {"budgets:DescribeBudgets", "budgets:ViewBudget"},
      {"bedrock:Converse", "bedrock:InvokeModel"},
  };
  for (const auto& row : table) {
    const auto& action = row.first;
    const auto& permission = row.second;
    CAPTURE(action);
    CHECK(PermissionInPlaceOf(Catalogue::Embedded(), action) == permission);
  }
  for (const std::string_view action :
       {"s3:GetObject", "s3:PutBucketAcl", "s3:GetBucketCors", "s3:CreateBucket", "s3:ListBucket",
        "s3:ListBuckets*", "s3:GetObjectVersion", "ec2:DescribeInstances", "ec2:RunInstances",
        "lambda:CreateFunction", "cloudwatchlogs:PutLogEvents", "s3control:CreateBucket",
        "s3:NothingOfTheKind", "nothing-of-the-kind:ListBuckets", "s3", ":", "*", ""}) {
    CAPTURE(action);
    CHECK(PermissionInPlaceOf(Catalogue::Embedded(), action).empty());
  }
}

}  // namespace postern::policy
