#include "policy/catalogue.h"

#include <doctest/doctest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "policy/catalogue_format.h"
#include "tests/policy/catalogue_text.h"
#include "tests/policy/small_catalogue.h"

namespace postern::policy {
namespace {

namespace format = catalogue_format;

const Catalogue& Known() { return Catalogue::Embedded(); }

std::vector<std::string> Strings(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

std::vector<std::string> TypesOf(std::string_view service, std::string_view name) {
  const std::optional<Action> action = Known().FindAction(service, name);
  REQUIRE(action);
  std::vector<std::string> names;
  for (const ResourceType& type : Known().ResourceTypesOf(*action)) names.emplace_back(type.name);
  return names;
}

template <typename Range, typename Value>
bool Contains(const Range& range, const Value& value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

// "aws:ResourceTag/${TagKey}" -> "aws:ResourceTag/"; a free part before the end stays.
std::string WithoutTail(const std::string& key) {
  return key.ends_with('}') ? key.substr(0, key.rfind("${")) : key;
}

bool IsGlobal(const std::string& key) {
  return std::ranges::any_of(Known().GlobalConditionKeys(), [&](const ConditionKey& global) {
    return format::CompareIgnoringCase(global.name, WithoutTail(key)) == 0;
  });
}

TEST_CASE("the embedded catalogue says where and when it comes from") {
  for (const std::vector<std::string>& row : Table("source.tsv")) {
    if (row[0] == "date") CHECK(Known().date() == row[1]);
    if (row[0] == "version") CHECK(Known().version() == row[1]);
  }
  CHECK(Known().date().size() == 10);
  CHECK_FALSE(Known().version().empty());
}

TEST_CASE("the embedded catalogue holds every service and action of the text, and no other") {
  const auto services = Table("services.tsv");
  CHECK(Known().Services().size() == services.size());
  for (const std::vector<std::string>& row : services) {
    CAPTURE(row[0]);
    CHECK(Known().HasService(row[0]));
    CHECK(Known().HoldsActionsOf(row[0]) == (row[1] == "held"));
  }
  std::size_t actions = 0;
  for (const std::string_view service : Known().Services()) {
    actions += Known().ActionsOf(service).size();
  }
  const auto rows = Table("actions.tsv");
  CHECK(actions == rows.size());
  for (const std::vector<std::string>& row : rows) {
    CAPTURE(row[0]);
    CAPTURE(row[1]);
    const std::optional<Action> action = Known().FindAction(row[0], row[1]);
    REQUIRE(action);
    CHECK(action->name == row[1]);
    CHECK(AccessLevelName(action->level) == row[2]);
    std::set<std::string> types;
    for (const ResourceType& type : Known().ResourceTypesOf(*action)) types.emplace(type.name);
    const std::vector<std::string> expected = SplitList(row[3]);
    CHECK(types == std::set<std::string>(expected.begin(), expected.end()));
    const std::vector<std::string> keys = Strings(Known().ConditionKeysOf(*action));
    for (const std::string& key : SplitList(row[4])) {
      CAPTURE(key);
      CHECK(Contains(keys, WithoutTail(key)) == !IsGlobal(key));
    }
  }
}

TEST_CASE("the embedded catalogue holds every resource type and condition key of the text") {
  for (const std::vector<std::string>& row : Table("resource_types.tsv")) {
    CAPTURE(row[1]);
    CHECK(std::ranges::any_of(Known().ResourceTypesOf(row[0]), [&](const ResourceType& type) {
      return type.name == row[1] && type.arn_template == row[2];
    }));
  }
  for (const std::vector<std::string>& row : Table("condition_keys.tsv")) {
    CAPTURE(row[1]);
    const std::optional<ConditionKey> key = Known().FindConditionKey(WithoutTail(row[1]));
    REQUIRE(key);
    CHECK(format::CompareIgnoringCase(key->name, WithoutTail(row[1])) == 0);
    if (!row[1].starts_with(row[0] + ":") || IsGlobal(row[1])) continue;
    CHECK(KeyTypeName(key->type) == row[2]);
    CHECK(key->multivalued == (row[3] == "multivalued"));
    CHECK(key->has_tail == (row[1].ends_with('}') || row[1].ends_with('/')));
  }
}

TEST_CASE("the embedded catalogue holds the endpoint services of the text") {
  for (const std::vector<std::string>& row : Table("endpoint_services.tsv")) {
    CAPTURE(row[0]);
    const std::optional<EndpointService> service = Known().FindEndpointService(row[0]);
    REQUIRE(service);
    CHECK(service->name == row[0]);
    CHECK(service->gateway == Contains(SplitList(row[1]), "gateway"));
    CHECK(service->interface == Contains(SplitList(row[1]), "interface"));
    CHECK(service->policy_supported.has_value() == (row[2] != "unknown"));
    if (service->policy_supported) CHECK(*service->policy_supported == (row[2] == "yes"));
    CHECK(Strings(Known().ServedPrefixes(*service)) == SplitList(row[3]));
  }
  const auto rcp = Table("rcp_services.tsv");
  const auto sent = Table("vpce_key_services.tsv");
  for (const std::string_view service : Known().Services()) {
    CAPTURE(service);
    const std::string name(service);
    CHECK(Known().IsRcpCapable(service) == Contains(rcp, std::vector<std::string>{name}));
    for (const std::string key :
         {"aws:SourceVpcArn", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths"}) {
      CAPTURE(key);
      CHECK(Known().SendsEndpointKey(service, key) ==
            Contains(sent, std::vector<std::string>{name, key}));
    }
  }
}

TEST_CASE("services are found in any case") {
  for (const std::string name : {"s3", "S3", "Execute-API", "lambda", "sso-directory"}) {
    CAPTURE(name);
    CHECK(Known().HasService(name));
  }
  for (const std::string name : {"", "s", "s33", "s3 ", "amazon-s3", "s3:GetObject"}) {
    CAPTURE(name);
    CHECK_FALSE(Known().HasService(name));
  }
}

TEST_CASE("every service that is listed is found") {
  const std::vector<std::string_view> services = Known().Services();
  CHECK(services.size() > 400);
  for (const std::string_view service : services) {
    CAPTURE(service);
    CHECK(Known().HasService(service));
  }
}

TEST_CASE("actions are held where HoldsActionsOf says so, and nowhere else") {
  for (const std::string_view service : Known().Services()) {
    CAPTURE(service);
    CHECK(Known().HoldsActionsOf(service) == !Known().ActionsOf(service).empty());
  }
  for (const std::string service :
       {"s3", "sts", "ec2", "kms", "SSM", "ssmmessages", "ec2messages", "secretsmanager",
        "execute-api", "codedeploy", "logs", "iam", "dynamodb", "ecr", "sns", "sqs"}) {
    CAPTURE(service);
    CHECK(Known().HoldsActionsOf(service));
  }
  CHECK_FALSE(Known().HoldsActionsOf("nothing-of-the-kind"));
}

TEST_CASE("an action is found in any case and keeps its own spelling") {
  const std::optional<Action> action = Known().FindAction("S3", "LISTALLMYBUCKETS");
  REQUIRE(action);
  CHECK(action->service == "s3");
  CHECK(action->name == "ListAllMyBuckets");
  CHECK(action->level == AccessLevel::kList);
  CHECK(Known().FindAction("s3", "PutBucketPolicy")->level == AccessLevel::kPermissionsManagement);
  CHECK(Known().FindAction("s3", "PutObjectTagging")->level == AccessLevel::kTagging);
  CHECK(Known().FindAction("s3", "PutObject")->level == AccessLevel::kWrite);
  CHECK(Known().FindAction("s3", "GetObject")->level == AccessLevel::kRead);
}

TEST_CASE("an action is not found under another service, by part or by pattern") {
  CHECK_FALSE(Known().FindAction("sts", "GetObject"));
  CHECK_FALSE(Known().FindAction("s3", "GetObj"));
  CHECK_FALSE(Known().FindAction("s3", "Get*"));
  CHECK_FALSE(Known().FindAction("s3", ""));
  CHECK_FALSE(Known().FindAction("", "GetObject"));
}

TEST_CASE("every action of every service is found by its name, in the order of names") {
  for (const std::string_view service : Known().Services()) {
    std::string_view before;
    for (const Action& action : Known().ActionsOf(service)) {
      CAPTURE(action.name);
      CHECK(action.service == service);
      CHECK(format::CompareIgnoringCase(before, action.name) < 0);
      before = action.name;
      const std::optional<Action> found = Known().FindAction(service, action.name);
      REQUIRE(found);
      CHECK(found->index == action.index);
    }
  }
}

TEST_CASE("an action names the resource types it can act on") {
  CHECK(TypesOf("sts", "GetCallerIdentity").empty());
  CHECK(TypesOf("s3", "ListAllMyBuckets").empty());
  CHECK(Contains(TypesOf("s3", "GetObject"), "object"));
  CHECK_FALSE(Contains(TypesOf("s3", "GetObject"), "bucket"));
  CHECK(Contains(TypesOf("s3", "ListBucket"), "bucket"));
  CHECK(TypesOf("sts", "AssumeRole") == std::vector<std::string>{"role"});
  CHECK(Contains(TypesOf("ec2", "RunInstances"), "subnet"));
}

TEST_CASE("a service lists its resource types with their ARN templates") {
  for (const ResourceType& type : Known().ResourceTypesOf("s3")) {
    CAPTURE(type.name);
    CHECK(type.arn_template.starts_with("arn:${Partition}:s3"));  // or s3-object-lambda
    if (type.name == "bucket") CHECK(type.arn_template == "arn:${Partition}:s3:::${BucketName}");
  }
  CHECK(Known().ResourceTypesOf("s3").size() > 5);
  CHECK(Known().ResourceTypesOf("ssmmessages").empty());
  CHECK(Known().ResourceTypesOf("nothing-of-the-kind").empty());
}

TEST_CASE(
    "an action names its own condition keys and those of its resource types, no global ones") {
  const std::vector<std::string> get =
      Strings(Known().ConditionKeysOf(*Known().FindAction("s3", "GetObject")));
  CHECK(Contains(get, "s3:ExistingObjectTag/"));
  CHECK(Contains(get, "s3:TlsVersion"));
  CHECK_FALSE(Contains(get, "s3:prefix"));
  const std::vector<std::string> list =
      Strings(Known().ConditionKeysOf(*Known().FindAction("s3", "ListBucket")));
  CHECK(Contains(list, "s3:prefix"));
  CHECK(Contains(list, "s3:BucketTag/"));  // by way of the bucket
  for (const std::string_view service : Known().Services()) {
    for (const Action& action : Known().ActionsOf(service)) {
      CAPTURE(action.name);
      for (const std::string_view key : Known().ConditionKeysOf(action)) {
        CHECK_FALSE(key.starts_with("aws:"));
      }
    }
  }
}

TEST_CASE("condition keys are found in any case and with any tail") {
  struct Case {
    std::string key;
    std::string name;
  };
  for (const Case& c : std::vector<Case>{
           {"AWS:principalorgid", "aws:PrincipalOrgID"},
           {"aws:ResourceTag/team", "aws:ResourceTag/"},
           {"aws:resourcetag/TEAM", "aws:ResourceTag/"},
           {"aws:ResourceTag/", "aws:ResourceTag/"},
           {"aws:PrincipalTag/dp:exclude:resource", "aws:PrincipalTag/"},
           {"kms:EncryptionContext:app", "kms:EncryptionContext:"},
           {"kms:EncryptionContext:aws:s3:arn", "kms:EncryptionContext:"},
           {"kms:EncryptionContextKeys", "kms:EncryptionContextKeys"},
           {"s3:ExistingObjectTag/a/b", "s3:ExistingObjectTag/"},
           {"s3:REQUESTOBJECTTAGKEYS", "s3:RequestObjectTagKeys"},
           {"token.actions.githubusercontent.com:ref", "token.actions.githubusercontent.com:ref"},
           {"token.actions.githubusercontent.com/acme:repository",
            "token.actions.githubusercontent.com/${SubPath}:repository"},
           {"agent.ACME.buildkite.dev:build_branch",
            "agent.${Domain}.buildkite.dev:build_branch"}}) {
    CAPTURE(c.key);
    const std::optional<ConditionKey> key = Known().FindConditionKey(c.key);
    REQUIRE(key);
    CHECK(key->name == c.name);
    CHECK(key->has_tail == (key->name.back() == '/' || key->name.back() == ':'));
  }
}

TEST_CASE("what is not a condition key is not found") {
  for (const std::string key :
       {"", ":", "/", "aws:", "aws:ResourceTag", "aws:PrincipalOrg", "aws:PrincipalOrgID/x",
        "aws:PrincipalOrgID:x", "s3:ExistingObjectTag", "PrincipalOrgID", "aws:NoSuchKey",
        "agent..buildkite.dev:build_branch", "agent.buildkite.dev:build_branch"}) {
    CAPTURE(key);
    CHECK_FALSE(Known().FindConditionKey(key));
  }
  CHECK_FALSE(Known().FindConditionKey(std::string(100'000, '/')));
  CHECK_FALSE(Known().FindConditionKey(std::string("aws:") + std::string(100'000, ':')));
}

struct GlobalKey {
  std::string name;
  KeyType type;
  bool multivalued;
  bool has_tail;
};

// S6.1, and the four keys of the IAM User Guide's page that it leaves out.
const GlobalKey kGlobalKeys[] = {
    {"aws:AssumedRoot", KeyType::kBool, false, false},
    {"aws:CalledVia", KeyType::kString, true, false},
    {"aws:CalledViaAWSMCP", KeyType::kString, false, false},
    {"aws:CalledViaFirst", KeyType::kString, false, false},
    {"aws:CalledViaLast", KeyType::kString, false, false},
    {"aws:ChatbotSourceArn", KeyType::kArn, false, false},
    {"aws:CurrentTime", KeyType::kDate, false, false},
    {"aws:Ec2InstanceSourcePrivateIPv4", KeyType::kIpAddress, false, false},
    {"aws:Ec2InstanceSourceVpc", KeyType::kString, false, false},
    {"aws:EpochTime", KeyType::kDate, false, false},
    {"aws:FederatedProvider", KeyType::kString, false, false},
    {"aws:IsMcpServiceAction", KeyType::kBool, false, false},
    {"aws:MultiFactorAuthAge", KeyType::kNumeric, false, false},
    {"aws:MultiFactorAuthPresent", KeyType::kBool, false, false},
    {"aws:PrincipalAccount", KeyType::kString, false, false},
    {"aws:PrincipalArn", KeyType::kArn, false, false},
    {"aws:PrincipalIsAWSService", KeyType::kBool, false, false},
    {"aws:PrincipalOrgID", KeyType::kString, false, false},
    {"aws:PrincipalOrgPaths", KeyType::kString, true, false},
    {"aws:PrincipalServiceName", KeyType::kString, false, false},
    {"aws:PrincipalServiceNamesList", KeyType::kString, true, false},
    {"aws:PrincipalTag/", KeyType::kString, false, true},
    {"aws:PrincipalType", KeyType::kString, false, false},
    {"aws:referer", KeyType::kString, false, false},
    {"aws:RequestedRegion", KeyType::kString, false, false},
    {"aws:RequestTag/", KeyType::kString, false, true},
    {"aws:ResourceAccount", KeyType::kString, false, false},
    {"aws:ResourceOrgID", KeyType::kString, false, false},
    {"aws:ResourceOrgPaths", KeyType::kString, true, false},
    {"aws:ResourceTag/", KeyType::kString, false, true},
    {"aws:SecureTransport", KeyType::kBool, false, false},
    {"aws:SignInSessionArn", KeyType::kArn, false, false},
    {"aws:SourceAccount", KeyType::kString, false, false},
    {"aws:SourceArn", KeyType::kArn, false, false},
    {"aws:SourceIdentity", KeyType::kString, false, false},
    {"aws:SourceIp", KeyType::kIpAddress, false, false},
    {"aws:SourceOrgID", KeyType::kString, false, false},
    {"aws:SourceOrgPaths", KeyType::kString, true, false},
    {"aws:SourceOwner", KeyType::kString, false, false},
    {"aws:SourceVpc", KeyType::kString, false, false},
    {"aws:SourceVpcArn", KeyType::kArn, false, false},
    {"aws:SourceVpce", KeyType::kString, false, false},
    {"aws:TagKeys", KeyType::kString, true, false},
    {"aws:TokenIssueTime", KeyType::kDate, false, false},
    {"aws:UserAgent", KeyType::kString, false, false},
    {"aws:userid", KeyType::kString, false, false},
    {"aws:username", KeyType::kString, false, false},
    {"aws:ViaAWSMCPService", KeyType::kBool, false, false},
    {"aws:ViaAWSService", KeyType::kBool, false, false},
    {"aws:VpceAccount", KeyType::kString, false, false},
    {"aws:VpceOrgID", KeyType::kString, false, false},
    {"aws:VpceOrgPaths", KeyType::kString, true, false},
    {"aws:VpcSourceIp", KeyType::kIpAddress, false, false},
    {"codebuild:BuildArn", KeyType::kArn, false, false},
    {"codebuild:ProjectArn", KeyType::kArn, false, false},
    {"ec2:RoleDelivery", KeyType::kNumeric, false, false},
    {"ec2:SourceInstanceArn", KeyType::kArn, false, false},
    {"glue:CredentialIssuingService", KeyType::kString, false, false},
    {"glue:RoleAssumedBy", KeyType::kString, false, false},
    {"identitystore:UserId", KeyType::kString, false, false},
    {"lambda:SourceFunctionArn", KeyType::kArn, false, false},
    {"ssm:SourceInstanceArn", KeyType::kArn, false, false},
};

TEST_CASE("every global condition key is there with its type and number of values") {
  for (const GlobalKey& expected : kGlobalKeys) {
    CAPTURE(expected.name);
    const std::optional<ConditionKey> key = Known().FindConditionKey(expected.name);
    REQUIRE(key);
    CHECK(key->name == expected.name);
    CHECK(KeyTypeName(key->type) == KeyTypeName(expected.type));
    CHECK(key->multivalued == expected.multivalued);
    CHECK(key->has_tail == expected.has_tail);
  }
  const std::vector<ConditionKey> keys = Known().GlobalConditionKeys();
  CHECK(keys.size() == std::size(kGlobalKeys));
  for (const ConditionKey& key : keys) {
    CAPTURE(key.name);
    CHECK(std::ranges::any_of(kGlobalKeys,
                              [&](const GlobalKey& known) { return known.name == key.name; }));
  }
}

TEST_CASE("a service's lists are multivalued keys, its single values are not") {
  for (const std::string name :
       {"s3:RequestObjectTagKeys", "s3:InventoryAccessibleOptionalFields", "dynamodb:LeadingKeys",
        "dynamodb:Attributes", "kms:EncryptionContextKeys", "sts:TransitiveTagKeys"}) {
    CAPTURE(name);
    REQUIRE(Known().FindConditionKey(name));
    CHECK(Known().FindConditionKey(name)->multivalued);
  }
  for (const std::string name :
       {"s3:prefix", "s3:ExistingObjectTag/team", "kms:ViaService", "kms:EncryptionContext:app",
        "dynamodb:Select", "sts:ExternalId"}) {
    CAPTURE(name);
    REQUIRE(Known().FindConditionKey(name));
    CHECK_FALSE(Known().FindConditionKey(name)->multivalued);
  }
}

TEST_CASE("the keys of S3 have their types") {
  struct Case {
    std::string name;
    KeyType type;
  };
  for (const Case& c :
       std::vector<Case>{{"s3:prefix", KeyType::kString},
                         {"s3:delimiter", KeyType::kString},
                         {"s3:max-keys", KeyType::kNumeric},
                         {"s3:x-amz-acl", KeyType::kString},
                         {"s3:x-amz-server-side-encryption", KeyType::kString},
                         {"s3:x-amz-server-side-encryption-aws-kms-key-id", KeyType::kArn},
                         {"s3:x-amz-copy-source", KeyType::kString},
                         {"s3:x-amz-storage-class", KeyType::kString},
                         {"s3:x-amz-grant-read", KeyType::kString},
                         {"s3:x-amz-metadata-directive", KeyType::kString},
                         {"s3:x-amz-content-sha256", KeyType::kString},
                         {"s3:x-amz-object-ownership", KeyType::kString},
                         {"s3:locationconstraint", KeyType::kString},
                         {"s3:versionid", KeyType::kString},
                         {"s3:signatureversion", KeyType::kString},
                         {"s3:authType", KeyType::kString},
                         {"s3:signatureAge", KeyType::kNumeric},
                         {"s3:TlsVersion", KeyType::kNumeric},
                         {"s3:ResourceAccount", KeyType::kString},
                         {"s3:DataAccessPointArn", KeyType::kArn},
                         {"s3:DataAccessPointAccount", KeyType::kString},
                         {"s3:AccessPointNetworkOrigin", KeyType::kString},
                         {"s3:BucketTag/team", KeyType::kString},
                         {"s3:AccessPointTag/team", KeyType::kString},
                         {"s3:if-match", KeyType::kString},
                         {"s3:if-none-match", KeyType::kString},
                         {"s3:ObjectCreationOperation", KeyType::kBool},
                         {"s3:object-lock-retain-until-date", KeyType::kDate}}) {
    CAPTURE(c.name);
    REQUIRE(Known().FindConditionKey(c.name));
    CHECK(KeyTypeName(Known().FindConditionKey(c.name)->type) == KeyTypeName(c.type));
  }
}

TEST_CASE("a service lists its own keys, and each is found") {
  for (const std::string_view service : Known().Services()) {
    for (const ConditionKey& key : Known().ConditionKeysOfService(service)) {
      CAPTURE(key.name);
      CHECK_FALSE(key.name.starts_with("aws:"));
      REQUIRE(Known().FindConditionKey(key.name));
      CHECK(Known().FindConditionKey(key.name)->name == key.name);
    }
  }
  CHECK(Known().ConditionKeysOfService("s3").size() > 50);
  CHECK(Known().ConditionKeysOfService("nothing-of-the-kind").empty());
}

TEST_CASE("an endpoint service is found by its short and by its full name") {
  for (const std::string name :
       {"s3", "com.amazonaws.eu-west-1.s3", "COM.amazonaws.us-gov-west-1.S3",
        "cn.com.amazonaws.cn-north-1.s3"}) {
    CAPTURE(name);
    const std::optional<EndpointService> service = Known().FindEndpointService(name);
    REQUIRE(service);
    CHECK(service->name == "s3");
    CHECK(service->gateway);
    CHECK(service->interface);
    CHECK(service->policy_supported == std::optional(true));
    CHECK(Contains(Known().ServedPrefixes(*service), "s3"));
  }
  const std::optional<EndpointService> table = Known().FindEndpointService("dynamodb");
  REQUIRE(table);
  CHECK(table->gateway);
  CHECK(table->interface);
  const std::optional<EndpointService> api =
      Known().FindEndpointService("com.amazonaws.eu-west-1.ecr.api");
  REQUIRE(api);
  CHECK(api->name == "ecr.api");
  CHECK_FALSE(api->gateway);
  CHECK(api->interface);
  CHECK(Strings(Known().ServedPrefixes(*api)) == std::vector<std::string>{"ecr"});
  const std::optional<EndpointService> acm = Known().FindEndpointService("acm");
  REQUIRE(acm);
  CHECK(acm->policy_supported == std::optional(false));
  CHECK(Known().FindEndpointService("com.amazonaws.iam")->name == "iam");
}

TEST_CASE("an endpoint service carries the prefixes of its API, not always its own name") {
  struct Case {
    std::string endpoint;
    std::vector<std::string> prefixes;
  };
  for (const Case& c : std::vector<Case>{{"dynamodb-streams", {"dynamodb"}},
                                         {"ecr.dkr", {"ecr"}},
                                         {"monitoring", {"cloudwatch"}},
                                         {"kinesis-streams", {"kinesis"}},
                                         {"kinesis-firehose", {"firehose"}},
                                         {"sync-states", {"states"}},
                                         {"sagemaker.runtime", {"sagemaker"}},
                                         {"git-codecommit", {"codecommit"}},
                                         {"ssmmessages", {"ssmmessages"}},
                                         {"execute-api", {"execute-api"}},
                                         {"email-smtp", {}}}) {
    CAPTURE(c.endpoint);
    const std::optional<EndpointService> service = Known().FindEndpointService(c.endpoint);
    REQUIRE(service);
    CHECK(Strings(Known().ServedPrefixes(*service)) == c.prefixes);
  }
}

TEST_CASE("what is not an endpoint service of AWS is not found") {
  for (const std::string name :
       {"", "com.amazonaws.", "com.amazonaws.eu-west-1", "amazonaws.eu-west-1.s3",
        "com.example.eu-west-1.s3", "com.amazonaws.eu-west-1.x.s3",
        "com.amazonaws.vpce.us-east-1.vpce-svc-0abcdef1234567890"}) {
    CAPTURE(name);
    CHECK_FALSE(Known().FindEndpointService(name));
  }
}

TEST_CASE("resource control policies apply to the services on the list") {
  for (const std::string name : {"s3", "STS", "kms", "sqs", "secretsmanager", "dynamodb", "ecr"}) {
    CAPTURE(name);
    CHECK(Known().IsRcpCapable(name));
  }
  CHECK_FALSE(Known().IsRcpCapable("ec2"));
  CHECK_FALSE(Known().IsRcpCapable("nothing-of-the-kind"));
}

TEST_CASE("only some services send the endpoint owner's keys, and not all of them send every one") {
  CHECK(Known().SendsVpceKeys("s3"));
  CHECK(Known().SendsVpceKeys("KMS"));
  CHECK_FALSE(Known().SendsVpceKeys("ec2"));
  CHECK_FALSE(Known().SendsVpceKeys("sqs"));
  CHECK(Known().SendsEndpointKey("sqs", "aws:VpceOrgID"));
  CHECK_FALSE(Known().SendsEndpointKey("sqs", "aws:VpceAccount"));
  CHECK(Known().SendsEndpointKey("dynamodb", "aws:VpceOrgPaths"));
  CHECK_FALSE(Known().SendsEndpointKey("dynamodb", "aws:SourceVpcArn"));
  CHECK(Known().SendsEndpointKey("S3", "AWS:sourcevpcarn"));
  CHECK_FALSE(Known().SendsEndpointKey("s3", "aws:SourceVpc"));
}

// The bytes at the end of a page, with a page behind it that nobody may read: a read past the end
// ends the test at once, in every build.
class GuardedBytes {
 public:
  explicit GuardedBytes(std::string_view bytes) : page_(static_cast<std::size_t>(getpagesize())) {
    REQUIRE(bytes.size() <= page_);
    void* const pages =
        mmap(nullptr, 2 * page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(pages != MAP_FAILED);
    pages_ = static_cast<char*>(pages);
    REQUIRE(mprotect(pages_ + page_, page_, PROT_NONE) == 0);
    char* const begin = pages_ + page_ - bytes.size();
    std::copy(bytes.begin(), bytes.end(), begin);
    view_ = {begin, bytes.size()};
  }
  GuardedBytes(const GuardedBytes&) = delete;
  GuardedBytes& operator=(const GuardedBytes&) = delete;
  ~GuardedBytes() { munmap(pages_, 2 * page_); }

  std::string_view view() const { return view_; }

 private:
  std::size_t page_;
  char* pages_ = nullptr;
  std::string_view view_;
};

TEST_CASE("a catalogue from other bytes answers from those bytes") {
  const SmallCatalogue small;
  const std::optional<Catalogue> catalogue = Catalogue::Open(small.bytes());
  REQUIRE(catalogue);
  CHECK(catalogue->date() == "2026-01-02");
  CHECK(Strings(catalogue->Services()) == std::vector<std::string>{"s3"});
  CHECK(catalogue->HoldsActionsOf("s3"));
  CHECK(catalogue->IsRcpCapable("s3"));
  CHECK(catalogue->SendsEndpointKey("s3", "aws:SourceVpcArn"));
  CHECK(catalogue->FindAction("s3", "getobject")->name == "GetObject");
  CHECK(catalogue->ResourceTypesOf(*catalogue->FindAction("s3", "GetObject")).at(0).name ==
        "object");
  CHECK(catalogue->FindConditionKey("S3:tag/x")->name == "s3:Tag/");
  CHECK(catalogue->FindConditionKey("a.b:x")->name == "a.${Domain}:x");
  CHECK(catalogue->FindEndpointService("com.amazonaws.eu-west-1.s3")->policy_supported ==
        std::optional(true));
  const std::vector<NeededPermission> needed =
      catalogue->PermissionsOf(*catalogue->FindApi("S3"), "headobject");
  REQUIRE(needed.size() == 1);
  CHECK(needed[0].action == "s3:GetObject");
  CHECK(needed[0].when == AskedWhen::kWithoutVersion);
}

TEST_CASE("a catalogue with one byte changed is refused") {
  const SmallCatalogue small;
  for (std::size_t i = 0; i < small.bytes().size(); ++i) {
    for (const int mask : {0x01, 0x80, 0xff}) {
      std::string bytes = small.bytes();
      bytes[i] = static_cast<char>(bytes[i] ^ mask);
      CAPTURE(i);
      CHECK_FALSE(Catalogue::Open(bytes));
    }
  }
}

TEST_CASE("a catalogue that ends early or late is refused") {
  const SmallCatalogue small;
  for (std::size_t size = 0; size < small.bytes().size(); ++size) {
    CAPTURE(size);
    std::string bytes = small.bytes().substr(0, size);
    CHECK_FALSE(Catalogue::Open(bytes));
    if (size < format::kHeaderSize) continue;
    SmallCatalogue::Sign(bytes);
    CHECK_FALSE(Catalogue::Open(bytes));
  }
  const std::string longer = small.bytes() + "x";
  CHECK_FALSE(Catalogue::Open(longer));
}

// Opens the bytes as if they had been written this way; false if they are refused all the same.
bool AskSigned(std::string bytes) {
  SmallCatalogue::Sign(bytes);
  const GuardedBytes guarded(bytes);
  const std::optional<Catalogue> catalogue = Catalogue::Open(guarded.view());
  if (catalogue) CHECK(AskEverything(*catalogue) < 100'000);
  return catalogue.has_value();
}

TEST_CASE("no content of a catalogue makes a look-up leave its bytes") {
  const SmallCatalogue small;
  std::size_t opened = 0;
  for (std::size_t i = 0; i < small.bytes().size(); ++i) {
    for (const int mask : {0x01, 0x02, 0x04, 0x10, 0x40, 0x80, 0xff}) {
      std::string bytes = small.bytes();
      bytes[i] = static_cast<char>(bytes[i] ^ mask);
      opened += AskSigned(bytes) ? 1 : 0;
    }
    for (const char fill : {'\xff', '\x7f', '\0'}) {
      std::string bytes = small.bytes();
      bytes.replace(i, 4, std::min<std::size_t>(4, bytes.size() - i), fill);
      opened += AskSigned(bytes) ? 1 : 0;
    }
  }
  CHECK(opened > small.bytes().size());
}

}  // namespace
}  // namespace postern::policy
