#include "policy/containers/cloudformation_types.h"

#include <algorithm>
#include <array>

namespace postern::policy {
namespace {

using enum PolicyKind;

// Rows of one type stand together.
constexpr std::array kProperties = std::to_array<CloudFormationProperty>({
    {"AWS::EC2::VPCEndpoint", "PolicyDocument", kEndpoint},

    {"AWS::IAM::Role", "AssumeRolePolicyDocument", kTrust},
    {"AWS::IAM::Role", "Policies/*/PolicyDocument", kInline},
    {"AWS::IAM::User", "Policies/*/PolicyDocument", kInline},
    {"AWS::IAM::Group", "Policies/*/PolicyDocument", kInline},
    {"AWS::IAM::Policy", "PolicyDocument", kInline},
    {"AWS::IAM::RolePolicy", "PolicyDocument", kInline},
    {"AWS::IAM::UserPolicy", "PolicyDocument", kInline},
    {"AWS::IAM::GroupPolicy", "PolicyDocument", kInline},
    {"AWS::IAM::ManagedPolicy", "PolicyDocument", kManaged},
    {"AWS::SSO::PermissionSet", "InlinePolicy", kInline},
    {"AWS::Serverless::Function", "AssumeRolePolicyDocument", kTrust},
    {"AWS::Serverless::Function", "Policies", kInline, true},
    {"AWS::Serverless::Function", "Policies/*", kInline, true},
    {"AWS::Serverless::StateMachine", "Policies", kInline, true},
    {"AWS::Serverless::StateMachine", "Policies/*", kInline, true},
    {"AWS::IoT::Policy", "PolicyDocument", kIdentity},
    {"AWS::Transfer::User", "Policy", kSession},
    {"AWS::Organizations::Policy", "Content", kScp},
    {"AWS::Organizations::ResourcePolicy", "Content", kResource},

    {"AWS::S3::BucketPolicy", "PolicyDocument", kBucket},
    {"AWS::S3Express::BucketPolicy", "PolicyDocument", kBucket},
    {"AWS::S3Outposts::BucketPolicy", "PolicyDocument", kBucket},
    {"AWS::S3::AccessPoint", "Policy", kAccessPoint},
    {"AWS::S3::MultiRegionAccessPointPolicy", "Policy", kAccessPoint},
    {"AWS::S3Express::AccessPoint", "Policy", kAccessPoint},
    {"AWS::S3ObjectLambda::AccessPointPolicy", "PolicyDocument", kAccessPoint},
    {"AWS::S3Outposts::AccessPoint", "Policy", kAccessPoint},
    {"AWS::KMS::Key", "KeyPolicy", kKey},
    {"AWS::KMS::ReplicaKey", "KeyPolicy", kKey},
    {"AWS::SQS::QueuePolicy", "PolicyDocument", kQueue},
    {"AWS::SQS::QueueInlinePolicy", "PolicyDocument", kQueue},
    {"AWS::SNS::TopicPolicy", "PolicyDocument", kTopic},
    {"AWS::SNS::TopicInlinePolicy", "PolicyDocument", kTopic},
    {"AWS::SecretsManager::ResourcePolicy", "ResourcePolicy", kSecret},

    {"AWS::ApiGateway::RestApi", "Policy", kResource},
    {"AWS::Backup::BackupVault", "AccessPolicy", kResource},
    {"AWS::CloudTrail::EventDataStore", "ResourcePolicy", kResource},
    {"AWS::CodeArtifact::Domain", "PermissionsPolicyDocument", kResource},
    {"AWS::CodeArtifact::Repository", "PermissionsPolicyDocument", kResource},
    {"AWS::DynamoDB::GlobalTable", "Replicas/*/ResourcePolicy/PolicyDocument", kResource},
    {"AWS::DynamoDB::Table", "ResourcePolicy/PolicyDocument", kResource},
    {"AWS::DynamoDB::Table", "StreamSpecification/ResourcePolicy/PolicyDocument", kResource},
    {"AWS::ECR::PublicRepository", "RepositoryPolicyText", kResource},
    {"AWS::ECR::RegistryPolicy", "PolicyText", kResource},
    {"AWS::ECR::Repository", "RepositoryPolicyText", kResource},
    {"AWS::ECR::RepositoryCreationTemplate", "RepositoryPolicy", kResource},
    {"AWS::EFS::FileSystem", "FileSystemPolicy", kResource},
    {"AWS::Elasticsearch::Domain", "AccessPolicies", kResource},
    {"AWS::Events::EventBus", "Policy", kResource},
    {"AWS::Kinesis::ResourcePolicy", "ResourcePolicy", kResource},
    {"AWS::Logs::ResourcePolicy", "PolicyDocument", kResource},
    {"AWS::MSK::ClusterPolicy", "Policy", kResource},
    {"AWS::OpenSearchService::Domain", "AccessPolicies", kResource},
    {"AWS::S3Tables::TableBucketPolicy", "ResourcePolicy", kResource},
    {"AWS::S3Tables::TablePolicy", "ResourcePolicy", kResource},
    {"AWS::SageMaker::ModelPackageGroup", "ModelPackageGroupPolicy", kResource},
    {"AWS::VpcLattice::AuthPolicy", "Policy", kResource},
    {"AWS::VpcLattice::ResourcePolicy", "Policy", kResource},
    {"AWS::XRay::ResourcePolicy", "PolicyDocument", kResource},
});

}  // namespace

std::span<const CloudFormationProperty> CloudFormationPropertiesOf(std::string_view type) {
  const auto is_of_type = [type](const CloudFormationProperty& row) { return row.type == type; };
  const auto begin = std::ranges::find_if(kProperties, is_of_type);
  const auto end = std::find_if_not(begin, kProperties.end(), is_of_type);
  return {begin, end};
}

}  // namespace postern::policy
