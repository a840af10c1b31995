#include "authz/operations/operations.h"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <utility>

#include "authz/operations/operation_table.h"

namespace postern::authz {
namespace {

// "s3:GetObject arn:aws:s3:::src/k, s3:PutObject arn:aws:s3:::dst/k"
std::string Words(std::string_view api, const OperationResources& resources) {
  const auto calls = CallsOf(api, resources);
  if (!calls) return "no operation";
  std::string words;
  for (const Call& call : calls->calls) {
    if (!words.empty()) words += ", ";
    words += call.action + " " + call.resource;
  }
  return calls->assumed_same_name ? words + " (assumed)" : words;
}

TEST_CASE("an operation asks for the permissions that AWS documents") {
  OperationResources on;
  on.resource = "R";
  on.source = "S";
  on.destination = "D";
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
      {"s3.GetBucketEncryption", "s3:GetEncryptionConfiguration R"},
      {"s3.DeleteBucketLifecycle", "s3:PutLifecycleConfiguration R"},
      {"s3.GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock R"},
      {"s3control.GetPublicAccessBlock", "s3:GetAccountPublicAccessBlock *"},
      {"s3.SelectObjectContent", "s3:GetObject R"},
      {"s3.RestoreObject", "s3:RestoreObject R"},
      {"S3.listbuckets", "s3:ListAllMyBuckets *"},
      {"lambda.Invoke", "lambda:InvokeFunction R"},
      {"sts.GetCallerIdentity", "sts:GetCallerIdentity R (assumed)"},
      {"s3control.CreateAccessPoint", "s3:CreateAccessPoint R (assumed)"},
      {"s3:ListBuckets", "no operation"},
      {"ListBuckets", "no operation"},
      {"s3.", "no operation"},
      {".ListBuckets", "no operation"},
      {"s3.List Buckets", "no operation"},
      {"", "no operation"},
  };
  for (const auto& row : table) {
    const auto& api = row.first;
    const auto& words = row.second;
    CAPTURE(api);
    CHECK(Words(api, on) == words);
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
}

TEST_CASE("an API operation in place of an action is told its permission") {
  const std::pair<std::string_view, std::string_view> table[] = {
      {"s3:ListBuckets", "s3:ListAllMyBuckets"},
      {"s3:HeadBucket", "s3:ListBucket"},
      {"s3:ListObjects", "s3:ListBucket"},
      {"s3:listobjectsv2", "s3:ListBucket"},
      {"s3:HeadObject", "s3:GetObject"},
      {"s3:CreateMultipartUpload", "s3:PutObject"},
      {"s3:CopyObject", "s3:PutObject"},
      {"s3:DeleteObjects", "s3:DeleteObject"},
      {"s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"},
      {"s3:GetBucketEncryption", "s3:GetEncryptionConfiguration"},
      {"lambda:Invoke", "lambda:InvokeFunction"},
  };
  for (const auto& row : table) {
    const auto& action = row.first;
    const auto& permission = row.second;
    CAPTURE(action);
    CHECK(PermissionOfOperation(action) == permission);
  }
  for (const std::string_view action :
       {"s3:GetObject", "s3:PutBucketAcl", "s3:GetBucketCORS", "s3:CreateBucket", "s3:ListBucket",
        "s3:GetObjectVersion", "ec2:DescribeInstances", "s3", ":", ""}) {
    CAPTURE(action);
    CHECK_FALSE(PermissionOfOperation(action));
  }
}

TEST_CASE("only copies have a source and a destination") {
  CHECK(TakesSourceAndDestination("s3.CopyObject"));
  CHECK(TakesSourceAndDestination("kms.ReEncrypt"));
  CHECK_FALSE(TakesSourceAndDestination("s3.GetObject"));
  CHECK_FALSE(TakesSourceAndDestination("no operation"));
}

TEST_CASE("the rows of an operation stand together") {
  for (const auto table : {S3Operations(), OtherOperations()}) {
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> last;
    for (std::size_t i = 0; i < table.size(); ++i) {
      const auto [entry, is_new] = last.try_emplace({table[i].service, table[i].operation}, i);
      CAPTURE(table[i].operation);
      CHECK((is_new || entry->second + 1 == i));
      entry->second = i;
    }
  }
}

}  // namespace
}  // namespace postern::authz
