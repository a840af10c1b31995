// The operations that iann0036/iam-dataset knew in 2023 (MIT): api-actions-2023.tsv.
#include "authz/operations/operations.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/fold.h"
#include "tests/external/external_data.h"

namespace postern::authz {
namespace {

constexpr std::string_view kNoSuchAction = "AWS has no such action";
constexpr std::string_view kOutposts = "for access points on Outposts";

// The services whose operations were compared with those of 2023 one by one. Of the others the
// table of 2023 names permissions that AWS's references of today do not.
constexpr std::string_view kCompared[] = {
    "codedeploy",  "dynamodb", "ec2", "ec2messages", "ecr",
    "execute-api", "iam",      "kms", "logs",        "s3",
    "sns",         "sqs",      "ssm", "sts",         "secretsmanager",
    "ssmmessages",
};

// Where the catalogue differs on purpose.
constexpr struct {
  std::string_view api, action, why;
} kDifferences[] = {
    {"S3.CopyObject", "s3:ListBucket", "only tells 404 from 403"},
    {"S3.DeleteBucketIntelligentTieringConfiguration", "s3:DeleteIntelligentTieringConfiguration",
     kNoSuchAction},
    {"S3.DeleteBucketOwnershipControls", "s3:DeleteBucketOwnershipControls", kNoSuchAction},
    {"S3.DeleteBucketReplication", "iam:PassRole", "passes no role"},
    {"S3.PutBucketNotification", "iam:PassRole", "a form of Lambda notifications that is gone"},
    {"S3Control.CreateAccessPoint", "s3-outposts:CreateAccessPoint", kOutposts},
    {"S3Control.DeleteAccessPoint", "s3-outposts:DeleteAccessPoint", kOutposts},
    {"S3Control.DeleteAccessPointPolicy", "s3-outposts:DeleteAccessPointPolicy", kOutposts},
    {"S3Control.DeleteBucketLifecycleConfiguration", "s3-outposts:DeleteLifecycleConfiguration",
     kNoSuchAction},
    {"S3Control.GetAccessPoint", "s3-outposts:GetAccessPoint", kOutposts},
    {"S3Control.GetAccessPointPolicy", "s3-outposts:GetAccessPointPolicy", kOutposts},
    {"S3Control.GetBucketVersioning", "s3:GetBucketVersioning", "only for buckets on Outposts"},
    {"S3Control.ListAccessPoints", "s3-outposts:ListAccessPoints", kOutposts},
    {"S3Control.PutAccessPointPolicy", "s3-outposts:PutAccessPointPolicy", kOutposts},
    {"S3Control.PutBucketVersioning", "s3:PutBucketVersioning", "only for buckets on Outposts"},
    {"SQS.ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibilityBatch", kNoSuchAction},
    {"SQS.DeleteMessageBatch", "sqs:DeleteMessageBatch", kNoSuchAction},
};

bool DiffersOnPurpose(std::string_view api, std::string_view action) {
  return std::ranges::any_of(
      kDifferences, [&](const auto& row) { return row.api == api && row.action == action; });
}

bool Names(const Operation& operation, std::string_view action) {
  return std::ranges::any_of(operation.permissions, [&](const OperationPermission& permission) {
    return policy::EqualsIgnoreAsciiCase(permission.action, action);
  });
}

}  // namespace

TEST_CASE("every operation of 2023 is known, with the actions that it then needed") {
  const auto path = testing::ExternalData("data/api-actions-2023.tsv");
  if (!path) return;
  const policy::Catalogue& catalogue = policy::Catalogue::Embedded();
  std::ifstream file(*path);
  int found = 0;
  for (std::string line; std::getline(file, line);) {
    const std::size_t tab = line.find('\t');
    const std::string api = line.substr(0, tab);
    const auto known = catalogue.FindApi(api.substr(0, api.find('.')));
    if (!known || std::ranges::find(kCompared, known->prefix) == std::end(kCompared)) continue;
    CAPTURE(api);
    const auto operation = FindOperation(catalogue, api);
    CHECK(operation);
    if (!operation) continue;
    ++found;
    std::istringstream actions(tab == std::string::npos ? "" : line.substr(tab + 1));
    for (std::string action; actions >> action;) {
      CAPTURE(action);
      CHECK((Names(*operation, action) || DiffersOnPurpose(api, action)));
    }
  }
  CHECK(found > 1000);
}

}  // namespace postern::authz
