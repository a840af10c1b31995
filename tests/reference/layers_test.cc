#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/reference/ask.h"

// What the scenarios of S11 leave out. In the texts ' stands for ".
namespace postern::reference {
namespace {

std::string Quote(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  return text;
}

// One case of the form {"policies": {...}, ...}.
struct Question {
  std::string what;
  std::string policies;
  std::string request;
  std::string answer;
};

void Check(const Question& question, const std::string& rest = "") {
  CAPTURE(question.what);
  CHECK(Ask(Quote("{'policies':{" + question.policies + "}," + rest + "'request':{" +
                  question.request + "}}")) == question.answer);
}

// A policy of one statement; `rest` follows the effect.
std::string Allow(const std::string& rest) {
  return "{'Version':'2012-10-17','Statement':{'Effect':'Allow'," + rest + "}}";
}
std::string Deny(const std::string& rest) {
  return "{'Version':'2012-10-17','Statement':{'Effect':'Deny'," + rest + "}}";
}

const std::string kAlice = "'principal':'arn:aws:iam::111122223333:user/alice',";
const std::string kGet = "'action':'s3:GetObject','resource':'arn:aws:s3:::b/k',";
const std::string kOwn = "'resource_account':'111122223333'";
const std::string kForeign = "'resource_account':'444455556666'";
const std::string kAll = "'Action':'*','Resource':'*'";
const std::string kEverybody = "'Principal':'*','Action':'*','Resource':'*'";
const std::string kIdentity = "'identity':" + Allow(kAll);

TEST_CASE("a resource account that is not given is judged both ways") {
  const std::string named = "'resource':" + Allow("'Principal':{'AWS':'111122223333'}," + kAll);
  Check(
      {"one account: allowed, another: not", kIdentity, kAlice + kGet + "'context':{}", "unknown"});
  Check({"allowed either way", kIdentity + "," + named, kAlice + kGet + "'context':{}",
         "allow by identity"});
  Check({"denied either way", kIdentity + ",'resource':" + Deny(kEverybody),
         kAlice + kGet + "'context':{}", "explicit-deny by resource"});
  Check({"the key tells", kIdentity,
         kAlice + kGet +
             "'context':{'aws:ResourceAccount':"
             "'111122223333'}",
         "allow by identity"});
}

TEST_CASE("layers that are unknown make the verdict unknown only where they decide") {
  Check({"identity", "'identity':'unknown'", kAlice + kGet + kOwn, "unknown"});
  Check({"a deny elsewhere", "'identity':'unknown','resource':" + Deny(kEverybody),
         kAlice + kGet + kOwn, "explicit-deny by resource"});
  Check({"a control policy", kIdentity + ",'scps':'unknown'", kAlice + kGet + kOwn, "unknown"});
  Check({"no control policy for a service", "'scps':'unknown','resource':" + Allow(kEverybody),
         "'principal':'sns.amazonaws.com'," + kGet + kOwn, "allow by resource"});
  Check({"the endpoint", kIdentity + ",'endpoint':'unknown'", kAlice + kGet + kOwn, "unknown"});
  Check({"an unknown caller whom a deny means too", "'resource':" + Deny(kEverybody),
         "'principal':{'unknown':true}," + kGet + kOwn, "explicit-deny by resource"});
  Check({"an unknown caller", "'resource':" + Allow(kEverybody),
         "'principal':{'unknown':true}," + kGet + kForeign, "unknown"});
  Check({"an unknown caller with everything", kIdentity + ",'resource':" + Allow(kEverybody),
         "'principal':{'unknown':true}," + kGet + "'resource_account':'own'", "allow by resource"});
  Check({"an unknown resource", "'identity':" + Allow("'Action':'*','Resource':'arn:aws:s3:::b/*'"),
         kAlice + "'action':'s3:GetObject','resource':{'unknown':true}," + kOwn, "unknown"});
}

TEST_CASE("an unknown key decides nothing that holds for each of its values") {
  const std::string condition = ",'Condition':{'StringEquals':{'aws:SourceVpce':'vpce-1'}}";
  const std::string unknown = ",'unknown':['AWS:sourcevpce']";
  Check({"an allow that may match", "'identity':" + Allow(kAll + condition),
         kAlice + kGet + kOwn + unknown, "unknown"});
  Check({"a deny that may match", kIdentity + ",'resource':" + Deny(kEverybody + condition),
         kAlice + kGet + kOwn + unknown, "unknown"});
  Check({"beside a sure allow", "'identity':[" + Allow(kAll + condition) + "," + Allow(kAll) + "]",
         kAlice + kGet + kOwn + unknown, "allow by identity"});
}

TEST_CASE("denies come before gaps, in the order of S8.3") {
  Check({"several denies",
         kIdentity + ",'scps':[[" + Deny(kAll) + "]],'resource':" + Deny(kEverybody) +
             ",'endpoint':" + Deny(kEverybody),
         kAlice + kGet + kOwn, "explicit-deny by scp endpoint resource"});
  Check({"several gaps",
         "'scps':[[]],'boundary':" + Allow("'Action':'ec2:*','Resource':'*'") +
             ",'endpoint':" + Deny("'Principal':'*','Action':'ec2:*','Resource':'*'"),
         kAlice + kGet + kOwn, "implicit-deny by scp endpoint boundary identity"});
  Check({"both sides of two accounts", "'identity':[]", kAlice + kGet + kForeign,
         "implicit-deny by identity resource"});
}

TEST_CASE("control policies limit members, and not the management account") {
  const std::string organization =
      "'organization':{'id':'o-acme','management_account':'999900001111','accounts':"
      "{'111122223333':'o-acme/r-1/'}},";
  const std::string policies = kIdentity + ",'scps':[[" + Deny(kAll) + "]]";
  const std::string topic = "'action':'sns:Publish','resource':'arn:aws:sns:eu-west-1:";
  Check({"a member", policies, kAlice + topic + "111122223333:t'", "explicit-deny by scp"},
        organization);
  Check({"the management account", policies,
         "'principal':'arn:aws:iam::999900001111:user/a'," + topic + "999900001111:t'",
         "allow by identity"},
        organization);
  Check({"a stranger", policies,
         "'principal':'arn:aws:iam::444455556666:user/a'," + topic + "444455556666:t'",
         "allow by identity"},
        organization);
  Check({"root", policies,
         "'principal':'arn:aws:iam::111122223333:root'," + topic + "111122223333:t'",
         "explicit-deny by scp"},
        organization);
  Check({"a service-linked role", policies,
         "'principal':{'arn':'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s',"
         "'path':'/aws-service-role/x.amazonaws.com/'}," +
             topic + "111122223333:t'",
         "allow by identity"},
        organization);
  const std::string rcps = kIdentity + ",'rcps':[[" + Deny(kEverybody) + "]]";
  Check({"a service without resource control policies", rcps,
         kAlice + "'action':'ec2:RunInstances','resource':"
                  "'arn:aws:ec2:eu-west-1:111122223333:instance/i'",
         "allow by identity"},
        organization);
  Check({"a service with them", rcps,
         kAlice + "'action':'sqs:SendMessage','resource':'arn:aws:sqs:eu-west-1:111122223333:q'",
         "explicit-deny by rcp"},
        organization);
}

TEST_CASE("sts:GetCallerIdentity is stopped by the endpoint policy alone") {
  const std::string request = kAlice + "'action':'sts:GetCallerIdentity','resource':'*'";
  Check({"nothing given", "'identity':[]", request, "allow"});
  Check({"denied by identity", "'identity':" + Deny(kAll), request, "allow"});
  Check({"denied by the endpoint", "'endpoint':" + Deny(kEverybody), request,
         "explicit-deny by endpoint"});
  Check({"an ARN in the endpoint policy",
         "'endpoint':" + Allow("'Principal':'*','Action':'*','Resource':'arn:aws:sts:::*'"),
         request, "implicit-deny by endpoint"});
}

TEST_CASE("an endpoint that the call does not take is not asked") {
  const std::string policies =
      kIdentity + ",'endpoint':{'policy':" + Deny(kEverybody) +
      ",'type':'interface','service':'com.amazonaws.eu-west-1.sqs','id':'vpce-1'}";
  const std::string here = "'arn:aws:sqs:eu-west-1:111122223333:q'";
  const std::string there = "'arn:aws:sqs:us-east-1:111122223333:q'";
  const std::string send = kAlice + "'action':'sqs:SendMessage','resource':";
  Check({"its Region", policies, send + here, "explicit-deny by endpoint"});
  Check({"another Region", policies, send + there, "allow by identity"});
  Check({"forwarded by a service", policies, send + here + ",'forwarded_by':'sns.amazonaws.com'",
         "allow by identity"});
  Check({"a service without endpoint policies",
         kIdentity + ",'endpoint':{'policy':" + Deny(kEverybody) + ",'service':'acm'}",
         kAlice + "'action':'acm:ListCertificates'", "allow by identity"});
}

TEST_CASE("an access point and its bucket must both let through") {
  const std::string request = kAlice +
                              "'action':'s3:GetObject','resource':"
                              "'arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k',"
                              "'bucket_resource':'arn:aws:s3:::b/k'";
  const std::string point = "'arn':'arn:aws:s3:eu-west-1:111122223333:accesspoint/ap'";
  const std::string ap_arns = "'arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/*'";
  Check(
      {"one account", kIdentity + ",'access_point':{" + point + "}", request, "allow by identity"});
  Check({"not described", kIdentity, request, "allow by identity"});
  Check({"identity names the bucket only",
         "'identity':" + Allow("'Action':'*','Resource':'arn:aws:s3:::b/*'"), request,
         "implicit-deny by identity"});
  Check({"the endpoint names the access point only",
         kIdentity + ",'endpoint':" + Allow("'Principal':'*','Action':'*','Resource':" + ap_arns),
         request, "implicit-deny by endpoint"});
  Check({"the endpoint names both",
         kIdentity + ",'endpoint':" +
             Allow("'Principal':'*','Action':'*','Resource':[" + ap_arns + ",'arn:aws:s3:::b/*']"),
         request, "allow by identity"});
  Check({"denied by the access point",
         kIdentity + ",'access_point':{" + point + ",'policy':" + Deny(kEverybody) + "}", request,
         "explicit-deny by access-point"});
  Check({"a bucket of another account", kIdentity, request + "," + kForeign,
         "implicit-deny by resource"});
  Check({"a bucket of another account that trusts the access point",
         kIdentity + ",'resource':" +
             Allow(kEverybody + ",'Condition':{'StringEquals':{'s3:DataAccessPointAccount':"
                                "'111122223333'}}"),
         request + "," + kForeign, "allow by identity resource"});
  Check({"the right VPC",
         kIdentity + ",'access_point':{" + point + ",'network_origin':'VPC','vpc':'vpc-1'}",
         request + ",'context':{'aws:SourceVpc':'vpc-1'}", "allow by identity"});
  Check({"no VPC",
         kIdentity + ",'access_point':{" + point + ",'network_origin':'VPC','vpc':'vpc-1'}",
         request, "explicit-deny by access-point"});
  Check({"a VPC that is not given",
         kIdentity + ",'access_point':{" + point + ",'network_origin':'VPC'}",
         request + ",'context':{'aws:SourceVpc':'vpc-1'}", "unknown"});
}

TEST_CASE("the public test of S7.11 looks at principals and fixed conditions") {
  const auto question = [](const std::string& rest, const char* answer) {
    return Question{
        answer, kIdentity + ",'block_public_access':true,'resource':" + Allow(rest),
        kAlice + kGet + kForeign + ",'context':{'aws:SourceVpc':'vpc-1','aws:SourceVpce':'vpce-1'}",
        answer};
  };
  const char* refused = "explicit-deny by block-public-access";
  const char* allowed = "allow by identity resource";
  const auto when = [](const std::string& condition) {
    return kEverybody + ",'Condition':{" + condition + "}";
  };
  Check(question("'Principal':{'AWS':'111122223333'}," + kAll, allowed));
  Check(question(kEverybody, refused));
  Check(question(when("'StringLike':{'aws:SourceVpc':'vpc-*'}"), refused));
  Check(question(when("'StringEquals':{'aws:SourceVpc':'vpc-1'}"), allowed));
  Check(question(when("'StringEqualsIfExists':{'aws:SourceVpc':'vpc-1'}"), refused));
  Check(question(when("'StringNotEquals':{'aws:SourceVpc':'vpc-2'}"), refused));
  Check(question(when("'StringLike':{'aws:PrincipalArn':'arn:aws:iam::111122223333:user/*'}"),
                 allowed));
}

TEST_CASE("a private API needs its resource policy") {
  const std::string request = kAlice +
                              "'action':'execute-api:Invoke','resource':"
                              "'arn:aws:execute-api:eu-west-1:111122223333:abc/prod/GET/pets'";
  const std::string policy =
      "'resource':" + Allow("'Principal':'*','Action':'*','Resource':'execute-api:/*'");
  Check({"none, past the endpoint", kIdentity, request, "allow by identity"});
  Check({"none, through the endpoint", kIdentity + ",'endpoint':'default'", request,
         "implicit-deny by resource"});
  Check({"one", kIdentity + ",'endpoint':'default'," + policy, request,
         "allow by identity resource"});
}

TEST_CASE("another account cannot touch a bucket's policy") {
  const std::string request = kAlice + "'action':'s3:GetBucketPolicy','resource':'arn:aws:s3:::b',";
  const std::string policies = kIdentity + ",'resource':" + Allow(kEverybody);
  Check({"its own", policies, request + kOwn, "allow by identity resource"});
  Check({"another's", policies, request + kForeign, "implicit-deny by resource"});
}

TEST_CASE("a case can ask about some layers only") {
  const std::string layers = "'layers':['endpoint'],";
  Check({"let through", "'endpoint':" + Allow(kEverybody), kAlice + kGet + kForeign, "allow"},
        layers);
  Check(
      {"not let through", "'endpoint':" + Allow("'Principal':'*','Action':'ec2:*','Resource':'*'"),
       kAlice + kGet + kForeign, "implicit-deny by endpoint"},
      layers);
}

TEST_CASE("what S1.13 and S6.4.5 refuse is an error") {
  const auto refused = [](const std::string& policies, const std::string& request) {
    CAPTURE(policies);
    CAPTURE(request);
    const std::string answer =
        Ask(Quote("{'policies':{" + policies + "},'request':{" + request + "}}"));
    CHECK(answer.substr(0, 6) == "error:");
  };
  const std::string request = kAlice + kGet + kOwn;
  const auto statement = [](const std::string& inside) {
    return "'identity':{'Version':'2012-10-17','Statement':{" + inside + "}}";
  };
  refused(statement("'Effect':'Allow','Effect':'Deny'," + kAll), request);
  refused(statement("'Effect':'allow'," + kAll), request);
  refused(statement("'Effect':'Allow','Action':'*'"), request);
  refused(statement("'Effect':'Allow','NotAction':'*'," + kAll), request);
  refused(statement("'Effect':'Allow','NotAction':[],'Resource':'*'"), request);
  refused(statement("'Effect':'Allow','Principal':'*'," + kAll), request);
  refused(statement("'Effect':'Allow','action':'*','Resource':'*'"), request);
  refused(statement("'Effect':'Allow','Sid':null," + kAll), request);
  refused(statement("'Effect':'Allow','Condition':{'StringEquals':{'aws:SourceVpce':'a',"
                    "'AWS:sourcevpce':'b'}}," +
                    kAll),
          request);
  refused("'identity':{'Version':'2012-10-18','Statement':[]}", request);
  refused("'identity':{'Version':'2012-10-17','Statement':[],'Comment':'x'}", request);
  refused("'endpoint':" + Allow(kAll), request);
  refused("'endpoint':" + Allow("'Principal':'arn:aws:iam::111122223333:root'," + kAll), request);
  refused("'endpoint':" + Allow("'Principal':{'Group':'x'}," + kAll), request);
  refused("'endpoint':[" + Allow(kEverybody) + "]", request);
  refused("'endpoint':" + Deny("'NotPrincipal':{},'Action':'*','Resource':'*'"), request);

  const auto context = [&request](const std::string& inside) {
    return request + ",'context':{" + inside + "}";
  };
  refused("", context("'aws:PrincipalAccount':'444455556666'"));
  refused("", context("'aws:username':'bob'"));
  refused("", context("'aws:ResourceAccount':'444455556666'"));
  refused("", context("'aws:SourceIp':'203.0.113.1','aws:SourceVpce':'vpce-1'"));
  refused("'endpoint':'default'", context("'aws:SourceIp':'203.0.113.1'"));
  refused("", context("'aws:SourceVpce':['vpce-1','vpce-2']"));
  refused("", context("'aws:RequestTag/a':'1','aws:RequestTag/A':'2'"));
}

}  // namespace
}  // namespace postern::reference
