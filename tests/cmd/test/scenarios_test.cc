// Every scenario under a policy as AWS documents it, and under policies that go wrong in ways that
// people meet: exactly the cases that should fail do.
#include "cmd/test/scenarios.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/cmd/test/testing.h"

namespace postern::test {
namespace {

// Statements of endpoint policies, without `Effect` and `Principal`.
constexpr std::string_view kOwn =
    R"("Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:ResourceOrgID": "o-a1b2c3d4e5"}})";
constexpr std::string_view kOwnS3 =
    R"("Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:ResourceOrgID": "o-a1b2c3d4e5"}})";
constexpr std::string_view kServices =
    R"("Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:PrincipalIsAWSService": "true"}})";
// Some of what aws-samples/data-perimeter-policy-examples lists.
constexpr std::string_view kAwsBuckets = R"("Action": ["s3:GetObject"], "Resource": [
    "arn:aws:s3:::packages.eu-west-1.amazonaws.com/*", "arn:aws:s3:::repo.eu-west-1.amazonaws.com/*",
    "arn:aws:s3:::amazonlinux.eu-west-1.amazonaws.com/*", "arn:aws:s3:::amazonlinux-2-repos-eu-west-1/*",
    "arn:aws:s3:::al2023-repos-eu-west-1-de612dc2/*", "arn:aws:s3:::al2023-eu-west-1/*",
    "arn:aws:s3:::aws-ssm-eu-west-1/*", "arn:aws:s3:::aws-windows-downloads-eu-west-1/*",
    "arn:aws:s3:::amazon-ssm-eu-west-1/*", "arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*",
    "arn:aws:s3:::aws-patchmanager-macos-eu-west-1/*", "arn:aws:s3:::amazoncloudwatch-agent-eu-west-1/*",
    "arn:aws:s3:::amazoncloudwatch-agent/*", "arn:aws:s3:::aws-codedeploy-eu-west-1/*",
    "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"])";

std::string Policy(const std::vector<std::string_view>& statements) {
  std::string text = R"({"Version": "2012-10-17", "Statement": [)";
  const char* separator = "";
  for (const std::string_view statement : statements) {
    text += std::string(separator) + R"({"Effect": "Allow", "Principal": "*", )" +
            std::string(statement) + "}";
    separator = ",\n";
  }
  return text + "]}";
}

struct Trial {
  std::string_view what;
  std::string_view scenario;
  std::vector<std::string_view> statements;
  std::vector<std::string> more;  // arguments
  std::set<std::string> bad;      // names of the cases that fail
};

// Without the number and the name of the suite.
std::set<std::string> BadIn(const std::string& tap) {
  std::set<std::string> names;
  std::istringstream lines(tap);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("not ok ")) names.insert(line.substr(line.find(": ") + 2));
  }
  return names;
}

std::vector<Trial> Trials() {
  return {
      {"AWS's sample", "al2023", {kOwn, kServices, kAwsBuckets}, {}, {}},
      {"the own organization only",
       "al2023",
       {kOwnS3},
       {},
       {"dnf reads the repositories", "kernel live patches are downloaded"}},
      {"the repositories, of another Region",
       "al2023",
       {R"("Action": "s3:GetObject", "Resource": ["arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*", "arn:aws:s3:::al2023-eu-west-1/*"])"},
       {},
       {"dnf reads the repositories"}},
      {"AWS's sample", "al2", {kOwn, kServices, kAwsBuckets}, {}, {}},
      {"the buckets of Amazon Linux 1",
       "al2",
       {R"("Action": "s3:GetObject", "Resource": ["arn:aws:s3:::packages.*.amazonaws.com/*", "arn:aws:s3:::repo.*.amazonaws.com/*"])"},
       {},
       {"yum reads the repositories",
        "an instance older than June 2021 reads the repositories where they were"}},
      {"the bucket as it was",
       "al2",
       {R"("Action": "s3:GetObject", "Resource": "arn:aws:s3:::amazonlinux.*.amazonaws.com/*")"},
       {},
       {"yum reads the repositories"}},
      {"AWS's sample", "ecr", {kOwn, kServices, kAwsBuckets}, {}, {}},
      {"the own organization only",
       "ecr",
       {kOwnS3},
       {},
       {"the layers are read from the bucket of Amazon ECR"}},
      {"AWS's bucket behind the own organization",
       "ecr",
       {R"("Action": "s3:GetObject", "Resource": "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})"},
       {},
       {"the layers are read from the bucket of Amazon ECR"}},
      {"to pull, with the token",
       "ecr",
       {R"("Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:GetAuthorizationToken"], "Resource": "*")"},
       {},
       {}},
      {"the example of the ECR guide, which leaves the token out",
       "ecr",
       {R"("Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], "Resource": "*")"},
       {},
       {"docker login gets its token"}},
      {"all of ecr on one repository",
       "ecr",
       {R"("Action": "ecr:*", "Resource": "arn:aws:ecr:eu-west-1:111122223333:repository/app")"},
       {"--set", "repository=app"},
       {"docker login gets its token"}},
      {"AWS's sample of the S3 endpoint", "ssm", {kOwn, kServices, kAwsBuckets}, {}, {}},
      {"AWS's sample of the SSM endpoint",
       "ssm",
       {kOwn, kServices,
        R"("Action": ["ssm:Describe*", "ssm:List*", "ssm:Get*", "ssm:SendCommand", "ssm:CreateAssociation", "ssm:StartSession"], "Resource": ["arn:aws:ssm:eu-west-1::parameter/aws/*", "arn:aws:ssm:eu-west-1::document/*"], "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})"},
       {},
       {}},
      {"the own organization only, at the SSM endpoint",
       "ssm",
       {kOwn, kServices},
       {"--endpoint-service", "ssm"},
       {"the agent reads a document of AWS"}},
      {"actions of ssm at another endpoint",
       "ssm",
       {R"("Action": "ssm:*", "Resource": "*")"},
       {"--endpoint-service", "com.amazonaws.eu-west-1.ssmmessages"},
       {"commands arrive by ssmmessages:CreateControlChannel",
        "commands arrive by ssmmessages:OpenControlChannel"}},
      {"the buckets of the Systems Manager guide",
       "patch-manager",
       {R"("Action": "s3:GetObject", "Resource": ["arn:aws:s3:::aws-windows-downloads-eu-west-1/*", "arn:aws:s3:::amazon-ssm-eu-west-1/*", "arn:aws:s3:::aws-ssm-eu-west-1/*", "arn:aws:s3:::patch-baseline-snapshot-eu-west-1/*", "arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/*", "arn:aws:s3:::aws-patchmanager-macos-eu-west-1-5522fb710/*"])"},
       {},
       {}},
      {"AWS's sample, without the suffix of the Region",
       "patch-manager",
       {kOwn, kServices, kAwsBuckets},
       {},
       {"patching downloads "
        "arn:aws:s3:::aws-patch-manager-eu-west-1-5522fb710/patchbaselineoperations/"
        "patch-baseline-operations.tar.gz",
        "patching of macOS downloads "
        "arn:aws:s3:::aws-patchmanager-macos-eu-west-1-5522fb710/patch-manager.tar.gz"}},
      {"one policy for all endpoints",
       "session-manager",
       {R"("Action": ["ssm:*", "ssmmessages:*", "ec2messages:*", "kms:*", "logs:*", "s3:*"], "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}})"},
       {},
       {}},
      {"the control channel without the data channel",
       "session-manager",
       {R"("Action": ["ssmmessages:CreateControlChannel", "ssmmessages:OpenControlChannel"], "Resource": "*")"},
       {},
       {"the session runs by ssmmessages:CreateDataChannel",
        "the session runs by ssmmessages:OpenDataChannel"}},
      {"what is in the bucket without the bucket",
       "session-manager",
       {R"("Action": "s3:*", "Resource": "arn:aws:s3:::session-logs/*")"},
       {"--set", "log-bucket=session-logs"},
       {"the agent looks whether the bucket of the logs is encrypted"}},
      {"AWS's sample",
       "codedeploy",
       {kOwn, kServices, kAwsBuckets},
       {"--set", "revision-bucket=revisions"},
       {}},
      {"the own buckets only",
       "codedeploy",
       {R"("Action": "s3:*", "Resource": ["arn:aws:s3:::revisions", "arn:aws:s3:::revisions/*"])"},
       {"--set", "revision-bucket=revisions"},
       {"the agent is downloaded"}},
      {"the agent may ask and not answer",
       "codedeploy",
       {R"("Action": ["codedeploy-commands-secure:Get*", "codedeploy-commands-secure:Poll*"], "Resource": "*")"},
       {},
       {"the agent asks for work by codedeploy-commands-secure:PutHostCommandAcknowledgement",
        "the agent asks for work by codedeploy-commands-secure:PutHostCommandComplete"}},
      {"AWS's sample", "cloudformation", {kOwn, kServices, kAwsBuckets}, {}, {}},
      {"the buckets to read only",
       "cloudformation",
       {kOwn,
        R"("Action": "s3:GetObject", "Resource": ["arn:aws:s3:::cloudformation-custom-resource-response-euwest1/*", "arn:aws:s3:::cloudformation-waitcondition-eu-west-1/*"])"},
       {},
       {"the answer is put to the URL that CloudFormation has signed: "
        "arn:aws:s3:::cloudformation-custom-resource-response-euwest1/stack/answer",
        "the answer is put to the URL that CloudFormation has signed: "
        "arn:aws:s3:::cloudformation-waitcondition-eu-west-1/stack/handle"}},
      {"the Region with dashes",
       "cloudformation",
       {R"("Action": "s3:PutObject", "Resource": ["arn:aws:s3:::cloudformation-custom-resource-response-eu-west-1/*", "arn:aws:s3:::cloudformation-waitcondition-eu-west-1/*"])"},
       {},
       {"the answer is put to the URL that CloudFormation has signed: "
        "arn:aws:s3:::cloudformation-custom-resource-response-euwest1/stack/answer"}},
      {"federated sign-in without a condition on the caller",
       "eks",
       {kOwn,
        R"("Action": ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"], "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}})"},
       {},
       {}},
      {"the own organization only, at the STS endpoint",
       "eks",
       {R"("Action": "sts:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})"},
       {},
       {"a pod assumes its role by the token of its service account"}},
      {"AWS's sample of the ECR endpoint",
       "eks",
       {kOwn,
        R"("Action": "ecr:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceAccount": "602401143452", "aws:PrincipalOrgID": "o-a1b2c3d4e5"}})"},
       {},
       {}},
      {"the own organization only, at the ECR endpoints",
       "eks",
       {kOwn},
       {"--endpoint-service", "ecr.dkr"},
       {"the images of Amazon EKS are pulled by ecr:BatchGetImage of the registry",
        "the images of Amazon EKS are pulled by ecr:GetDownloadUrlForLayer of the registry"}},
      {"AWS's sample", "cloudwatch-agent", {kOwn, kServices, kAwsBuckets}, {}, {}},
      {"the bucket of the Region only",
       "cloudwatch-agent",
       {R"("Action": "s3:GetObject", "Resource": "arn:aws:s3:::amazoncloudwatch-agent-eu-west-1/*")"},
       {},
       {"the package is downloaded: "
        "arn:aws:s3:::amazoncloudwatch-agent/amazon_linux/amd64/latest/"
        "amazon-cloudwatch-agent.rpm"}},
      {"the log group without its streams",
       "cloudwatch-agent",
       {R"("Action": "logs:*", "Resource": "arn:aws:logs:eu-west-1:111122223333:log-group:app")"},
       {"--set", "log-group=app"},
       {"logs are written by logs:CreateLogStream", "logs are written by logs:PutLogEvents"}},
      {"the example of the Lambda guide, with the code",
       "lambda",
       {R"("Action": ["lambda:InvokeFunction", "lambda:GetFunction"], "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:my-function")"},
       {"--set", "function=my-function"},
       {}},
      {"AWS's sample", "lambda", {kOwn, kServices, kAwsBuckets}, {}, {}},
      {"the own organization only",
       "lambda",
       {kOwnS3},
       {},
       {"the code is downloaded from the URL that Lambda has signed: "
        "arn:aws:s3:::prod-04-2014-tasks/snapshots/postern-scenario",
        "the code is downloaded from the URL that Lambda has signed: "
        "arn:aws:s3:::awslambda-eu-west-1-tasks/snapshots/postern-scenario"}},
      {"the versions of a function without the function",
       "lambda",
       {R"("Action": "lambda:*", "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:my-function:*")"},
       {"--set", "function=my-function"},
       {"a function invokes another one", "a function asks where the code of another one is"}},
      {"the example of the API Gateway guide",
       "execute-api",
       {R"("Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/*")"},
       {"--set", "api-id=a1b2c3d4e5"},
       {}},
      {"the own organization only",
       "execute-api",
       {R"("Action": "execute-api:Invoke", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})"},
       {},
       {"a client that does not sign calls it"}},
      {"all of the account's secrets",
       "secrets-rotation",
       {R"("Action": "secretsmanager:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": "111122223333"}})"},
       {},
       {}},
      {"all actions on the secret",
       "secrets-rotation",
       {R"("Action": "secretsmanager:*", "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????")"},
       {"--set", "secret=db"},
       {"a new password is made up"}},
      {"the ARN without its six characters",
       "secrets-rotation",
       {R"("Action": "secretsmanager:*", "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db")",
        R"("Action": "secretsmanager:GetRandomPassword", "Resource": "*")"},
       {"--set", "secret=db"},
       {"the value is replaced by secretsmanager:DescribeSecret",
        "the value is replaced by secretsmanager:GetSecretValue",
        "the value is replaced by secretsmanager:PutSecretValue",
        "the value is replaced by secretsmanager:UpdateSecretVersionStage"}},
      {"the access point and the bucket",
       "s3-access-points",
       {R"("Action": "s3:*", "Resource": ["arn:aws:s3:eu-west-1:111122223333:accesspoint/ap", "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/*", "arn:aws:s3:::data", "arn:aws:s3:::data/*"])"},
       {"--set", "access-point=ap", "--set", "bucket=data"},
       {}},
      {"the bucket only",
       "s3-access-points",
       {R"("Action": "s3:*", "Resource": ["arn:aws:s3:::data", "arn:aws:s3:::data/*"])"},
       {"--set", "access-point=ap", "--set", "bucket=data"},
       {"s3:GetObject through the access point", "s3:PutObject through the access point",
        "s3:ListBucket through the access point"}},
      {"the access point only",
       "s3-access-points",
       {R"("Action": "s3:*", "Resource": ["arn:aws:s3:eu-west-1:111122223333:accesspoint/ap", "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/*"])"},
       {"--set", "access-point=ap", "--set", "bucket=data"},
       {"s3:GetObject through the access point", "s3:PutObject through the access point",
        "s3:ListBucket through the access point"}},
      {"own callers and the other account",
       "cross-account-bucket",
       {kOwnS3,
        R"("Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:ResourceAccount": "444455556666"}})"},
       {"--set", "bucket=theirs", "--set", "bucket-account=444455556666"},
       {}},
      {"the own organization only",
       "cross-account-bucket",
       {kOwnS3},
       {"--set", "bucket=theirs", "--set", "bucket-account=444455556666", "--set",
        "bucket-org-id=o-theirs00000"},
       {"s3:GetObject in the bucket", "s3:PutObject in the bucket", "s3:ListBucket of the bucket",
        "s3:GetBucketLocation of the bucket"}},
      {"to read only",
       "cross-account-bucket",
       {R"("Action": ["s3:Get*", "s3:List*"], "Resource": ["arn:aws:s3:::theirs", "arn:aws:s3:::theirs/*"])"},
       {"--set", "bucket=theirs", "--set", "bucket-account=444455556666"},
       {"s3:PutObject in the bucket"}},
      {"AWS's sample, of no service", "org-only", {kOwn, kServices}, {}, {}},
      {"strangers if they have no organization",
       "org-only",
       {R"("Action": "s3:*", "Resource": "*", "Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})"},
       {},
       {"s3: stranger-without-organization stays out with s3:GetObject",
        "s3: stranger-without-organization stays out with s3:PutObject",
        "s3: nobody passes without a signature with s3:GetObject",
        "s3: nobody passes without a signature with s3:PutObject"}},
      {"everybody",
       "org-only",
       {R"("Action": "sqs:SendMessage", "Resource": "*")"},
       {},
       {"sqs: callers of your organization pass with sqs:ReceiveMessage",
        "sqs: stranger stays out with sqs:SendMessage",
        "sqs: stranger-without-organization stays out with sqs:SendMessage"}},
      {"AWS's sample, of no service", "data-perimeter", {kOwn, kServices}, {}, {}},
      {"AWS's sample of the S3 endpoint",
       "data-perimeter",
       {kOwn, kServices, kAwsBuckets},
       {"--set", "own-arn=arn:aws:s3:::data/key"},
       {}},
      {"callers without resources",
       "data-perimeter",
       {R"("Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})",
        kServices},
       {},
       {"s3: your callers do not reach a stranger's resource with s3:GetObject",
        "s3: your callers do not reach a stranger's resource with s3:PutObject"}},
      {"resources without callers, and no services",
       "data-perimeter",
       {R"("Action": "kms:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}})"},
       {},
       {"kms: a stranger does not reach your resources with kms:Decrypt"}},
      {"the own organization only",
       "data-perimeter",
       {kOwnS3},
       {},
       {"s3: a service of AWS reaches your resources with s3:GetObject"}},
  };
}

}  // namespace

TEST_CASE("a scenario passes under the policy that AWS documents, and fails where one goes wrong") {
  std::set<std::string_view> passed;
  std::set<std::string_view> failed;
  for (const Trial& trial : Trials()) {
    CAPTURE(trial.scenario);
    CAPTURE(trial.what);
    const Folder folder;
    folder.Write("policy.json", Policy(trial.statements));
    std::vector<std::string> args{
        "test",         "-f",          "tap",         "--scenario", std::string(trial.scenario),
        "--endpoint",   "policy.json", "--region",    "eu-west-1",  "--account",
        "111122223333", "--org-id",    "o-a1b2c3d4e5"};
    args.insert(args.end(), trial.more.begin(), trial.more.end());
    const ProgramResult result = folder.Run(args);
    CAPTURE(result.err);
    CAPTURE(result.out);
    CHECK(BadIn(result.out) == trial.bad);
    CHECK(result.code == (trial.bad.empty() ? 0 : 1));
    (trial.bad.empty() ? passed : failed).insert(trial.scenario);
  }
  for (const std::string_view scenario : cmd::ScenarioNames()) {
    CAPTURE(scenario);
    CHECK(passed.contains(scenario));
    CHECK(failed.contains(scenario));
  }
}

}  // namespace postern::test
