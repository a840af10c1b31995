#include "tests/differential/generate/keys.h"

namespace postern::differential {
namespace {

using enum policy::OperatorFamily;
using enum Supply;
using enum Arity;

constexpr PoolValue kAccounts[] = {
    {"111122223333"}, {"444455556666"}, {"999900001111"}, {"1111*"}, {"anonymous"}, {"*"},
};
constexpr PoolValue kOrganizations[] = {{"o-a1b2c3d4e5"}, {"o-zzzzzzzzzz"}, {"o-*"}, {""}};
constexpr PoolValue kOrganizationPaths[] = {
    {"o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"},
    {"o-a1b2c3d4e5/*"},
    {"o-a1b2c3d4e5/r-ab12/ou-ab12-22*?/*"},
    {"o-zzzzzzzzzz/*"},
};
constexpr PoolValue kPrincipalTypes[] = {
    {"User"}, {"AssumedRole"}, {"Account"}, {"FederatedUser"}, {"Anonymous"}, {"A*"},
};
constexpr PoolValue kUserIds[] = {
    {"AIDAEXAMPLEALICE0001"},
    {"AROAEXAMPLEAPP000001:*"},
    {"AROAEXAMPLEAPP000001:i-0abc"},
    {"111122223333"},
    {"anonymous"},
    {"*:i-0abc"},
};
constexpr PoolValue kUsernames[] = {{"alice"}, {"bob"}, {"Alice"}, {"a*"}, {"mallory"}};
constexpr PoolValue kServices[] = {
    {"cloudtrail.amazonaws.com"},
    {"athena.amazonaws.com"},
    {"logs.amazonaws.com"},
    {"*.amazonaws.com"},
};
constexpr PoolValue kRegions[] = {{"eu-west-1"}, {"us-east-1"}, {"eu-*"}};
constexpr PoolValue kEndpoints[] = {
    {"vpce-0aaaaaaaaaaaaaaa1"}, {"vpce-0aaaaaaaaaaaaaaa2"}, {"vpce-*"}};
constexpr PoolValue kVpcs[] = {{"vpc-0bbbbbbbbbbbbbbb1"}, {"vpc-0bbbbbbbbbbbbbbb2"}, {"vpc-*"}};
constexpr PoolValue kVpcArns[] = {
    {"arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0bbbbbbbbbbbbbbb1"},
    {"arn:aws:ec2:*:111122223333:vpc/*"},
    {"arn:aws:ec2:eu-west-1:444455556666:vpc/vpc-0bbbbbbbbbbbbbbb1"},
};
constexpr PoolValue kPrincipalArns[] = {
    {"arn:aws:iam::111122223333:user/alice"},
    {"arn:aws:iam::111122223333:user/app/bob"},
    {"arn:aws:iam::111122223333:role/app"},
    {"arn:aws:iam::111122223333:role/team/Reader"},
    {"arn:aws:iam::111122223333:role/*"},
    {"arn:aws:iam::*:role/app"},
    {"arn:aws:iam::111122223333:root"},
    {"arn:aws:iam::444455556666:*"},
    {"arn:aws:sts::111122223333:assumed-role/app/i-0abc"},
    {"arn:aws:sts::111122223333:federated-user/carol"},
    {"arn:aws:iam::*:role/aws-service-role/*"},
    {"arn:aws-cn:iam::111122223333:user/alice"},
};
constexpr PoolValue kOrigins[] = {{"VPC"}, {"Internet"}, {"vpc"}};
constexpr PoolValue kAccessPoints[] = {
    {"arn:aws:s3:eu-west-1:111122223333:accesspoint/ap"},
    {"arn:aws:s3:eu-west-1:111122223333:accesspoint/*"},
    {"arn:aws:s3:*:444455556666:accesspoint/*"},
};
constexpr PoolValue kAudiences[] = {{"sts.amazonaws.com"}, {"https://github.com/acme"}, {"sts.*"}};
constexpr PoolValue kPrefixes[] = {{"home/"}, {"home/alice/*"}, {"home/alice/x"}, {""},
                                   {"*"},     {"Home/"}};

constexpr ConditionKey kKeys[] = {
    {"app:Word", kString, kFree, kAny, {}, {}},
    {"app:Words", kString, kFree, kAny, {}, {}},
    {"app:Path/a/b:c", kString, kFree, kAny, {}, {}},
    {"aws:PrincipalTag/team", kString, kFree, kSingle, {}, {}},
    {"aws:RequestTag/env", kString, kFree, kSingle, {}, {}},
    {"aws:TagKeys", kString, kFree, kMultivalued, {}, {}},
    {"s3:RequestObjectTagKeys", kString, kFree, kMultivalued, {}, {}},
    {"s3:ExistingObjectTag/Class", kString, kFree, kSingle, {}, {}},
    {"s3:prefix", kString, kFree, kSingle, kPrefixes, kPrefixes},
    {"aws:UserAgent", kString, kFree, kSingle, {}, {}},
    {"kms:EncryptionContext:app", kString, kFree, kSingle, {}, {}},
    {"aws:SourceAccount", kString, kFree, kSingle, kAccounts, kAccounts},
    {"token.actions.githubusercontent.com:aud", kString, kFree, kAny, kAudiences, kAudiences},
    {"aws:PrincipalAccount", kString, kDerived, kSingle, kAccounts, kAccounts},
    {"aws:PrincipalOrgID", kString, kDerived, kSingle, kOrganizations, kOrganizations},
    {"aws:PrincipalOrgPaths", kString, kDerived, kMultivalued, kOrganizationPaths,
     kOrganizationPaths},
    {"aws:PrincipalType", kString, kDerived, kSingle, kPrincipalTypes, kPrincipalTypes},
    {"aws:PrincipalServiceName", kString, kDerived, kSingle, kServices, kServices},
    {"aws:userid", kString, kDerived, kSingle, kUserIds, kUserIds},
    {"aws:username", kString, kDerived, kSingle, kUsernames, kUsernames},
    {"aws:ResourceAccount", kString, kDerived, kSingle, kAccounts, kAccounts},
    {"aws:ResourceOrgID", kString, kDerived, kSingle, kOrganizations, kOrganizations},
    {"aws:ResourceOrgPaths", kString, kDerived, kMultivalued, kOrganizationPaths,
     kOrganizationPaths},
    {"s3:ResourceAccount", kString, kDerived, kSingle, kAccounts, kAccounts},
    {"s3:DataAccessPointAccount", kString, kDerived, kSingle, kAccounts, kAccounts},
    {"s3:AccessPointNetworkOrigin", kString, kDerived, kSingle, kOrigins, kOrigins},
    {"aws:RequestedRegion", kString, kDerived, kSingle, kRegions, kRegions},
    {"aws:CalledVia", kString, kDerived, kMultivalued, kServices, kServices},
    {"aws:CalledViaLast", kString, kDerived, kSingle, kServices, kServices},
    {"aws:SourceVpce", kString, kEndpoint, kSingle, kEndpoints, kEndpoints},
    {"aws:SourceVpc", kString, kEndpoint, kSingle, kVpcs, kVpcs},
    {"aws:VpceAccount", kString, kEndpoint, kSingle, kAccounts, kAccounts},
    {"aws:VpceOrgID", kString, kEndpoint, kSingle, kOrganizations, kOrganizations},
    {"aws:VpceOrgPaths", kString, kEndpoint, kMultivalued, kOrganizationPaths, kOrganizationPaths},
    {"app:Count", kNumeric, kFree, kAny, {}, {}},
    {"aws:MultiFactorAuthAge", kNumeric, kFree, kSingle, {}, {}},
    {"s3:max-keys", kNumeric, kFree, kSingle, {}, {}},
    {"app:When", kDate, kFree, kAny, {}, {}},
    {"aws:CurrentTime", kDate, kFree, kSingle, {}, {}},
    {"aws:EpochTime", kDate, kFree, kSingle, {}, {}},
    {"aws:TokenIssueTime", kDate, kFree, kSingle, {}, {}},
    {"app:Flag", kBool, kFree, kAny, {}, {}},
    {"aws:MultiFactorAuthPresent", kBool, kFree, kSingle, {}, {}},
    {"aws:SecureTransport", kBool, kFree, kSingle, {}, {}},
    {"aws:ViaAWSService", kBool, kFree, kSingle, {}, {}},
    {"aws:PrincipalIsAWSService", kBool, kDerived, kSingle, {}, {}},
    {"app:Hash", kBinary, kFree, kAny, {}, {}},
    {"app:Digest", kBinary, kFree, kAny, {}, {}},
    {"app:Address", kIpAddress, kFree, kAny, {}, {}},
    {"aws:SourceIp", kIpAddress, kNetwork, kSingle, {}, {}},
    {"aws:VpcSourceIp", kIpAddress, kEndpoint, kSingle, {}, {}},
    {"app:Origin", kArn, kFree, kAny, {}, {}},
    {"aws:SourceArn", kArn, kFree, kSingle, {}, {}},
    {"aws:PrincipalArn", kArn, kDerived, kSingle, kPrincipalArns, kPrincipalArns},
    {"aws:SourceVpcArn", kArn, kEndpoint, kSingle, kVpcArns, kVpcArns},
    {"s3:DataAccessPointArn", kArn, kDerived, kSingle, kAccessPoints, kAccessPoints},
};
static_assert(std::size(kKeys) <= kMaxConditionKeys);

}  // namespace

std::span<const ConditionKey> ConditionKeys() { return kKeys; }

}  // namespace postern::differential
