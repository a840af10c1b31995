#include "policy/rules/api_names.h"

#include <algorithm>
#include <array>

#include "policy/language/fold.h"

namespace postern::policy {
namespace {

constexpr std::array kNames = {
    ApiName{"s3:ListBuckets", "s3:ListAllMyBuckets"},
    ApiName{"s3:HeadBucket", "s3:ListBucket"},
    ApiName{"s3:ListObjects", "s3:ListBucket"},
    ApiName{"s3:ListObjectsV2", "s3:ListBucket"},
    ApiName{"s3:ListObjectVersions", "s3:ListBucketVersions"},
    ApiName{"s3:ListMultipartUploads", "s3:ListBucketMultipartUploads"},
    ApiName{"s3:ListParts", "s3:ListMultipartUploadParts"},
    ApiName{"s3:HeadObject", "s3:GetObject"},
    ApiName{"s3:SelectObjectContent", "s3:GetObject"},
    ApiName{"s3:CreateMultipartUpload", "s3:PutObject"},
    ApiName{"s3:UploadPart", "s3:PutObject"},
    ApiName{"s3:CompleteMultipartUpload", "s3:PutObject"},
    ApiName{"s3:CopyObject", "s3:GetObject and s3:PutObject"},
    ApiName{"s3:UploadPartCopy", "s3:GetObject and s3:PutObject"},
    ApiName{"s3:DeleteObjects", "s3:DeleteObject"},
    ApiName{"s3:GetBucketEncryption", "s3:GetEncryptionConfiguration"},
    ApiName{"s3:PutBucketEncryption", "s3:PutEncryptionConfiguration"},
    ApiName{"s3:DeleteBucketEncryption", "s3:PutEncryptionConfiguration"},
    ApiName{"s3:GetBucketLifecycle", "s3:GetLifecycleConfiguration"},
    ApiName{"s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"},
    ApiName{"s3:PutBucketLifecycle", "s3:PutLifecycleConfiguration"},
    ApiName{"s3:PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration"},
    ApiName{"s3:DeleteBucketLifecycle", "s3:PutLifecycleConfiguration"},
    ApiName{"s3:GetBucketReplication", "s3:GetReplicationConfiguration"},
    ApiName{"s3:PutBucketReplication", "s3:PutReplicationConfiguration"},
    ApiName{"s3:DeleteBucketReplication", "s3:PutReplicationConfiguration"},
    ApiName{"s3:GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration"},
    ApiName{"s3:PutBucketAccelerateConfiguration", "s3:PutAccelerateConfiguration"},
    ApiName{"s3:GetBucketInventoryConfiguration", "s3:GetInventoryConfiguration"},
    ApiName{"s3:ListBucketInventoryConfigurations", "s3:GetInventoryConfiguration"},
    ApiName{"s3:PutBucketInventoryConfiguration", "s3:PutInventoryConfiguration"},
    ApiName{"s3:DeleteBucketInventoryConfiguration", "s3:PutInventoryConfiguration"},
    ApiName{"s3:GetBucketAnalyticsConfiguration", "s3:GetAnalyticsConfiguration"},
    ApiName{"s3:ListBucketAnalyticsConfigurations", "s3:GetAnalyticsConfiguration"},
    ApiName{"s3:PutBucketAnalyticsConfiguration", "s3:PutAnalyticsConfiguration"},
    ApiName{"s3:DeleteBucketAnalyticsConfiguration", "s3:PutAnalyticsConfiguration"},
    ApiName{"s3:GetBucketMetricsConfiguration", "s3:GetMetricsConfiguration"},
    ApiName{"s3:ListBucketMetricsConfigurations", "s3:GetMetricsConfiguration"},
    ApiName{"s3:PutBucketMetricsConfiguration", "s3:PutMetricsConfiguration"},
    ApiName{"s3:DeleteBucketMetricsConfiguration", "s3:PutMetricsConfiguration"},
    ApiName{"s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"},
    ApiName{"s3:PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock"},
    ApiName{"s3:DeletePublicAccessBlock", "s3:PutBucketPublicAccessBlock"},
    ApiName{"s3:DeleteBucketCors", "s3:PutBucketCORS"},
    ApiName{"s3:DeleteBucketTagging", "s3:PutBucketTagging"},
    ApiName{"s3:DeleteBucketOwnershipControls", "s3:PutBucketOwnershipControls"},
    ApiName{"s3:GetBucketNotificationConfiguration", "s3:GetBucketNotification"},
    ApiName{"s3:PutBucketNotificationConfiguration", "s3:PutBucketNotification"},
    ApiName{"s3:GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration"},
    ApiName{"s3:PutObjectLockConfiguration", "s3:PutBucketObjectLockConfiguration"},
    ApiName{"lambda:Invoke", "lambda:InvokeFunction"},
};

}  // namespace

std::span<const ApiName> ApiNames() { return kNames; }

const ApiName* FindApiName(std::string_view action) {
  const auto found = std::ranges::find_if(
      kNames, [action](const ApiName& row) { return EqualsIgnoreAsciiCase(row.api, action); });
  return found == kNames.end() ? nullptr : &*found;
}

}  // namespace postern::policy
