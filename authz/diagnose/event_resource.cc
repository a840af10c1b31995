// Which resource a record is about: by its `resources`, or by the parameters of the call.
#include <algorithm>
#include <array>
#include <vector>

#include "authz/diagnose/event_parts.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/pattern.h"
#include "policy/language/wildcard.h"

namespace postern::authz {
namespace {

using policy::Node;

constexpr std::string_view kParameters = "requestParameters/";

// How a service names its resources in the parameters of its calls. `arn` is made from the
// parameters in braces, beside {partition}, {region} and {account}; with "" the parameter holds an
// ARN and nothing else will do. A parameter that holds an ARN where a name could stand is taken as
// the resource. What does not fit the action's resource types is no candidate, so that a row need
// not say which calls it is for.
//
// Names of IAM entities are left out: they do not tell the path, which is part of the ARN. So are
// names of secrets, whose ARN ends in characters that AWS chooses.
struct ParameterRow {
  std::string_view service;
  std::string_view parameter;
  std::string_view arn;
};

constexpr ParameterRow kRows[] = {
    {"athena", "workGroup", "arn:{partition}:athena:{region}:{account}:workgroup/{workGroup}"},
    {"bedrock", "modelId", "arn:{partition}:bedrock:{region}::foundation-model/{modelId}"},
    {"codeartifact", "repository",
     "arn:{partition}:codeartifact:{region}:{account}:repository/{domain}/{repository}"},
    {"codeartifact", "domain", "arn:{partition}:codeartifact:{region}:{account}:domain/{domain}"},
    {"codebuild", "projectName",
     "arn:{partition}:codebuild:{region}:{account}:project/{projectName}"},
    {"codecommit", "repositoryName",
     "arn:{partition}:codecommit:{region}:{account}:{repositoryName}"},
    {"dynamodb", "indexName",
     "arn:{partition}:dynamodb:{region}:{account}:table/{tableName}/index/{indexName}"},
    {"dynamodb", "tableName", "arn:{partition}:dynamodb:{region}:{account}:table/{tableName}"},
    {"dynamodb", "streamArn", ""},
    {"ec2", "instanceId", "arn:{partition}:ec2:{region}:{account}:instance/{instanceId}"},
    {"ec2", "instancesSet/items/*/instanceId",
     "arn:{partition}:ec2:{region}:{account}:instance/{instancesSet/items/*/instanceId}"},
    {"ec2", "volumeId", "arn:{partition}:ec2:{region}:{account}:volume/{volumeId}"},
    {"ec2", "groupId", "arn:{partition}:ec2:{region}:{account}:security-group/{groupId}"},
    {"ec2", "subnetId", "arn:{partition}:ec2:{region}:{account}:subnet/{subnetId}"},
    {"ec2", "vpcId", "arn:{partition}:ec2:{region}:{account}:vpc/{vpcId}"},
    {"ecr", "repositoryName", "arn:{partition}:ecr:{region}:{account}:repository/{repositoryName}"},
    {"ecs", "cluster", "arn:{partition}:ecs:{region}:{account}:cluster/{cluster}"},
    {"eks", "name", "arn:{partition}:eks:{region}:{account}:cluster/{name}"},
    {"elasticfilesystem", "fileSystemId",
     "arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{fileSystemId}"},
    {"events", "name", "arn:{partition}:events:{region}:{account}:rule/{name}"},
    {"firehose", "deliveryStreamName",
     "arn:{partition}:firehose:{region}:{account}:deliverystream/{deliveryStreamName}"},
    {"kinesis", "streamARN", ""},
    {"kinesis", "streamName", "arn:{partition}:kinesis:{region}:{account}:stream/{streamName}"},
    {"kms", "keyId", "arn:{partition}:kms:{region}:{account}:key/{keyId}"},
    {"lambda", "functionName", "arn:{partition}:lambda:{region}:{account}:function:{functionName}"},
    {"logs", "logStreamName",
     "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}:log-stream:{logStreamName}"},
    {"logs", "logGroupName", "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}"},
    {"rds", "dBInstanceIdentifier",
     "arn:{partition}:rds:{region}:{account}:db:{dBInstanceIdentifier}"},
    {"s3", "key", "arn:{partition}:s3:::{bucketName}/{key}"},
    {"s3", "bucketName", "arn:{partition}:s3:::{bucketName}"},
    {"sagemaker", "endpointName",
     "arn:{partition}:sagemaker:{region}:{account}:endpoint/{endpointName}"},
    {"secretsmanager", "secretId", ""},
    {"sns", "topicArn", ""},
    {"sns", "targetArn", ""},
    {"sqs", "queueUrl", "arn:{partition}:sqs:{region}:{account}:{queueUrl}"},
    {"sqs", "queueName", "arn:{partition}:sqs:{region}:{account}:{queueName}"},
    {"ssm", "name", "arn:{partition}:ssm:{region}:{account}:parameter/{name}"},
    {"ssm", "target", "arn:{partition}:ec2:{region}:{account}:instance/{target}"},
    {"states", "stateMachineArn", ""},
    {"states", "executionArn", ""},
    {"states", "activityArn", ""},
    {"sts", "roleArn", ""},
};

// Parameters that say whose registry, domain or catalog is meant.
constexpr std::string_view kAccountParameters[] = {
    "requestParameters/registryId", "requestParameters/domainOwner", "requestParameters/catalogId",
    "requestParameters/queueOwnerAWSAccountId"};

// "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"
struct QueueUrl {
  std::string_view account;
  std::string_view name;
};
QueueUrl SplitQueueUrl(std::string_view url) {
  const std::size_t last = url.rfind('/');
  if (last == url.npos || last == 0) return {};
  const std::string_view before = url.substr(0, last);
  const std::string_view account = before.substr(before.rfind('/') + 1);
  if (!policy::IsAccountId(account)) return {};
  return {account, url.substr(last + 1)};
}

class ArnMaker {
 public:
  ArnMaker(const Node& record, const CloudTrailEvent& event) : record_(record), event_(event) {}

  // "" where a part is missing, or is no name.
  std::string Make(const ParameterRow& row) const {
    const std::string_view value = Parameter(row.parameter);
    if (value.starts_with("arn:") && row.parameter != "key") return std::string(value);
    if (value.empty() || row.arn.empty()) return {};
    std::string arn;
    std::string_view rest = row.arn;
    while (!rest.empty()) {
      const std::size_t open = std::min(rest.find('{'), rest.size());
      arn += rest.substr(0, open);
      if (open == rest.size()) break;
      const std::size_t close = rest.find('}', open);
      const std::string_view part = Part(rest.substr(open + 1, close - open - 1));
      if (part.empty()) return {};
      // The bucket is an access point's ARN.
      if (row.parameter == "key" && part.starts_with("arn:") && arn.ends_with(":::")) {
        return std::string(part).append("/object/").append(Parameter("key"));
      }
      arn += part;
      rest.remove_prefix(close + 1);
    }
    return arn;
  }

 private:
  std::string_view Parameter(std::string_view name) const {
    return TextAt(record_, std::string(kParameters).append(name));
  }

  std::string_view Part(std::string_view name) const {
    if (name == "partition") return PartitionOf(TextAt(record_, "awsRegion"));
    if (name == "region") return TextAt(record_, "awsRegion");
    if (name == "account") return Account();
    const std::string_view value = Parameter(name);
    if (name == "queueUrl") return SplitQueueUrl(value).name;
    if (name == "keyId" && value.starts_with("alias/")) return {};
    // An alias of an access point: the catalogue of aliases is AWS's.
    if (name == "bucketName" && value.ends_with("-s3alias")) return {};
    if (name == "name") return value.substr(value.starts_with('/') ? 1 : 0);
    return value;
  }

  // A name means something of the caller's own account, unless the call says whose.
  std::string_view Account() const {
    if (const auto owner = SplitQueueUrl(Parameter("queueUrl")).account; !owner.empty()) {
      return owner;
    }
    for (const std::string_view path : kAccountParameters) {
      const std::string_view account = TextAt(record_, path);
      if (policy::IsAccountId(account)) return account;
    }
    return event_.requester.account;
  }

  const Node& record_;
  const CloudTrailEvent& event_;
};

// A form such as "arn:${Partition}:sqs:${Region}:${Account}:${QueueName}". A resource that is one
// name has no slash: a bucket is not an object.
bool Fits(std::string_view form, std::string_view arn) {
  std::string tokens;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form.substr(i).starts_with("${")) {
      const std::size_t close = form.find('}', i);
      if (close == form.npos) return false;
      tokens += policy::kAnyRun;
      i = close;
    } else {
      tokens += form[i] == '*' ? policy::kAnyRun : form[i];
    }
  }
  const std::string_view name = policy::SplitArn(form).resource();
  const bool one_name = name.starts_with("${") && name.find('}') + 1 == name.size();
  const std::string_view resource = policy::SplitConcreteArn(arn).resource();
  if (one_name && resource.find('/') != resource.npos) return false;
  return policy::MatchTokens(tokens, arn);
}

// One that a request can be decided on.
bool IsWholeArn(std::string_view text) {
  return policy::SplitConcreteArn(text).valid() &&
         !policy::SplitConcreteArn(text).resource().empty();
}

// The secret's ARN, not a part of it: it ends in a dash and six characters.
bool IsWholeSecret(std::string_view arn) {
  constexpr std::size_t kSuffix = 7;
  return arn.size() > kSuffix && arn[arn.size() - kSuffix] == '-';
}

bool IsCandidate(std::string_view service, std::string_view arn,
                 const std::vector<policy::ResourceType>& types) {
  if (!IsWholeArn(arn)) return false;
  if (service == "secretsmanager" && !IsWholeSecret(arn)) return false;
  return std::ranges::any_of(
      types, [&](const policy::ResourceType& type) { return Fits(type.arn_template, arn); });
}

const Node* ResourcesOf(const Node& record) {
  const Node* list = record.IsObject() ? record.Find("resources") : nullptr;
  return list != nullptr && list->IsArray() ? list : nullptr;
}

}  // namespace

std::string_view PartitionOf(std::string_view region) {
  if (region.starts_with("cn-")) return "aws-cn";
  if (region.starts_with("us-gov-")) return "aws-us-gov";
  if (region.starts_with("eusc-")) return "aws-eusc";
  return "aws";
}

std::string ResourceOf(const Node& record, const CloudTrailEvent& event, std::string_view action,
                       const policy::Catalogue& catalogue) {
  const std::size_t colon = action.find(':');
  if (colon == action.npos) return {};
  const std::string service = policy::FoldAscii(action.substr(0, colon));
  const auto known = catalogue.FindAction(service, action.substr(colon + 1));
  if (!known) return {};
  const std::vector<policy::ResourceType> types = catalogue.ResourceTypesOf(*known);
  if (types.empty()) return "*";
  std::string found;
  if (const Node* list = ResourcesOf(record)) {
    for (const Node& entry : list->children()) {
      const std::string_view arn = TextAt(entry, "ARN");
      if (!IsCandidate(service, arn, types) || arn == found) continue;
      if (!found.empty()) return {};  // several, and the call is asked on each
      found = arn;
    }
  }
  if (!found.empty()) return found;
  const ArnMaker maker(record, event);
  for (const ParameterRow& row : kRows) {
    if (row.service != service) continue;
    std::string arn = maker.Make(row);
    if (IsCandidate(service, arn, types)) return arn;
  }
  return {};
}

std::string_view ResourceAccountOf(const Node& record, std::string_view arn) {
  const Node* list = ResourcesOf(record);
  if (list == nullptr) return {};
  for (const Node& entry : list->children()) {
    const std::string_view named = TextAt(entry, "ARN");
    const std::string_view account = TextAt(entry, "accountId");
    // The bucket of an object is its owner's, as far as policies go.
    const bool same =
        arn == named || (arn.starts_with(named) && arn.substr(named.size()).starts_with('/'));
    if (!named.empty() && same && policy::IsAccountId(account)) return account;
  }
  return {};
}

std::string CopySource(std::string_view partition, std::string_view header) {
  if (header.starts_with('/')) header.remove_prefix(1);
  header = header.substr(0, header.find('?'));
  if (header.find('/') == header.npos || header.find('%') != header.npos) return {};
  if (header.starts_with("arn:")) return std::string(header);
  return std::string("arn:").append(partition).append(":s3:::").append(header);
}

}  // namespace postern::authz
