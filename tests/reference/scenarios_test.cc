#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/reference/ask.h"

// The scenarios of semantics S11, by their numbers. In the texts ' stands for ", and $NAME for a
// text of the table below.
namespace postern::reference {
namespace {

const std::vector<std::pair<std::string, std::string>>& Words() {
  static const std::vector<std::pair<std::string, std::string>> kWords = {
      {"$ORG_ONLY",
       "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Principal':'*','Action':'*',"
       "'Resource':'*','Condition':{'StringEquals':{'aws:PrincipalOrgID':'o-acme',"
       "'aws:ResourceOrgID':'o-acme'}}}]}"},
      {"$GET_B",
       "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':"
       "'arn:aws:s3:::b/*'}]}"},
      {"$PUBLIC_READ",
       "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':"
       "'arn:aws:s3:::b/*'}]}"},
      {"$DENY_ELSEWHERE_IF_EXISTS",
       "{'Statement':[{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':["
       "'arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringNotEqualsIfExists':"
       "{'aws:SourceVpce':'vpce-0aaaaaaaaaaaaaaa1'}}}]}"},
      {"$DENY_ELSEWHERE",
       "{'Statement':[{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':["
       "'arn:aws:s3:::b','arn:aws:s3:::b/*'],'Condition':{'StringNotEquals':"
       "{'aws:SourceVpce':'vpce-0aaaaaaaaaaaaaaa1'}}}]}"},
      {"$RCP",
       "[[{'Version':'2012-10-17','Statement':[{'Effect':'Deny','Principal':'*','Action':'s3:*',"
       "'Resource':'*','Condition':{'StringNotEqualsIfExists':{'aws:PrincipalOrgID':'o-acme'},"
       "'BoolIfExists':{'aws:PrincipalIsAWSService':'false'}}}]}]]"},
      {"$SCPS",
       "[[{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'*','Resource':'*'}]}],"
       "[{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'ec2:*','Resource':"
       "'*'}]}]]"},
      {"$ALLOW_ALL_S3",
       "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'s3:*','Resource':'*'}]}"},
      {"$ALLOW_EC2",
       "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'ec2:*','Resource':'*'}]}"},
      {"$GATEWAY",
       "'type':'gateway','service':'s3','region':'eu-west-1','id':'vpce-0aaaaaaaaaaaaaaa1','vpc':"
       "'vpc-0bbbbbbbbbbbbbbbb1','account':'111122223333'"},
      {"$ORGANIZATION",
       "'organization':{'id':'o-acme','management_account':'999900001111','accounts':"
       "{'111122223333':'o-acme/r-1/ou-1/'}}"},
      {"$ALICE", "'arn:aws:iam::111122223333:user/alice'"},
      {"$MALLORY", "{'arn':'arn:aws:iam::444455556666:user/mallory','org_id':'o-evil'}"},
      {"$SESSION", "'arn:aws:sts::111122223333:assumed-role/r/s'"},
      {"$ROOT", "'arn:aws:iam::111122223333:root'"},
      {"$TRAIL", "'cloudtrail.amazonaws.com'"},
      {"$GET", "'action':'s3:GetObject','resource':'arn:aws:s3:::b/k'"},
      {"$OWN", "'resource_account':'111122223333'"},
      {"$FOREIGN", "'resource_account':'444455556666'"},
  };
  return kWords;
}

std::string Spell(std::string text) {
  for (const auto& [word, meaning] : Words()) {
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word)) {
      text.replace(at, word.size(), meaning);
    }
  }
  std::replace(text.begin(), text.end(), '\'', '"');
  return text;
}

// `policies` and `request` are the insides of these objects.
std::string AskScenario(const std::string& policies, const std::string& request) {
  return Ask(Spell("{'policies':{" + policies + "},$ORGANIZATION,'request':{" + request + "}}"));
}

struct Scenario {
  std::string number;
  std::string policies;
  std::string request;
  std::string answer;
};

const Scenario kScenarios[] = {
    {"1", "'endpoint':{'policy':$GET_B,$GATEWAY},'identity':$ALLOW_ALL_S3",
     "'principal':$ALICE,$GET,$OWN", "allow by identity"},
    {"2", "'endpoint':{'policy':$GET_B,$GATEWAY},'identity':$ALLOW_ALL_S3",
     "'principal':$ALICE,'action':'s3:ListAllMyBuckets','resource':'*'",
     "implicit-deny by endpoint"},
    {"3", "'identity':$ALLOW_ALL_S3",
     "'principal':$ALICE,'action':'s3:ListAllMyBuckets','resource':'*'", "allow by identity"},
    {"4", "'endpoint':{'policy':$ORG_ONLY,$GATEWAY},'identity':$ALLOW_ALL_S3",
     "'principal':$ALICE,$GET,$OWN", "allow by identity"},
    {"5",
     "'endpoint':{'policy':$ORG_ONLY,$GATEWAY},'identity':$ALLOW_ALL_S3,'resource':{'Statement':"
     "{'Effect':'Allow','Principal':{'AWS':$ALICE},'Action':'s3:*','Resource':'arn:aws:s3:::b/*'}}",
     "'principal':$ALICE,$GET,$FOREIGN", "implicit-deny by endpoint"},
    {"6", "'endpoint':{'policy':$ORG_ONLY,$GATEWAY},'identity':$ALLOW_ALL_S3",
     "'principal':$MALLORY,$GET,$FOREIGN", "implicit-deny by endpoint"},
    {"7", "'endpoint':{'policy':$ORG_ONLY,$GATEWAY},'resource':$PUBLIC_READ",
     "'principal':'*',$GET,$OWN", "implicit-deny by endpoint"},
    {"8",
     "'endpoint':{'policy':$ORG_ONLY,$GATEWAY},'identity':$ALLOW_ALL_S3,'resource':$PUBLIC_READ",
     "'principal':$MALLORY,$GET,$OWN", "implicit-deny by endpoint"},
    {"9",
     "'endpoint':{'policy':$ORG_ONLY,'type':'interface','service':'s3'},'resource':$PUBLIC_READ",
     "'principal':$TRAIL,$GET,$OWN", "implicit-deny by endpoint"},
    {"9 with an Allow for services",
     "'endpoint':{'policy':{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Principal':'*',"
     "'Action':'*','Resource':'*','Condition':{'Bool':{'aws:PrincipalIsAWSService':'true'}}}]},"
     "'type':'interface','service':'s3'},'resource':$PUBLIC_READ",
     "'principal':$TRAIL,$GET,$OWN", "allow by resource"},
    {"10", "'endpoint':{$GATEWAY},'identity':$ALLOW_ALL_S3,'resource':$DENY_ELSEWHERE",
     "'principal':$ALICE,$GET,$OWN", "allow by identity"},
    {"11", "'identity':$ALLOW_ALL_S3,'resource':$DENY_ELSEWHERE", "'principal':$ALICE,$GET,$OWN",
     "explicit-deny by resource"},
    {"12", "'identity':$ALLOW_ALL_S3,'resource':$DENY_ELSEWHERE_IF_EXISTS",
     "'principal':$ALICE,$GET,$OWN", "explicit-deny by resource"},
    {"13, the bucket policy", "'resource':$DENY_ELSEWHERE",
     "'principal':$ROOT,'action':'s3:PutBucketPolicy','resource':'arn:aws:s3:::b',$OWN", "allow"},
    {"13, an object", "'resource':$DENY_ELSEWHERE", "'principal':$ROOT,$GET,$OWN",
     "explicit-deny by resource"},
    {"14",
     "'identity':[],'resource':{'Statement':{'Effect':'Allow','Principal':{'AWS':'111122223333'},"
     "'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}}",
     "'principal':$ALICE,$GET,$FOREIGN", "implicit-deny by identity"},
    {"15",
     "'boundary':$ALLOW_EC2,'resource':{'Statement':{'Effect':'Allow','Principal':{'AWS':$ALICE},"
     "'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}}",
     "'principal':$ALICE,$GET,$OWN", "allow by resource"},
    {"16",
     "'boundary':$ALLOW_EC2,'resource':{'Statement':{'Effect':'Allow','Principal':{'AWS':"
     "'arn:aws:iam::111122223333:role/r'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}}",
     "'principal':$SESSION,$GET,$OWN", "implicit-deny by boundary"},
    {"17", "'scps':$SCPS,'identity':$ALLOW_ALL_S3", "'principal':$ALICE,$GET,$OWN",
     "implicit-deny by scp"},
    {"18", "'scps':$SCPS,'identity':$ALLOW_ALL_S3",
     "'principal':'arn:aws:iam::999900001111:user/alice',$GET,'resource_account':'999900001111'",
     "allow by identity"},
    {"19", "'rcps':$RCP,'identity':$ALLOW_ALL_S3,'resource':$PUBLIC_READ",
     "'principal':$MALLORY,$GET,$OWN", "explicit-deny by rcp"},
    {"20", "'rcps':$RCP,'resource':$PUBLIC_READ", "'principal':$TRAIL,$GET,$OWN",
     "allow by resource"},
    {"21", "'rcps':$RCP,'resource':$PUBLIC_READ", "'principal':'*',$GET,$OWN",
     "explicit-deny by rcp"},
    {"22",
     "'endpoint':{'policy':{'Statement':{'Effect':'Allow','Principal':'*','Action':'*','Resource':"
     "'arn:aws:s3:::home/${aws:username}/*'}},$GATEWAY},'identity':$ALLOW_ALL_S3",
     "'principal':$ALICE,'action':'s3:GetObject','resource':'arn:aws:s3:::home/alice/x',$OWN",
     "implicit-deny by endpoint"},
    {"22 with a Version",
     "'endpoint':{'policy':{'Version':'2012-10-17','Statement':{'Effect':'Allow','Principal':'*',"
     "'Action':'*','Resource':'arn:aws:s3:::home/${aws:username}/*'}},$GATEWAY},"
     "'identity':$ALLOW_ALL_S3",
     "'principal':$ALICE,'action':'s3:GetObject','resource':'arn:aws:s3:::home/alice/x',$OWN",
     "allow by identity"},
    {"23, gateway",
     "'endpoint':{'policy':{'Statement':{'Effect':'Allow','Principal':{'AWS':'111122223333'},"
     "'Action':'*','Resource':'*'}},$GATEWAY},'identity':$ALLOW_ALL_S3",
     "'principal':$ALICE,$GET,$OWN", "implicit-deny by endpoint"},
    {"23, interface",
     "'endpoint':{'policy':{'Statement':{'Effect':'Allow','Principal':{'AWS':'111122223333'},"
     "'Action':'*','Resource':'*'}},'type':'interface'},'identity':$ALLOW_ALL_S3",
     "'principal':$ALICE,$GET,$OWN", "allow by identity"},
    {"24",
     "'endpoint':{'policy':{'Statement':{'Effect':'Deny','Principal':'*','Action':"
     "'s3:DeleteObject','Resource':'*'}},$GATEWAY},'identity':$ALLOW_ALL_S3",
     "'principal':$ALICE,$GET,$OWN", "implicit-deny by endpoint"},
    {"25, the source",
     "'endpoint':{'policy':{'Statement':{'Effect':'Allow','Principal':'*','Action':["
     "'s3:GetObject','s3:PutObject'],'Resource':'arn:aws:s3:::dst/*'}},$GATEWAY},"
     "'identity':$ALLOW_ALL_S3",
     "'principal':$ALICE,'action':'s3:GetObject','resource':'arn:aws:s3:::src/k',$OWN",
     "implicit-deny by endpoint"},
    {"25, the destination",
     "'endpoint':{'policy':{'Statement':{'Effect':'Allow','Principal':'*','Action':["
     "'s3:GetObject','s3:PutObject'],'Resource':'arn:aws:s3:::dst/*'}},$GATEWAY},"
     "'identity':$ALLOW_ALL_S3",
     "'principal':$ALICE,'action':'s3:PutObject','resource':'arn:aws:s3:::dst/k',$OWN",
     "allow by identity"},
    {"26",
     "'endpoint':{'type':'interface','service':'s3','id':'vpce-1','vpc':'vpc-hub'},"
     "'identity':$ALLOW_ALL_S3,'access_point':{'arn':"
     "'arn:aws:s3:eu-west-1:111122223333:accesspoint/ap','network_origin':'VPC','vpc':'vpc-app'}",
     "'principal':$ALICE,'action':'s3:GetObject','resource':"
     "'arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k','bucket_resource':"
     "'arn:aws:s3:::b/k'",
     "explicit-deny by access-point"},
    {"27",
     "'identity':{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'kms:Decrypt',"
     "'Resource':'*'}},'resource':{'Statement':{'Effect':'Allow','Principal':{'AWS':$ROOT},"
     "'Action':'kms:*','Resource':'*'}}",
     "'principal':$ALICE,'action':'kms:Decrypt','resource':"
     "'arn:aws:kms:eu-west-1:111122223333:key/1'",
     "allow by identity resource"},
    {"27 without the key statement",
     "'identity':{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'kms:Decrypt',"
     "'Resource':'*'}},'resource':{'Statement':[]}",
     "'principal':$ALICE,'action':'kms:Decrypt','resource':"
     "'arn:aws:kms:eu-west-1:111122223333:key/1'",
     "implicit-deny by resource"},
    {"28",
     "'endpoint':{'policy':$ORG_ONLY,'type':'interface','service':'sts'},'resource':{'Version':"
     "'2012-10-17','Statement':{'Effect':'Allow','Principal':{'Federated':'accounts.google.com'},"
     "'Action':'sts:AssumeRoleWithWebIdentity'}}",
     "'principal':{'federated':'accounts.google.com'},'action':'sts:AssumeRoleWithWebIdentity',"
     "'resource':'arn:aws:iam::111122223333:role/r'",
     "implicit-deny by endpoint"},
    {"29, another account",
     "'block_public_access':true,'identity':$ALLOW_ALL_S3,'resource':$PUBLIC_READ",
     "'principal':$MALLORY,$GET,$OWN", "explicit-deny by block-public-access"},
    {"29, the owner", "'block_public_access':true,'identity':$ALLOW_ALL_S3,'resource':$PUBLIC_READ",
     "'principal':$ALICE,$GET,$OWN", "allow by identity resource"},
    {"30",
     "'session':{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'s3:PutObject',"
     "'Resource':'*'}},'resource':{'Statement':{'Effect':'Allow','Principal':{'AWS':$SESSION},"
     "'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}}",
     "'principal':$SESSION,$GET,$OWN", "allow by resource"},
};

TEST_CASE("the reference evaluator answers the scenarios of S11") {
  for (const Scenario& scenario : kScenarios) {
    CAPTURE(scenario.number);
    CHECK(AskScenario(scenario.policies, scenario.request) == scenario.answer);
  }
}

}  // namespace
}  // namespace postern::reference
