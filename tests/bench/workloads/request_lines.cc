#include "tests/bench/workloads/request_lines.h"

#include <array>

#include "tests/bench/workloads/compose.h"

namespace postern::bench {
namespace {

enum class Target { kObject, kBucket, kAll };

struct WeightedAction {
  std::string_view name;
  Target target;
  std::size_t weight;
};
constexpr std::array<WeightedAction, 15> kActions = {{
    {"s3:GetObject", Target::kObject, 27},
    {"s3:PutObject", Target::kObject, 18},
    {"s3:ListBucket", Target::kBucket, 9},
    {"s3:DeleteObject", Target::kObject, 9},
    {"s3:AbortMultipartUpload", Target::kObject, 5},
    {"s3:ListAllMyBuckets", Target::kAll, 5},
    {"s3:GetObjectAcl", Target::kObject, 5},
    {"s3:GetObjectTagging", Target::kObject, 4},
    {"s3:PutObjectAcl", Target::kObject, 4},
    {"s3:PutBucketPolicy", Target::kBucket, 3},
    {"s3:GetBucketPolicy", Target::kBucket, 3},
    {"s3:PutBucketTagging", Target::kBucket, 2},
    {"s3:GetBucketLocation", Target::kBucket, 2},
    {"s3:DeleteBucket", Target::kBucket, 2},
    {"s3:ListBucketVersions", Target::kBucket, 2},
}};
constexpr std::array<std::string_view, 8> kFolders = {"users/maria", "users/ivan", "reports",
                                                      "shared",      "ledger",     "scratch",
                                                      "logs/web",    "raw/2026/11"};
constexpr std::array<std::string_view, 2> kPackageObjects = {
    "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/core/@0.rpm",
    "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/@0"};

const WeightedAction& PickAction(Random& random) {
  std::size_t at = random.Below(100);
  for (const WeightedAction& action : kActions) {
    if (at < action.weight) return action;
    at -= action.weight;
  }
  return kActions.front();
}

std::string Bucket(Random& random) {
  const std::size_t at = random.Below(100);
  return at < 94 ? "acme-lake" : at < 97 ? "acme-lake-old" : "someone-else";
}

std::string S3Resource(Target target, Random& random) {
  if (target == Target::kAll) return "*";
  const std::string bucket = "arn:aws:s3:::" + Bucket(random);
  if (target == Target::kBucket) return bucket;
  if (random.Percent(11)) {
    const std::string_view object = random.Pick(kPackageObjects);
    return Fill(object, {random.Word(16, 24)});
  }
  std::string key = bucket + '/' + std::string(random.Pick(kFolders));
  for (std::size_t depth = random.Between(1, 3); depth > 0; --depth)
    key += '/' + random.Word(3, 12);
  return key + ".csv";
}

std::string TwoDigits(std::size_t number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

void AppendS3Keys(std::string_view action, Random& random, std::string& context) {
  constexpr std::array<std::string_view, 5> kPrefixes = {"users/maria/", "users/maria/in/",
                                                         "reports/", "users/ivan/", "ledger/"};
  if (action.starts_with("s3:ListBucket")) {
    context += Fill(R"(,"s3:prefix":"@0","s3:delimiter":"/","s3:max-keys":"1000")",
                    {random.Pick(kPrefixes)});
  } else if (action == "s3:PutObject" && random.Percent(60)) {
    context += Fill(R"(,"s3:x-amz-server-side-encryption":"@0")",
                    {random.Percent(50) ? "aws:kms" : "AES256"});
  }
}

std::string Context(std::string_view action, Random& random) {
  const std::size_t second = random.Below(60);
  const std::size_t minute = random.Below(60);
  const std::size_t hour = random.Below(24);
  const std::size_t day = random.Between(1, 28);
  // 2026-11-01T00:00:00Z
  const std::size_t epoch = 1793491200 + (day - 1) * 86400 + hour * 3600 + minute * 60 + second;
  std::string context = Fill(
      R"({"aws:PrincipalArn":"@0","aws:PrincipalAccount":"@1","aws:PrincipalType":"User",)"
      R"("aws:userid":"AIDAEXAMPLE00007","aws:username":"maria","aws:PrincipalOrgID":"@2",)"
      R"("aws:PrincipalOrgPaths":["o-a1b2c3d4e5/r-ab12/ou-ab12-33333333/ou-ab12-44444444/"],)"
      R"("aws:ResourceAccount":"@1","aws:ResourceOrgID":"@3","aws:SourceVpc":"vpc-0a9b8c7d6e5f40312",)",
      {kUserArn, kAccount, random.Percent(95) ? kOrgId : "o-qqqqqqqqqq",
       random.Percent(95) ? kOrgId : "o-wwwwwwwwww"});
  context += Fill(R"("aws:VpcSourceIp":"10.0.@0.@1","aws:SecureTransport":"@2",)"
                  R"("aws:CurrentTime":"2026-11-@3T@4:@5:@6Z","aws:EpochTime":"@7",)",
                  {std::to_string(random.Below(256)), std::to_string(random.Below(256)),
                   random.Percent(97) ? "true" : "false", TwoDigits(day), TwoDigits(hour),
                   TwoDigits(minute), TwoDigits(second), std::to_string(epoch)});
  context += Fill(
      R"("aws:RequestedRegion":"eu-west-1","aws:UserAgent":"aws-cli/2.17.@0 md/Botocore#1.34 ua/2.0 @1",)"
      R"("aws:ViaAWSService":"false","aws:MultiFactorAuthPresent":"@2")",
      {std::to_string(random.Below(64)), random.Percent(30) ? "lang/python#3.12" : "md/arch#x86_64",
       random.Percent(50) ? "true" : "false"});
  const std::size_t route = random.Below(100);
  if (route < 97) {
    context +=
        Fill(R"(,"aws:SourceVpce":"@0")", {route < 90 ? kEndpointId : "vpce-0eeeeeeeeeeeeeeee"});
  }
  AppendS3Keys(action, random, context);
  return context + '}';
}

}  // namespace

std::string RequestLine(std::size_t id, const Call& call, Random& random) {
  return Fill(R"({"id":"@0","request":{"principal":"@1","action":"@2","resource":"@3",)"
              R"("resource_account":"@4","context":@5}})",
              {std::to_string(id), kUserArn, call.action, call.resource, kAccount,
               Context(call.action, random)});
}

Call S3Call(Random& random) {
  const WeightedAction& action = PickAction(random);
  return {std::string(action.name), S3Resource(action.target, random)};
}

}  // namespace postern::bench
