#include "tests/differential/generate/scenes.h"

namespace postern::differential {
namespace {

using Texts = std::string_view[];
using enum ResourcePolicyForm;

constexpr Texts kObjectActions = {"s3:GetObject", "s3:PutObject", "s3:GetObjectVersion",
                                  "s3:DeleteObject"};
constexpr Texts kObjectActionPatterns = {"s3:GetObject",     "s3:Get*",      "s3:*Object*",
                                         "S3:gETobj?ct",     "s3:PutObject", "s3:*",
                                         "s3:DeleteObject*", "*:GetObject"};
constexpr Texts kObjects = {"arn:aws:s3:::data/k",       "arn:aws:s3:::data/home/alice/x",
                            "arn:aws:s3:::data/red/a:b", "arn:aws:s3:::logs/k",
                            "arn:aws:s3:::data/K",       "arn:aws:s3:::data/a*b",
                            "arn:aws:s3:::data/a\nb",    "arn:aws:s3:::data//k"};
constexpr Texts kObjectPatterns = {
    "arn:aws:s3:::data/*",
    "arn:aws:s3:::data/k",
    "arn:aws:s3:::data",
    "arn:aws:s3:::data*",
    "arn:aws:s3:::d?ta/*",
    "arn:aws:s3:::*/k",
    "arn:aws:s3:::*",
    "arn:*:s3:::data/*",
    "arn:aws:s3:*:*:data/*",
    "arn:aws:s3:us-east-1::data/*",
    "arn:aws:S3:::data/*",
    "arn:aws:s3:::Data/*",
    "arn:aws:s3:::data/home/${aws:username}/*",
    "arn:aws:s3:::data/${aws:PrincipalTag/team, 'red'}/*",
    "arn:aws:s3:::data/${app:Word}/*",
    "arn:aws:s3:::data/*${app:Missing}",
    "arn:aws:s3:::data/a${*}b",
    "arn:aws:s3:::${app:Word}/k",
    "arn:aws:s3:::data/${aws:TagKeys, 'red'}/*",
    "arn:${app:Word, 'aws'}:s3:::data/*",
};

constexpr Texts kBucketActions = {"s3:ListBucket", "s3:GetBucketPolicy", "s3:PutBucketPolicy",
                                  "s3:DeleteBucketPolicy", "s3:ListBucketVersions"};
constexpr Texts kBucketActionPatterns = {"s3:ListBucket", "s3:List*", "s3:*BucketPolicy", "s3:*",
                                         "s3:GetObject"};
constexpr Texts kBuckets = {"arn:aws:s3:::data", "arn:aws:s3:::logs", "arn:aws:s3:::data-2"};

constexpr Texts kAccountListActions = {"s3:ListAllMyBuckets", "s3:ListAccessPoints",
                                       "s3:GetAccountPublicAccessBlock"};
constexpr Texts kAccountListActionPatterns = {"s3:ListAllMyBuckets", "s3:List*", "s3:*", "s3:Get*"};
constexpr Texts kNoResource = {"*"};
constexpr Texts kAccountListPatterns = {
    "*", "arn:aws:s3:::*", "arn:aws:s3*", "arn:aws:s3:::data", "arn:aws:s3:::**", "arn:*"};

constexpr Texts kAccessPointArns = {"arn:aws:s3:eu-west-1:111122223333:accesspoint/ap",
                                    "arn:aws:s3:eu-west-1:444455556666:accesspoint/ap"};
constexpr Texts kBehindAccessPoint = {"/object/k", "", "/object/home/alice/x", "/object/K"};
constexpr Texts kAccessPointPatterns = {
    "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/*",
    "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap*",
    "arn:aws:s3:*:*:accesspoint/*",
    "arn:aws:s3:::data/*",
    "arn:aws:s3:::data*",
    "arn:aws:s3:::*",
};
constexpr Texts kSettingsActions = {"s3:GetAccessPointPolicy", "s3:GetAccessPoint"};
constexpr Texts kSettingsActionPatterns = {"s3:GetAccessPoint*", "s3:*", "s3:*Policy"};

constexpr Texts kKeyActions = {"kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"};
constexpr Texts kKeyActionPatterns = {"kms:Decrypt", "kms:*", "kms:Generate*", "kms:De*"};
constexpr Texts kKeys = {"arn:aws:kms:eu-west-1:111122223333:key/1234",
                         "arn:aws:kms:eu-west-1:444455556666:key/1234",
                         "arn:aws:kms:eu-west-1:111122223333:alias/app"};
constexpr Texts kKeyPatterns = {"arn:aws:kms:*:111122223333:key/*",
                                "arn:aws:kms:eu-west-1:*:key/12*", "arn:aws:kms:*:*:*",
                                "arn:aws:kms:eu-west-1:111122223333:key/${app:Word}"};

constexpr Texts kQueueActions = {"sqs:SendMessage", "sqs:ReceiveMessage"};
constexpr Texts kQueueActionPatterns = {"sqs:SendMessage", "SQS:*", "sqs:*Message", "sqs:Rec*"};
constexpr Texts kQueues = {"arn:aws:sqs:eu-west-1:111122223333:queue",
                           "arn:aws:sqs:eu-west-1:444455556666:queue"};
constexpr Texts kQueuePatterns = {"arn:aws:sqs:eu-west-1:111122223333:queue",
                                  "arn:aws:sqs:*:*:que*", "arn:aws:sqs:eu-west-1:4444*:queue",
                                  "arn:aws:sqs:::queue"};

constexpr Texts kTableActions = {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"};
constexpr Texts kTableActionPatterns = {"dynamodb:GetItem", "dynamodb:*Item", "dynamodb:*",
                                        "DynamoDB:Q*"};
constexpr Texts kTables = {"arn:aws:dynamodb:eu-west-1:111122223333:table/app",
                           "arn:aws:dynamodb:us-east-1:111122223333:table/app",
                           "arn:aws:dynamodb:eu-west-1:444455556666:table/app/index/x"};
constexpr Texts kTablePatterns = {"arn:aws:dynamodb:*:111122223333:table/app",
                                  "arn:aws:dynamodb:*:*:table/*",
                                  "arn:aws:dynamodb:eu-west-1:111122223333:table/${app:Word}"};

constexpr Texts kApiActions = {"execute-api:Invoke", "execute-api:ManageConnections"};
constexpr Texts kApiActionPatterns = {"execute-api:Invoke", "execute-api:*"};
constexpr Texts kApis = {"arn:aws:execute-api:eu-west-1:111122223333:api1/prod/GET/pets",
                         "arn:aws:execute-api:eu-west-1:111122223333:api1/test/POST/pets/1",
                         "arn:aws:execute-api:eu-west-1:111122223333:api1"};
constexpr Texts kApiPatterns = {"execute-api:/*",
                                "execute-api:/prod/GET/*",
                                "execute-api:/${app:Word, 'prod'}/*",
                                "execute-api:prod/GET/pets",
                                "arn:aws:execute-api:*:*:*/prod/*",
                                "arn:aws:execute-api:eu-west-1:111122223333:api1/*"};

constexpr Texts kAssumeActions = {"sts:AssumeRole", "sts:TagSession"};
constexpr Texts kFederatedAssumeActions = {"sts:AssumeRoleWithWebIdentity",
                                           "sts:AssumeRoleWithSAML"};
constexpr Texts kAssumeActionPatterns = {"sts:AssumeRole", "sts:AssumeRole*", "sts:*",
                                         "sts:AssumeRoleWithWebIdentity", "sts:TagSession"};
constexpr Texts kRoles = {"arn:aws:iam::111122223333:role/target",
                          "arn:aws:iam::444455556666:role/target",
                          "arn:aws:iam::111122223333:role/app"};
constexpr Texts kRolePatterns = {"arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:role/target",
                                 "arn:aws:iam::111122223333:role/${app:Word, 'target'}"};

constexpr Texts kIdentityActions = {"sts:GetCallerIdentity", "sts:GetSessionToken"};
constexpr Texts kIdentityActionPatterns = {"sts:*", "sts:GetCallerIdentity", "sts:Get*"};
constexpr Texts kNoResourcePatterns = {"arn:aws:sts::*:*", "arn:aws:sts:::*", "arn:aws:ec2:*:*:*"};

constexpr Texts kInstanceActions = {"ec2:DescribeInstances", "ec2:RunInstances",
                                    "ec2:CreateVolume"};
constexpr Texts kInstanceActionPatterns = {"ec2:*", "ec2:Describe*", "ec2:RunInstances", "ec2:C*"};
constexpr Texts kInstances = {"*", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
                              "arn:aws:ec2:eu-west-1:444455556666:volume/vol-1"};
constexpr Texts kInstancePatterns = {"arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:*",
                                     "arn:aws:ec2:eu-west-1:111122223333:*"};

constexpr Texts kFunctionActions = {"lambda:InvokeFunction"};
constexpr Texts kFunctionActionPatterns = {"lambda:*", "lambda:InvokeFunction", "lambda:Get*"};
constexpr Texts kFunctions = {"arn:aws:lambda:eu-west-1:111122223333:function:app",
                              "arn:aws:lambda:eu-west-1:444455556666:function:app:live"};
constexpr Texts kFunctionPatterns = {"arn:aws:lambda:*:*:function:app*",
                                     "arn:aws:lambda:eu-west-1:111122223333:function:app"};

constexpr Texts kBusActions = {"events:PutEvents"};
constexpr Texts kBusActionPatterns = {"events:*", "events:PutEvents"};
constexpr Texts kBuses = {"arn:aws:events:eu-west-1:111122223333:event-bus/default"};
constexpr Texts kBusPatterns = {"arn:aws:events:*:*:event-bus/*"};

constexpr Texts kOddActionPatterns = {"*",
                                      "*:*",
                                      "**",
                                      "Get*",
                                      "s*:GetObject",
                                      "",
                                      "s3:",
                                      ":",
                                      "s3 :Get*",
                                      "s3:Get Object",
                                      "s3:Get:Object",
                                      "*:Get*",
                                      "?3:GetObject",
                                      "iam:*"};
constexpr Texts kOddResourcePatterns = {
    "*",
    "arn:*",
    "arn:aws:s3",
    "arn:aws:*",
    "arn:aws:s3:*",
    "arn",
    "",
    "**",
    "?",
    "data",
    "ARN:aws:s3:::*",
    "arn:aws:kms:*",
    "arn:aws:s3:::",
    "arn:aws:sqs:eu-west-1",
    "execute-api:/*",
    "arn:aws:*:*:*:*",
    "arn:?ws:s3",
};

constexpr Scene kScenes[] = {
    {"objects", 30, kObjectActions, kObjectActionPatterns, kObjects, kObjectPatterns, kWithResource,
     "s3", true, true},
    {"buckets", 14, kBucketActions, kBucketActionPatterns, kBuckets, kObjectPatterns, kWithResource,
     "s3", true, true},
    {"account lists", 6, kAccountListActions, kAccountListActionPatterns, kNoResource,
     kAccountListPatterns, kNone, "s3", true, true},
    {"access points", 14, kObjectActions, kObjectActionPatterns, kBehindAccessPoint,
     kAccessPointPatterns, kWithResource, "s3", true, true, true},
    {"access point settings", 3, kSettingsActions, kSettingsActionPatterns, kAccessPointArns,
     kAccessPointPatterns, kWithResource, "s3", true, true},
    {"keys", 8, kKeyActions, kKeyActionPatterns, kKeys, kKeyPatterns, kMayLackResource, "kms"},
    {"queues", 8, kQueueActions, kQueueActionPatterns, kQueues, kQueuePatterns, kMayLackResource,
     "sqs"},
    {"tables", 8, kTableActions, kTableActionPatterns, kTables, kTablePatterns, kWithResource,
     "dynamodb", true},
    {"apis", 6, kApiActions, kApiActionPatterns, kApis, kApiPatterns, kWithResource, "execute-api"},
    {"roles", 8, kAssumeActions, kAssumeActionPatterns, kRoles, kRolePatterns, kTrust, "sts"},
    {"federated sign-in", 5, kFederatedAssumeActions, kAssumeActionPatterns, kRoles, kRolePatterns,
     kTrust, "sts"},
    {"callers", 4, kIdentityActions, kIdentityActionPatterns, kNoResource, kNoResourcePatterns,
     kNone, "sts"},
    {"instances", 6, kInstanceActions, kInstanceActionPatterns, kInstances, kInstancePatterns,
     kNone, "ec2"},
    {"functions", 5, kFunctionActions, kFunctionActionPatterns, kFunctions, kFunctionPatterns,
     kMayLackResource, "lambda"},
    {"event buses", 3, kBusActions, kBusActionPatterns, kBuses, kBusPatterns, kWithResource,
     "events"},
};

}  // namespace

std::span<const Scene> Scenes() { return kScenes; }
std::span<const std::string_view> AccessPointArns() { return kAccessPointArns; }
std::span<const std::string_view> OddActionPatterns() { return kOddActionPatterns; }
std::span<const std::string_view> OddResourcePatterns() { return kOddResourcePatterns; }

}  // namespace postern::differential
