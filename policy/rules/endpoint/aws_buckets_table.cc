// Source: aws-samples/data-perimeter-policy-examples:service_owned_resources.md, read November
// 2026; `prod.{R}.appinfo.src`: Amazon EMR Management Guide, Sample policies for private subnets.
// `packages` and `repo` are of Amazon Linux 1, `amazonlinux` of 2 before June 2021: Amazon Linux
// FAQs. Left out: names with an account or another free part in them.
#include <array>

#include "policy/rules/endpoint/aws_buckets.h"

namespace postern::policy {
namespace {

using enum BucketSigner;

// A longer name before a shorter one that it begins with.
constexpr std::array<AwsBucket, 52> kBuckets = {{
    {"al1", "packages.{R}.amazonaws.com", kNobody},
    {"al1", "repo.{R}.amazonaws.com", kNobody},
    {"al2", "amazonlinux.{R}.amazonaws.com", kNobody},
    {"al2", "amazonlinux-2-repos-{R}", kNobody},
    {"al2023", "al2023-repos-{R}-de612dc2", kNobody},
    {"al2023", "al2023-{R}", kNobody},
    {"athena-samples", "athena-examples-{R}", kCaller},
    {"beanstalk", "elasticbeanstalk-samples-{R}", kCaller},
    {"beanstalk", "elasticbeanstalk-platform-assets-{R}", kCaller},
    {"beanstalk", "elasticbeanstalk-env-resources-{R}", kCaller},
    {"beanstalk", "elasticbeanstalk-{R}", kCaller},
    {"cfn", "cloudformation-custom-resource-response-{r}", kAwsService, true},
    {"cfn", "cloudformation-waitcondition-{R}", kAwsService, true},
    {"cfn", "cloudformation-examples", kCaller},
    {"cloudwatch-agent", "amazoncloudwatch-agent-{R}", kNobody},
    {"cloudwatch-agent", "amazoncloudwatch-agent", kNobody},
    {"codedeploy", "aws-codedeploy-{R}", kNobody},
    {"drs", "aws-drs-clients-hashes-{R}", kAwsAccount},
    {"drs", "aws-drs-clients-{R}", kAwsAccount},
    {"drs", "aws-drs-internal-hashes-{R}", kAwsAccount},
    {"drs", "aws-drs-internal-{R}", kAwsAccount},
    {"drs", "aws-elastic-disaster-recovery-hashes-{R}", kAwsAccount},
    {"drs", "aws-elastic-disaster-recovery-{R}", kAwsAccount},
    {"ecr", "prod-{R}-starport-layer-bucket", kAwsAccount},
    {"emr", "repo.{R}.emr.amazonaws.com", kNobody},
    {"emr", "prod.{R}.appinfo.src", kCaller, true},
    {"enclaves", "aws-ec2-enclave-certificate-{R}-prod", kCaller},
    {"imagebuilder", "ec2imagebuilder-toe-{R}-prod", kNobody},
    {"imagebuilder", "ec2imagebuilder-managed-resources-{R}-prod", kNobody},
    {"jumpstart", "jumpstart-cache-prod-{R}", kCaller},
    {"lambda-code", "prod-04-2014-tasks", kAwsService},
    {"lambda-code", "awslambda-{R}-tasks", kAwsService},
    {"mgn", "aws-mgn-clients-hashes-{R}", kAwsAccount},
    {"mgn", "aws-mgn-clients-{R}", kAwsAccount},
    {"mgn", "aws-mgn-internal-hashes-{R}", kAwsAccount},
    {"mgn", "aws-mgn-internal-{R}", kAwsAccount},
    {"mgn", "aws-application-migration-service-hashes-{R}", kAwsAccount},
    {"mgn", "aws-application-migration-service-{R}", kAwsAccount},
    {"neptune", "aws-neptune-notebook-{R}", kCaller},
    {"neptune", "aws-neptune-notebook", kCaller},
    {"sct", "awssupportdatasvcs.com", kCaller},
    {"sct", "redshift-downloads", kCaller},
    {"ssm", "aws-ssm-distributor-file-{R}", kNobody},
    {"ssm", "aws-ssm-document-attachments-{R}", kNobody},
    {"ssm", "aws-ssm-{R}", kNobody},
    {"ssm", "aws-windows-downloads-{R}", kNobody},
    {"ssm", "amazon-ssm-packages-{R}", kNobody},
    {"ssm", "amazon-ssm-{R}", kNobody},
    {"ssm", "{R}-birdwatcher-prod", kNobody},
    {"ssm", "patch-baseline-snapshot-{R}", kNobody},
    {"ssm", "aws-patchmanager-macos-{R}", kNobody},
    {"ssm", "session-manager-downloads", kCaller},
}};

}  // namespace

std::span<const AwsBucket> AwsBuckets() { return kBuckets; }

}  // namespace postern::policy
