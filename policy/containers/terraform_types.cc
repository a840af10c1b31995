#include "policy/containers/terraform_types.h"

#include <algorithm>
#include <array>

namespace postern::policy {
namespace {

using enum PolicyKind;

// Rows of one type stand together.
constexpr std::array kAttributes = std::to_array<TerraformAttribute>({
    {"aws_vpc_endpoint", "policy", kEndpoint, true},
    {"aws_vpc_endpoint_policy", "policy", kEndpoint, true},

    {"aws_iam_policy", "policy", kManaged, false},
    {"aws_iam_role", "assume_role_policy", kTrust, false},
    {"aws_iam_role", "inline_policy/*/policy", kInline, true},
    {"aws_iam_role_policy", "policy", kInline, false},
    {"aws_iam_user_policy", "policy", kInline, false},
    {"aws_iam_group_policy", "policy", kInline, false},
    {"aws_ssoadmin_permission_set_inline_policy", "inline_policy", kInline, false},
    {"aws_iot_policy", "policy", kIdentity, false},
    {"aws_transfer_access", "policy", kSession, false},
    {"aws_transfer_user", "policy", kSession, false},
    {"aws_organizations_policy", "content", kScp, false},
    {"aws_organizations_resource_policy", "content", kResource, false},

    {"aws_s3_bucket", "policy", kBucket, true},
    {"aws_s3_bucket_policy", "policy", kBucket, false},
    {"aws_s3_directory_bucket_policy", "policy", kBucket, false},
    {"aws_s3control_bucket_policy", "policy", kBucket, false},
    {"aws_s3_access_point", "policy", kAccessPoint, true},
    {"aws_s3control_access_point_policy", "policy", kAccessPoint, false},
    {"aws_s3control_multi_region_access_point_policy", "details/*/policy", kAccessPoint, false},
    {"aws_s3control_object_lambda_access_point_policy", "policy", kAccessPoint, false},
    {"aws_kms_key", "policy", kKey, true},
    {"aws_kms_key_policy", "policy", kKey, false},
    {"aws_kms_external_key", "policy", kKey, true},
    {"aws_kms_replica_key", "policy", kKey, true},
    {"aws_kms_replica_external_key", "policy", kKey, true},
    {"aws_sqs_queue", "policy", kQueue, true},
    {"aws_sqs_queue_policy", "policy", kQueue, false},
    {"aws_sns_topic", "policy", kTopic, true},
    {"aws_sns_topic_policy", "policy", kTopic, false},
    {"aws_secretsmanager_secret", "policy", kSecret, true},
    {"aws_secretsmanager_secret_policy", "policy", kSecret, false},

    {"aws_api_gateway_rest_api", "policy", kResource, true},
    {"aws_api_gateway_rest_api_policy", "policy", kResource, false},
    {"aws_backup_vault_policy", "policy", kResource, false},
    {"aws_cloudwatch_event_bus_policy", "policy", kResource, false},
    {"aws_cloudwatch_log_destination_policy", "access_policy", kResource, false},
    {"aws_cloudwatch_log_resource_policy", "policy_document", kResource, false},
    {"aws_codeartifact_domain_permissions_policy", "policy_document", kResource, false},
    {"aws_codeartifact_repository_permissions_policy", "policy_document", kResource, false},
    {"aws_codebuild_resource_policy", "policy", kResource, false},
    {"aws_dynamodb_resource_policy", "policy", kResource, false},
    {"aws_ecr_registry_policy", "policy", kResource, false},
    {"aws_ecr_repository_creation_template", "repository_policy", kResource, false},
    {"aws_ecr_repository_policy", "policy", kResource, false},
    {"aws_ecrpublic_repository_policy", "policy", kResource, false},
    {"aws_efs_file_system_policy", "policy", kResource, false},
    {"aws_elasticsearch_domain", "access_policies", kResource, true},
    {"aws_elasticsearch_domain_policy", "access_policies", kResource, false},
    {"aws_glacier_vault", "access_policy", kResource, false},
    {"aws_glacier_vault_lock", "policy", kResource, false},
    {"aws_glue_resource_policy", "policy", kResource, false},
    {"aws_kinesis_resource_policy", "policy", kResource, false},
    {"aws_media_store_container_policy", "policy", kResource, false},
    {"aws_msk_cluster_policy", "policy", kResource, false},
    {"aws_networkfirewall_resource_policy", "policy", kResource, false},
    {"aws_opensearch_domain", "access_policies", kResource, true},
    {"aws_opensearch_domain_policy", "access_policies", kResource, false},
    {"aws_s3tables_table_bucket_policy", "resource_policy", kResource, false},
    {"aws_s3tables_table_policy", "resource_policy", kResource, false},
    {"aws_sagemaker_model_package_group_policy", "resource_policy", kResource, false},
    {"aws_ses_identity_policy", "policy", kResource, false},
    {"aws_sesv2_email_identity_policy", "policy", kResource, false},
    {"aws_vpclattice_auth_policy", "policy", kResource, false},
    {"aws_vpclattice_resource_policy", "policy", kResource, false},
});

}  // namespace

std::span<const TerraformAttribute> TerraformAttributesOf(std::string_view type) {
  const auto is_of_type = [type](const TerraformAttribute& row) { return row.type == type; };
  const auto begin = std::ranges::find_if(kAttributes, is_of_type);
  const auto end = std::find_if_not(begin, kAttributes.end(), is_of_type);
  return {begin, end};
}

}  // namespace postern::policy
