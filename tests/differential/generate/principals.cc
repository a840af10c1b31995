#include "tests/differential/generate/principals.h"

namespace postern::differential {
namespace {

constexpr std::string_view kHome = "111122223333";
constexpr std::string_view kForeign = "444455556666";
constexpr std::string_view kManagement = "999900001111";

constexpr PrincipalName kAlice[] = {
    {"AWS", "arn:aws:iam::111122223333:user/alice"},
    {"AWS", "111122223333"},
    {"AWS", "arn:aws:iam::111122223333:root"},
    {"AWS", "arn:aws:iam::111122223333:user/Alice"},
    {"AWS", "AIDAEXAMPLEALICE0001"},
    {"AWS", "arn:aws:iam::111122223333:user/x/alice"},
};
constexpr PrincipalName kBob[] = {
    {"AWS", "arn:aws:iam::111122223333:user/app/bob"},
    {"AWS", "arn:aws:iam::111122223333:user/bob"},
    {"AWS", "arn:aws:iam::111122223333:root"},
};
constexpr PrincipalName kAppSession[] = {
    {"AWS", "arn:aws:iam::111122223333:role/app"},
    {"AWS", "arn:aws:sts::111122223333:assumed-role/app/i-0abc"},
    {"AWS", "111122223333"},
    {"AWS", "arn:aws:iam::111122223333:role/path/app"},
    {"AWS", "arn:aws:sts::111122223333:assumed-role/app/other"},
    {"AWS", "AROAEXAMPLEAPP000001"},
    {"AWS", "arn:aws-cn:iam::111122223333:role/app"},
};
constexpr PrincipalName kReader[] = {
    {"AWS", "arn:aws:iam::111122223333:role/team/Reader"},
    {"AWS", "arn:aws:iam::111122223333:role/Reader"},
    {"AWS", "arn:aws:sts::111122223333:assumed-role/Reader/s1"},
    {"AWS", "111122223333"},
};
constexpr PrincipalName kForeigners[] = {
    {"AWS", "444455556666"},
    {"AWS", "arn:aws:iam::444455556666:root"},
    {"AWS", "arn:aws:iam::444455556666:user/mallory"},
    {"AWS", "arn:aws:iam::444455556666:role/app"},
    {"AWS", "arn:aws:sts::444455556666:assumed-role/app/s"},
    {"CanonicalUser", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
};
constexpr PrincipalName kCarol[] = {
    {"AWS", "arn:aws:sts::111122223333:federated-user/carol"},
    {"AWS", "arn:aws:iam::111122223333:user/alice"},
    {"AWS", "111122223333"},
};
constexpr PrincipalName kRoot[] = {
    {"AWS", "arn:aws:iam::111122223333:root"},
    {"AWS", "111122223333"},
};
constexpr PrincipalName kManagementUser[] = {
    {"AWS", "arn:aws:iam::999900001111:user/admin"},
    {"AWS", "999900001111"},
};
constexpr PrincipalName kServiceRole[] = {
    {"AWS", "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"},
    {"AWS", "arn:aws:iam::111122223333:root"},
};
constexpr PrincipalName kTrail[] = {
    {"Service", "cloudtrail.amazonaws.com"},
    {"Service", "logs.amazonaws.com"},
};
constexpr PrincipalName kGitHub[] = {
    {"Federated", "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
    {"Federated", "token.actions.githubusercontent.com"},
    {"Federated", "arn:aws:iam::111122223333:saml-provider/ADFS"},
};
constexpr PrincipalName kSaml[] = {
    {"Federated", "arn:aws:iam::111122223333:saml-provider/ADFS"},
    {"Federated", "arn:aws:iam::111122223333:saml-provider/Okta"},
};
constexpr PrincipalName kCognito[] = {{"Federated", "cognito-identity.amazonaws.com"}};

constexpr Requester kRequesters[] = {
    {R"("arn:aws:iam::111122223333:user/alice")", kHome, kAlice},
    {R"({"arn":"arn:aws:iam::111122223333:user/alice","unique_id":"AIDAEXAMPLEALICE0001","tags":{"team":"red"}})",
     kHome, kAlice},
    {R"("arn:aws:iam::111122223333:user/app/bob")", kHome, kBob},
    {R"("arn:aws:sts::111122223333:assumed-role/app/i-0abc")", kHome, kAppSession},
    {R"({"arn":"arn:aws:sts::111122223333:assumed-role/app/i-0abc","unique_id":"AROAEXAMPLEAPP000001","tags":{"Team":"a*"}})",
     kHome, kAppSession},
    {R"({"arn":"arn:aws:sts::111122223333:assumed-role/app/i-0abc","path":"/path/"})", kHome,
     kAppSession},
    {R"("arn:aws:iam::111122223333:role/app")", kHome, kAppSession},
    {R"("arn:aws:sts::111122223333:assumed-role/Reader/s1")", kHome, kReader},
    {R"("arn:aws:iam::111122223333:role/team/Reader")", kHome, kReader},
    {R"("arn:aws:iam::444455556666:user/mallory")", kForeign, kForeigners},
    {R"({"arn":"arn:aws:iam::444455556666:user/mallory","canonical_id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})",
     kForeign, kForeigners},
    {R"({"arn":"arn:aws:iam::444455556666:user/mallory","org_id":"o-zzzzzzzzzz","org_paths":["o-zzzzzzzzzz/r-1/"]})",
     kForeign, kForeigners},
    {R"({"arn":"arn:aws:iam::444455556666:user/mallory","org_id":null})", kForeign, kForeigners},
    {R"({"arn":"arn:aws:iam::444455556666:user/mallory","org_id":"o-a1b2c3d4e5"})", kForeign,
     kForeigners},
    {R"("arn:aws:sts::444455556666:assumed-role/app/s")", kForeign, kForeigners},
    {R"("arn:aws:iam::444455556666:root")", kForeign, kForeigners},
    {R"("arn:aws:sts::111122223333:federated-user/carol")", kHome, kCarol},
    {R"({"arn":"arn:aws:sts::111122223333:federated-user/carol","federating_user":"arn:aws:iam::111122223333:user/alice"})",
     kHome, kCarol},
    {R"("arn:aws:iam::111122223333:root")", kHome, kRoot},
    {R"("arn:aws:iam::999900001111:user/admin")", kManagement, kManagementUser},
    {R"("arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX")",
     kHome, kServiceRole},
    {R"({"arn":"arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s","service_linked":true})",
     kHome, kServiceRole},
    {R"("arn:aws-cn:iam::111122223333:user/alice")", kHome, kAlice},
    {R"("cloudtrail.amazonaws.com")", "", kTrail},
    {R"("*")", "", {}},
};

constexpr Requester kFederatedRequesters[] = {
    {R"({"federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com","claims":{"sub":"repo:acme/app"}})",
     "", kGitHub},
    {R"({"federated":"arn:aws:iam::111122223333:saml-provider/ADFS","claims":{"saml:aud":"https://signin.aws.amazon.com/saml"}})",
     "", kSaml},
    {R"({"federated":"cognito-identity.amazonaws.com"})", "", kCognito},
};

constexpr PrincipalName kOtherNames[] = {
    {"AWS", "*"},
    {"AWS", "arn:aws:iam::*:role/app"},
    {"AWS", "arn:aws:iam::111122223333:role/*"},
    {"AWS", "arn:aws:iam::111122223333:user/a?ice"},
    {"AWS", "alice"},
    {"AWS", ""},
    {"AWS", "AROAEXAMPLEDELETED01"},
    {"Service", "*"},
    {"Service", "*.amazonaws.com"},
    {"Federated", "*"},
    {"CanonicalUser", "*"},
    {"CanonicalUser", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"},
    {"Service", "lambda.amazonaws.com"},
    {"AWS", "arn:aws:iam::111122223333:group/admins"},
    {"AWS", "arn:aws:iam::999900001111:root"},
    {"AWS", "arn:aws:sts::111122223333:assumed-role/app/*"},
};

}  // namespace

std::span<const Requester> Requesters() { return kRequesters; }
std::span<const Requester> FederatedRequesters() { return kFederatedRequesters; }
std::span<const PrincipalName> OtherNames() { return kOtherNames; }

}  // namespace postern::differential
