#include "authz/diagnose/cloudtrail_event.h"

#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "policy/json_tree.h"
#include "tests/files.h"

namespace postern::authz {
namespace {

std::shared_ptr<const policy::Source> SourceOf(std::string text) {
  return std::make_shared<const policy::Source>("event.json", std::move(text));
}

std::vector<CloudTrailEvent> ReadAllEvents(std::string text, std::vector<EventProblem>& problems) {
  std::vector<CloudTrailEvent> events;
  const policy::JsonResult json = policy::ReadJson(SourceOf(std::move(text)));
  if (!json.tree) return events;
  ForEachCloudTrailRecord(
      *json.tree,
      [&](const policy::Node& record) {
        events.push_back(ReadCloudTrailEvent(record, policy::Catalogue::InUse()));
      },
      problems);
  return events;
}

// One record: `members` beside what every one of these has.
CloudTrailEvent Read(const std::string& members) {
  std::vector<EventProblem> problems;
  const auto events = ReadAllEvents(
      R"({"awsRegion": "eu-west-1", "recipientAccountId": "111122223333", )" + members + "}",
      problems);
  REQUIRE(problems.empty());
  REQUIRE(events.size() == 1);
  return events.front();
}

const EventKey* KeyOf(const CloudTrailEvent& event, std::string_view name) {
  for (const EventKey& key : event.keys) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

// The value of a key; "(absent)" if it is known not to be there, "(not told)" otherwise.
std::string ValueOf(const CloudTrailEvent& event, std::string_view name) {
  const EventKey* key = KeyOf(event, name);
  if (key == nullptr) return "(not told)";
  return key->values.empty() ? "(absent)" : key->values.front();
}

const std::string kGetObject = R"("eventSource": "s3.amazonaws.com", "eventName": "GetObject")";
const std::string kUser =
    R"("userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/mira",
       "accountId": "111122223333"})";

TEST_CASE("every kind of requester is read") {
  constexpr struct {
    const char* identity;
    RequesterKind kind;
    const char* who;
  } kRows[] = {
      {R"({"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/a/mira"})",
       RequesterKind::kArn, "arn:aws:iam::111122223333:user/a/mira"},
      {R"({"type": "Root", "arn": "arn:aws:iam::111122223333:root"})", RequesterKind::kArn,
       "arn:aws:iam::111122223333:root"},
      {R"({"type": "AssumedRole", "arn": "arn:aws:sts::111122223333:assumed-role/app/s"})",
       RequesterKind::kArn, "arn:aws:sts::111122223333:assumed-role/app/s"},
      {R"({"type": "Role", "arn": "arn:aws:iam::111122223333:role/app"})", RequesterKind::kArn,
       "arn:aws:iam::111122223333:role/app"},
      {R"({"type": "FederatedUser", "arn": "arn:aws:sts::111122223333:federated-user/f"})",
       RequesterKind::kArn, "arn:aws:sts::111122223333:federated-user/f"},
      {R"({"type": "AWSService", "invokedBy": "logs.amazonaws.com"})", RequesterKind::kService,
       "logs.amazonaws.com"},
      {R"({"type": "AWSService", "invokedBy": "AWS Internal"})", RequesterKind::kUnknown, ""},
      {R"({"type": "AWSAccount", "accountId": "444455556666", "principalId": "AIDAEXAMPLE"})",
       RequesterKind::kUnknown, ""},
      {R"({"type": "AWSAccount", "accountId": "ANONYMOUS_PRINCIPAL"})", RequesterKind::kAnonymous,
       ""},
      {R"({"type": "AWSAccount", "accountId": "anonymous", "principalId": "Anonymous"})",
       RequesterKind::kAnonymous, ""},
      {R"({"type": "WebIdentityUser", "identityProvider": "accounts.google.com"})",
       RequesterKind::kFederated, "accounts.google.com"},
      {R"({"type": "SAMLUser", "identityProvider": "bdGOnTesti4+u1+d/PeObd="})",
       RequesterKind::kUnknown, ""},
      {R"({"type": "IdentityCenterUser", "accountId": "111122223333"})", RequesterKind::kUnknown,
       ""},
      {R"({"type": "AssumedRole", "arn": "arn:aws:sts::1:assumed-role/*"})",
       RequesterKind::kUnknown, ""},
      {R"("nobody")", RequesterKind::kUnknown, ""},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.identity);
    const CloudTrailEvent event = Read(kGetObject + R"(, "userIdentity": )" + row.identity);
    const EventRequester& who = event.requester;
    CHECK(who.kind == row.kind);
    CHECK(who.arn + who.service + who.provider == row.who);
  }
}

TEST_CASE("a session's role is told by its issuer, and otherwise its path is not known") {
  const std::string head = kGetObject +
                           R"(, "userIdentity": {"type": "AssumedRole", "principalId": "AROAX:s",
      "arn": "arn:aws:sts::111122223333:assumed-role/app/s")";
  const CloudTrailEvent with = Read(
      head +
      R"(, "sessionContext": {"sessionIssuer": {"arn": "arn:aws:iam::111122223333:role/team/app"}}})");
  CHECK(with.requester.path == "/team/");
  CHECK(with.requester.unique_id == "AROAX");
  CHECK_FALSE(with.requester.path_unknown);
  CHECK(Read(head + "}").requester.path_unknown);
}

TEST_CASE("a SAML caller is named by the call's parameters") {
  const CloudTrailEvent event = Read(
      R"("eventSource": "sts.amazonaws.com", "eventName": "AssumeRoleWithSAML",
         "userIdentity": {"type": "SAMLUser", "identityProvider": "bdGOnTesti4="},
         "requestParameters": {"principalArn": "arn:aws:iam::111122223333:saml-provider/corp",
                               "roleArn": "arn:aws:iam::111122223333:role/app"})");
  CHECK(event.requester.kind == RequesterKind::kFederated);
  CHECK(event.requester.provider == "arn:aws:iam::111122223333:saml-provider/corp");
}

TEST_CASE("the claims of a web identity's token are condition keys") {
  const std::string provider = "arn:aws:iam::111122223333:oidc-provider/id.example.com/pool";
  const std::string head = R"("eventSource": "sts.amazonaws.com", "eventName":
      "AssumeRoleWithWebIdentity", "userIdentity": {"type": "WebIdentityUser", "userName": "repo:a:b",
      "identityProvider": ")" +
                           provider + R"(", "principalId": ")";
  const CloudTrailEvent event = Read(head + provider + R"(:sts.amazonaws.com:repo:a:b"})");
  CHECK(ValueOf(event, "id.example.com/pool:sub") == "repo:a:b");
  CHECK(ValueOf(event, "id.example.com/pool:aud") == "sts.amazonaws.com");
  const CloudTrailEvent other = Read(head + R"(something else"})");
  CHECK(ValueOf(other, "id.example.com/pool:sub") == "repo:a:b");
  CHECK(ValueOf(other, "id.example.com/pool:aud") == "(not told)");
}

TEST_CASE("what credentials bring is told of temporary ones, and absent of lasting ones") {
  const CloudTrailEvent lasting =
      Read(kGetObject + R"(, "userIdentity": {"type": "IAMUser", "accessKeyId": "AKIAEXAMPLE",
           "arn": "arn:aws:iam::111122223333:user/mira"})");
  CHECK(ValueOf(lasting, "aws:MultiFactorAuthPresent") == "(absent)");
  CHECK(ValueOf(lasting, "aws:TokenIssueTime") == "(absent)");
  const std::string session =
      kGetObject + R"(, "userIdentity": {"type": "IAMUser", "accessKeyId": "ASIAEXAMPLE",
           "arn": "arn:aws:iam::111122223333:user/mira",
           "sessionContext": {"attributes": {"creationDate": "2026-03-02T08:40:11Z",
                                             "mfaAuthenticated": ")";
  const CloudTrailEvent with_mfa = Read(session + R"(true"}}})");
  CHECK(ValueOf(with_mfa, "aws:MultiFactorAuthPresent") == "true");
  CHECK(ValueOf(with_mfa, "aws:MultiFactorAuthAge") == "(not told)");
  CHECK(ValueOf(with_mfa, "aws:TokenIssueTime") == "2026-03-02T08:40:11Z");
  const CloudTrailEvent without = Read(session + R"(false"}}})");
  CHECK(ValueOf(without, "aws:MultiFactorAuthPresent") == "false");
  CHECK(ValueOf(without, "aws:MultiFactorAuthAge") == "(absent)");
}

// S6.4.
TEST_CASE("the way of a request is told by endpoint, address and service") {
  constexpr struct {
    const char* members;
    EventWay way;
    const char* source_ip;
    const char* vpc_source_ip;
  } kRows[] = {
      {R"("sourceIPAddress": "10.0.0.1", "vpcEndpointId": "vpce-1")", EventWay::kEndpoint,
       "(not told)", "10.0.0.1"},
      // A VPC may have public ranges.
      {R"("sourceIPAddress": "203.0.113.7", "vpcEndpointId": "vpce-1")", EventWay::kEndpoint,
       "(not told)", "203.0.113.7"},
      {R"("sourceIPAddress": "203.0.113.7")", EventWay::kNoEndpoint, "203.0.113.7", "(not told)"},
      {R"("sourceIPAddress": "2001:db8::7")", EventWay::kNoEndpoint, "2001:db8::7", "(not told)"},
      {R"("sourceIPAddress": "10.0.0.1")", EventWay::kUnknown, "(not told)", "(not told)"},
      {R"("sourceIPAddress": "fd00::1")", EventWay::kUnknown, "(not told)", "(not told)"},
      {R"("sourceIPAddress": "AWS Internal")", EventWay::kUnknown, "(not told)", "(not told)"},
      {R"("sourceIPAddress": "010.8.8.8")", EventWay::kUnknown, "(not told)", "(not told)"},
      {R"("sourceIPAddress": 7)", EventWay::kUnknown, "(not told)", "(not told)"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.members);
    const CloudTrailEvent event = Read(kGetObject + ", " + kUser + ", " + row.members);
    CHECK(event.way == row.way);
    CHECK(ValueOf(event, "aws:SourceIp") == row.source_ip);
    CHECK(ValueOf(event, "aws:VpcSourceIp") == row.vpc_source_ip);
  }
  const CloudTrailEvent forwarded =
      Read(kGetObject + R"(, "sourceIPAddress": "athena.amazonaws.com", "vpcEndpointId": "vpce-1",
      "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/mira",
                       "invokedBy": "athena.amazonaws.com"})");
  CHECK(forwarded.forwarded_by == "athena.amazonaws.com");
  CHECK(forwarded.vpc_endpoint.empty());
}

TEST_CASE("what the record tells of the request becomes condition keys") {
  const CloudTrailEvent event =
      Read(kGetObject + ", " + kUser +
           R"(, "eventTime": "2026-03-02T09:00:00Z", "userAgent": "[curl/8.0]",
         "tlsDetails": {"tlsVersion": "TLSv1.3"}, "additionalEventData": {"AuthenticationMethod": "QueryString"},
         "requestParameters": {"bucketName": "b", "key": "k", "versionId": "v1"})");
  CHECK(ValueOf(event, "aws:CurrentTime") == "2026-03-02T09:00:00Z");
  CHECK(ValueOf(event, "aws:UserAgent") == "curl/8.0");
  CHECK(ValueOf(event, "aws:SecureTransport") == "true");
  CHECK(ValueOf(event, "aws:RequestedRegion") == "eu-west-1");
  CHECK(ValueOf(event, "s3:VersionId") == "v1");
  CHECK(ValueOf(event, "s3:authType") == "REST-QUERY-STRING");
  CHECK(ValueOf(event, "s3:TlsVersion") == "1.3");
  const CloudTrailEvent silent = Read(kGetObject + R"(, "userAgent": "s3.amazonaws.com")");
  CHECK(ValueOf(silent, "aws:UserAgent") == "(not told)");
  CHECK(silent.unknown_keys == std::vector<std::string>{"aws:SecureTransport"});
}

// S7.14.
TEST_CASE("the call and its resource are read in every service's words") {
  const struct {
    std::string source;
    std::string name;
    std::string parameters;
    std::string action;
    std::string resource;
  } rows[] = {
      {"s3", "ListBuckets", "null", "s3:ListAllMyBuckets", "*"},
      {"s3", "HeadObject", R"({"bucketName": "b", "key": "a/k"})", "s3:GetObject",
       "arn:aws:s3:::b/a/k"},
      {"s3", "GetObject", R"({"bucketName": "b", "key": "k", "versionId": "1"})",
       "s3:GetObjectVersion", "arn:aws:s3:::b/k"},
      {"s3", "ListObjects", R"({"bucketName": "b", "prefix": "x"})", "s3:ListBucket",
       "arn:aws:s3:::b"},
      {"s3", "GetBucketPublicAccessBlock", R"({"bucketName": "b"})",
       "s3:GetBucketPublicAccessBlock", "arn:aws:s3:::b"},
      {"s3", "DeleteObjects", R"({"bucketName": "b"})", "s3:DeleteObject", ""},
      {"s3", "GetObject", R"({"bucketName": "b-abcdef-s3alias", "key": "k"})", "s3:GetObject", ""},
      {"s3", "GetObject",
       R"({"bucketName": "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap", "key": "k"})",
       "s3:GetObject", "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k"},
      {"lambda", "ListFunctions20150331", "null", "lambda:ListFunctions", "*"},
      {"lambda", "GetFunction20150331v2", R"({"functionName": "f"})", "lambda:GetFunction",
       "arn:aws:lambda:eu-west-1:111122223333:function:f"},
      {"lambda", "Invoke",
       R"({"functionName": "arn:aws:lambda:eu-west-1:444455556666:function:f"})",
       "lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:444455556666:function:f"},
      {"sqs", "SendMessage",
       R"({"queueUrl": "https://sqs.eu-west-1.amazonaws.com/444455556666/jobs"})",
       "sqs:SendMessage", "arn:aws:sqs:eu-west-1:444455556666:jobs"},
      {"dynamodb", "Query", R"({"tableName": "t"})", "dynamodb:Query",
       "arn:aws:dynamodb:eu-west-1:111122223333:table/t"},
      {"dynamodb", "Query", R"({"tableName": "t", "indexName": "i"})", "dynamodb:Query",
       "arn:aws:dynamodb:eu-west-1:111122223333:table/t/index/i"},
      {"kms", "Encrypt", R"({"keyId": "alias/a"})", "kms:Encrypt", ""},
      {"secretsmanager", "GetSecretValue", R"({"secretId": "db"})", "secretsmanager:GetSecretValue",
       ""},
      {"ssm", "GetParameter", R"({"name": "/a/b"})", "ssm:GetParameter",
       "arn:aws:ssm:eu-west-1:111122223333:parameter/a/b"},
      {"ecr", "BatchGetImage", R"({"registryId": "444455556666", "repositoryName": "a/b"})",
       "ecr:BatchGetImage", "arn:aws:ecr:eu-west-1:444455556666:repository/a/b"},
      {"logs", "PutLogEvents", R"({"logGroupName": "g", "logStreamName": "s"})",
       "logs:PutLogEvents", "arn:aws:logs:eu-west-1:111122223333:log-group:g:log-stream:s"},
      {"sns", "Publish", R"({"topicArn": "arn:aws:sns:eu-west-1:111122223333:t"})", "sns:Publish",
       "arn:aws:sns:eu-west-1:111122223333:t"},
      {"iam", "GetRole", R"({"roleName": "app"})", "iam:GetRole", ""},
      {"ec2", "StopInstances", R"({"instancesSet": {"items": [{"instanceId": "i-1"}]}})",
       "ec2:StopInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1"},
      {"ec2", "StopInstances",
       R"({"instancesSet": {"items": [{"instanceId": "i-1"}, {"instanceId": "i-2"}]}})",
       "ec2:StopInstances", ""},
      {"monitoring", "PutMetricData", "null", "cloudwatch:PutMetricData", ""},
      {"streams.dynamodb", "GetRecords", "null", "dynamodb:GetRecords", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.source);
    CAPTURE(row.name);
    CAPTURE(row.parameters);
    const CloudTrailEvent event = Read(
        std::string(R"("eventSource": ")") + row.source + R"(.amazonaws.com", "eventName": ")" +
        row.name + R"(", "requestParameters": )" + row.parameters + ", " + kUser);
    REQUIRE(event.calls.size() == 1);
    CHECK(event.calls.front().action == row.action);
    CHECK(event.calls.front().resource == row.resource);
  }
}

TEST_CASE("a copy reads one object and writes another") {
  const CloudTrailEvent event = Read(
      R"("eventSource": "s3.amazonaws.com", "eventName": "CopyObject", "requestParameters":
         {"bucketName": "to", "key": "k", "x-amz-copy-source": "/from/a/k?versionId=1"}, )" +
      kUser);
  REQUIRE(event.calls.size() == 2);
  std::vector<std::string> pairs;
  for (const Call& call : event.calls) pairs.push_back(call.action + " " + call.resource);
  std::sort(pairs.begin(), pairs.end());
  CHECK(pairs == std::vector<std::string>{"s3:GetObject arn:aws:s3:::from/a/k",
                                          "s3:PutObject arn:aws:s3:::to/k"});
}

TEST_CASE("the resources of the record come before the parameters, if they fit the action") {
  const std::string head =
      R"("eventSource": "s3.amazonaws.com", "requestParameters": {"bucketName": "b", "key": "k"},
      "resources": [{"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::b/k"},
                    {"type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::b", "accountId": "444455556666"}], )" +
      kUser;
  const CloudTrailEvent object = Read(head + R"(, "eventName": "GetObject")");
  CHECK(object.calls.front().resource == "arn:aws:s3:::b/k");
  CHECK(object.resource_account == "444455556666");
  const CloudTrailEvent bucket = Read(head + R"(, "eventName": "GetBucketAcl")");
  CHECK(bucket.calls.front().resource == "arn:aws:s3:::b");
  CHECK(bucket.resource_account == "444455556666");
}

TEST_CASE("the error tells which permission lacks, and by which layer") {
  const CloudTrailEvent event = Read(
      R"("eventSource": "s3.amazonaws.com", "eventName": "CopyObject", "errorCode": "AccessDenied",
         "errorMessage": "User: arn:aws:iam::111122223333:user/mira is not authorized to perform: s3:PutObjectTagging on resource: \"arn:aws:s3:::to/k\" because no VPC endpoint policy allows the s3:PutObjectTagging action", )" +
      kUser);
  CHECK(event.result == EventResult::kRefused);
  CHECK(event.message.layer == Layer::kEndpoint);
  CHECK(event.message.denial == Denial::kImplicit);
  REQUIRE(event.calls.size() == 1);
  CHECK(event.calls.front().action == "s3:PutObjectTagging");
  CHECK(event.calls.front().resource == "arn:aws:s3:::to/k");
  const CloudTrailEvent network = Read(kGetObject + R"(, "errorCode": "VpceAccessDenied",
        "errorMessage": "The request was denied due to a VPC endpoint policy")");
  CHECK(network.result == EventResult::kRefused);
  CHECK(network.message.layer == Layer::kEndpoint);
  CHECK(network.message.note.find("any layer") == std::string::npos);
}

TEST_CASE("what is no authorization failure is told apart") {
  constexpr std::pair<const char*, EventResult> kRows[] = {
      {"", EventResult::kNoError},
      {R"(, "errorCode": null)", EventResult::kNoError},
      {R"(, "errorCode": "NoSuchBucket", "errorMessage": "x")", EventResult::kOtherError},
      {R"(, "errorCode": "ThrottlingException", "errorMessage": "Rate exceeded")",
       EventResult::kOtherError},
      {R"(, "errorCode": "Client.DryRunOperation", "errorMessage": "Request would have succeeded")",
       EventResult::kNoError},
      {R"(, "errorCode": "Client.UnauthorizedOperation", "errorMessage": "x")",
       EventResult::kRefused},
  };
  for (const auto& row : kRows) {
    const char* const members = row.first;
    CAPTURE(members);
    CHECK(Read(kGetObject + members).result == row.second);
  }
}

TEST_CASE("records are found in everything that carries them") {
  const std::string record = "{" + kGetObject + "}";
  const std::string quoted =
      R"({\"eventSource\": \"s3.amazonaws.com\", \"eventName\": \"GetObject\"})";
  const std::pair<std::string, std::size_t> rows[] = {
      {record, 1},
      {"[" + record + ", " + record + "]", 2},
      {R"({"Records": [)" + record + ", " + record + "]}", 2},
      {R"({"version": "0", "detail-type": "AWS VPCE Event via CloudTrail", "detail": )" + record +
           "}",
       1},
      {R"({"Events": [{"EventId": "1", "CloudTrailEvent": ")" + quoted + R"("}]})", 1},
  };
  for (const auto& row : rows) {
    const std::string& text = row.first;
    CAPTURE(text);
    std::vector<EventProblem> problems;
    CHECK(ReadAllEvents(text, problems).size() == row.second);
    CHECK(problems.empty());
  }
  for (const char* text :
       {"{}", "7", R"({"detail": {"detail": {"detail": {"detail": {"detail": {"detail": {}}}}}}})",
        R"({"Records": [7]})", R"([[[[[[[]]]]]]])", R"({"CloudTrailEvent": "{"})"}) {
    CAPTURE(text);
    std::vector<EventProblem> problems;
    CHECK(ReadAllEvents(text, problems).empty());
    CHECK(problems.size() == 1);
  }
}

TEST_CASE("events with any bytes changed are read all the same") {
  std::mt19937 random(20260302);
  std::size_t read = 0;
  for (const auto& path :
       testing::FilesBelow(testing::SourceDir() / "corpus/events", {"event.json"})) {
    const std::string text = testing::ReadAll(path);
    for (int round = 0; round < 150; ++round) {
      std::string changed = text;
      for (unsigned i = 0; i <= random() % 4; ++i) {
        const std::size_t at = random() % changed.size();
        switch (random() % 4) {
          case 0:
            changed[at] = static_cast<char>(random() % 256);
            break;
          case 1:
            changed.erase(at, random() % 40);
            break;
          case 2:
            changed.insert(at, changed.substr(random() % changed.size(), random() % 40));
            break;
          default:
            changed[at] = "\"{}[]:,*?/0"[random() % 11];
        }
      }
      std::vector<EventProblem> problems;
      read += ReadAllEvents(std::move(changed), problems).size();
    }
  }
  CHECK(read > 500);
}

}  // namespace
}  // namespace postern::authz
