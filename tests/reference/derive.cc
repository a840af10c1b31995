#include "tests/reference/derive.h"

#include "tests/reference/facts.h"
#include "tests/reference/patterns.h"
#include "tests/reference/refusal.h"
#include "tests/reference/values.h"

namespace postern::reference {
namespace {

// Supplied and derived keys, which must agree.
class Deriver {
 public:
  explicit Deriver(const Case& the_case) : case_(the_case), keys_(the_case.service) {
    for (const auto& [key, values] : the_case.context) keys_.Set(key, values);
  }

  // What the case supplies for `key`: an empty list is its absence (cli.md 4).
  const Texts* Supplied(const std::string& key) const {
    const auto found = case_.context.find(LowerText(key));
    return found == case_.context.end() ? nullptr : &found->second;
  }

  void Derive(const std::string& key, const Texts& values) {
    const Texts* supplied = Supplied(key);
    if (supplied == nullptr) return keys_.Set(key, values);
    RefuseIf(!supplied->empty() && *supplied != values,
             "`" + key + "` contradicts what follows from the case");
  }
  void DeriveOne(const std::string& key, const std::string& value) {
    if (!value.empty()) Derive(key, {value});
  }
  void DeriveBool(const std::string& key, bool value) {
    const Texts* supplied = Supplied(key);
    if (supplied != nullptr && supplied->size() == 1 && ReadBool((*supplied)[0]) == value) return;
    Derive(key, {value ? "true" : "false"});
  }
  void Default(const std::string& key, const Texts& values) {
    if (Supplied(key) == nullptr) keys_.Set(key, values);
  }
  // A key that the caller never carries (S6.4.5).
  void NeverCarries(const std::string& key) const {
    const Texts* supplied = Supplied(key);
    RefuseIf(supplied != nullptr && !supplied->empty(), "`" + key + "` is no key of such a caller");
  }
  void DeriveUnknown(const std::string& key) {
    if (Supplied(key) == nullptr) keys_.SetUnknown(key);
  }
  void DeriveUnknownTags(const std::string& prefix) { keys_.SetUnknownTags(prefix); }

  Keys Finish() {
    for (const std::string& key : case_.unknown_keys) keys_.SetUnknown(key);
    return keys_;
  }

 private:
  const Case& case_;
  Keys keys_;
};

// S6.4.3: the keys that only an endpoint sets.
const Texts& EndpointKeys() {
  static const Texts kKeys = {"aws:SourceVpce",  "aws:SourceVpc",   "aws:SourceVpcArn",
                              "aws:VpcSourceIp", "aws:VpceAccount", "aws:VpceOrgID",
                              "aws:VpceOrgPaths"};
  return kKeys;
}

bool SuppliesEndpointKey(const Case& the_case) {
  for (const std::string& key : EndpointKeys()) {
    const auto supplied = the_case.context.find(LowerText(key));
    if (supplied != the_case.context.end() && !supplied->second.empty()) return true;
  }
  return false;
}

struct OrgKeys {
  std::string id;
  Texts paths;
};

// S6.4.4: what the organization tells of an account.
OrgKeys OrganizationOf(const Case& the_case, const std::string& account) {
  OrgKeys keys;
  if (!the_case.organization || account.empty()) return keys;
  const Organization& organization = *the_case.organization;
  const auto listed = organization.accounts.find(account);
  if (listed != organization.accounts.end()) keys.paths = {listed->second};
  const bool member =
      listed != organization.accounts.end() || account == organization.management_account;
  if (member) keys.id = organization.id;
  return keys;
}

// Where the organization does not tell, the case may; it must not say otherwise.
OrgKeys Merge(const OrgKeys& told, const std::optional<std::string>& id, const Texts& paths,
              bool in_none) {
  OrgKeys keys = told;
  RefuseIf(in_none && !told.id.empty(), "an account of the organization is said to be in none");
  RefuseIf(id && !told.id.empty() && *id != told.id, "`org_id` contradicts the organization");
  RefuseIf(!paths.empty() && !told.paths.empty() && paths != told.paths,
           "`org_paths` contradicts the organization");
  if (keys.id.empty() && id) keys.id = *id;
  if (keys.paths.empty()) keys.paths = paths;
  return keys;
}

// S2.4, S6.3: the role's ARN, with the path as far as it is known.
std::string RoleArn(const Caller& caller) {
  return "arn:" + caller.partition + ":iam::" + caller.account + ":role" +
         caller.path.value_or("/") + caller.name;
}

void DeriveUserId(const Case& the_case, Deriver& deriver) {
  const Caller& caller = the_case.caller;
  if (caller.kind == Caller::kUser && caller.unique_id) {
    deriver.DeriveOne("aws:userid", *caller.unique_id);
  }
  if (caller.kind != Caller::kRoleSession) return;
  if (caller.unique_id)
    return deriver.DeriveOne("aws:userid", *caller.unique_id + ":" + caller.session);
  // S6.4.1: the tail is known.
  const Texts* supplied = deriver.Supplied("aws:userid");
  if (supplied == nullptr || supplied->empty()) return;
  const std::string& id = (*supplied)[0];
  const size_t colon = id.find(':');
  const std::string tail = colon == std::string::npos ? id : id.substr(colon + 1);
  RefuseIf(tail != caller.session, "`aws:userid` contradicts the session's name");
}

// S6.1, S6.3: what is absent for such a caller.
void CheckAbsentKeys(const Caller& caller, const Deriver& deriver) {
  if (caller.kind == Caller::kUnknown) return;
  if (caller.kind != Caller::kUser) deriver.NeverCarries("aws:username");
  if (caller.kind != Caller::kService) deriver.NeverCarries("aws:PrincipalServiceName");
  const bool is_unsigned = caller.kind == Caller::kAnonymous || caller.kind == Caller::kWebIdentity;
  if (is_unsigned) {
    deriver.NeverCarries("aws:PrincipalArn");
    deriver.NeverCarries("aws:PrincipalIsAWSService");
  }
  if (is_unsigned || caller.kind == Caller::kService) {
    deriver.NeverCarries("aws:PrincipalOrgID");
    deriver.NeverCarries("aws:PrincipalOrgPaths");
  }
}

// S6.3
void DerivePrincipalKeys(const Case& the_case, Deriver& deriver) {
  const Caller& caller = the_case.caller;
  std::string type;
  CheckAbsentKeys(caller, deriver);
  switch (caller.kind) {
    case Caller::kRoot:
      type = "Account";
      deriver.DeriveOne("aws:PrincipalArn", caller.arn);
      deriver.DeriveOne("aws:userid", caller.account);
      break;
    case Caller::kUser:
      type = "User";
      deriver.DeriveOne("aws:PrincipalArn", caller.arn);
      deriver.DeriveOne("aws:username", caller.name);
      break;
    case Caller::kFederatedUser:
      type = "FederatedUser";
      deriver.DeriveOne("aws:PrincipalArn", caller.arn);
      deriver.DeriveOne("aws:userid", caller.account + ":" + caller.name);
      break;
    case Caller::kRole:
    case Caller::kRoleSession:
      type = "AssumedRole";
      deriver.DeriveOne("aws:PrincipalArn", RoleArn(caller));
      break;
    case Caller::kAnonymous:
    case Caller::kWebIdentity:  // unsigned (S7.9.4)
      type = "Anonymous";
      deriver.DeriveOne("aws:PrincipalAccount", "anonymous");
      deriver.DeriveOne("aws:userid", "anonymous");
      break;
    case Caller::kService:
      deriver.DeriveOne("aws:PrincipalServiceName", caller.arn);
      break;
    case Caller::kUnknown:
      for (const char* key :
           {"aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID",
            "aws:PrincipalOrgPaths", "aws:PrincipalType", "aws:PrincipalIsAWSService",
            "aws:PrincipalServiceName", "aws:userid", "aws:username"}) {
        deriver.DeriveUnknown(key);
      }
      deriver.DeriveUnknownTags("aws:PrincipalTag/");
      return;
  }
  DeriveUserId(the_case, deriver);
  deriver.DeriveOne("aws:PrincipalType", type);
  deriver.DeriveOne("aws:PrincipalAccount", caller.account);
  if (type != "Anonymous") {
    deriver.DeriveBool("aws:PrincipalIsAWSService", caller.kind == Caller::kService);
  }
  for (const auto& [tag, value] : caller.tags) deriver.Derive("aws:PrincipalTag/" + tag, {value});
  if (!caller.HasAccount()) return;
  const OrgKeys org = Merge(OrganizationOf(the_case, caller.account), caller.org_id,
                            caller.org_paths, caller.in_no_organization);
  deriver.DeriveOne("aws:PrincipalOrgID", org.id);
  if (!org.paths.empty()) deriver.Derive("aws:PrincipalOrgPaths", org.paths);
}

// S6.1, S6.4.2, S7.12.3
void DeriveResourceKeys(const Case& the_case, const Reading& reading, Deriver& deriver) {
  if (the_case.resource.kind == Resource::kArn) {
    deriver.DeriveOne("aws:RequestedRegion", the_case.resource.components[3]);
  } else if (the_case.resource.kind == Resource::kUnknown) {
    deriver.DeriveUnknown("aws:RequestedRegion");
  }
  if (!CarriesResourceAccount(the_case.service, the_case.action)) return;
  const bool s3 = the_case.service == "s3";
  if (reading.owner) {
    deriver.DeriveOne("aws:ResourceAccount", *reading.owner);
    if (s3) deriver.DeriveOne("s3:ResourceAccount", *reading.owner);
  } else {
    deriver.DeriveUnknown("aws:ResourceAccount");
    if (s3) deriver.DeriveUnknown("s3:ResourceAccount");
  }
  const OrgKeys told = OrganizationOf(the_case, reading.owner.value_or(""));
  const OrgKeys org = Merge(told, the_case.resource_org_id, the_case.resource_org_paths,
                            the_case.resource_in_no_organization);
  deriver.DeriveOne("aws:ResourceOrgID", org.id);
  if (!org.paths.empty()) deriver.Derive("aws:ResourceOrgPaths", org.paths);
  if (reading.owner || the_case.resource_in_no_organization) return;
  if (org.id.empty()) deriver.DeriveUnknown("aws:ResourceOrgID");
  if (org.paths.empty()) deriver.DeriveUnknown("aws:ResourceOrgPaths");
}

// S7.12.4
void DeriveAccessPointKeys(const Case& the_case, Deriver& deriver) {
  if (!the_case.through_access_point) return;
  const AccessPoint& point = *the_case.access_point;
  deriver.DeriveOne("s3:DataAccessPointArn", point.arn);
  deriver.DeriveOne("s3:DataAccessPointAccount", the_case.resource.components[4]);
  if (point.unknown) {
    deriver.DeriveUnknown("s3:AccessPointNetworkOrigin");
  } else {
    deriver.DeriveOne("s3:AccessPointNetworkOrigin", point.vpc_origin ? "VPC" : "Internet");
  }
}

void DeriveGivenEndpoint(const Case& the_case, Deriver& deriver) {
  const Endpoint& endpoint = the_case.endpoint;
  const auto sends = [&](const char* key) { return SendsEndpointKey(the_case.service, key); };
  deriver.DeriveOne("aws:SourceVpce", endpoint.id);
  deriver.DeriveOne("aws:SourceVpc", endpoint.vpc);
  const bool whole = !endpoint.vpc.empty() && !endpoint.region.empty() && !endpoint.account.empty();
  if (whole && sends("aws:sourcevpcarn")) {
    const std::string& partition = the_case.caller.partition;
    deriver.DeriveOne("aws:SourceVpcArn", "arn:" + (partition.empty() ? "aws" : partition) +
                                              ":ec2:" + endpoint.region + ":" + endpoint.account +
                                              ":vpc/" + endpoint.vpc);
  }
  const OrgKeys org = OrganizationOf(the_case, endpoint.account);
  if (sends("aws:vpceaccount")) deriver.DeriveOne("aws:VpceAccount", endpoint.account);
  if (sends("aws:vpceorgid")) deriver.DeriveOne("aws:VpceOrgID", org.id);
  if (sends("aws:vpceorgpaths") && !org.paths.empty()) {
    deriver.Derive("aws:VpceOrgPaths", org.paths);
  }
  deriver.DeriveOne("aws:RequestedRegion", endpoint.region);
}

// S6.4.3, S6.4.5, S6.4.6
void DeriveNetworkKeys(const Case& the_case, Deriver& deriver) {
  if (!the_case.forwarded_by.empty()) {
    RefuseIf(SuppliesEndpointKey(the_case), "a forwarded call passes no endpoint");
    return;
  }
  RefuseIf(the_case.past_endpoints && SuppliesEndpointKey(the_case),
           "a request past the endpoints has none of their keys");
  const Texts* source_ip = deriver.Supplied("aws:SourceIp");
  RefuseIf(
      ComesThroughEndpoint(the_case) == Truth::kYes && source_ip != nullptr && !source_ip->empty(),
      "`aws:SourceIp` is absent on endpoint traffic");
  const Truth used = UsesEndpoint(the_case);
  if (used == Truth::kNo) return;
  if (used == Truth::kYes && the_case.endpoint.state == Endpoint::kGiven) {
    return DeriveGivenEndpoint(the_case, deriver);
  }
  for (const std::string& key : EndpointKeys()) deriver.DeriveUnknown(key);
}

// S6.4.6
void DeriveForwarding(const Case& the_case, Deriver& deriver) {
  const std::string& by = the_case.forwarded_by;
  if (by.empty()) return deriver.Default("aws:ViaAWSService", {"false"});
  deriver.DeriveBool("aws:ViaAWSService", true);
  const Texts* chain = deriver.Supplied("aws:CalledVia");
  const bool given = chain != nullptr && !chain->empty();
  RefuseIf(given && chain->back() != by,
           "`aws:CalledVia` does not end with the service that calls");
  if (the_case.unknown_keys.count("aws:calledvia") > 0) {
    deriver.DeriveUnknown("aws:CalledViaFirst");
  } else {
    deriver.DeriveOne("aws:CalledViaFirst", given ? chain->front() : by);
  }
  deriver.Default("aws:CalledVia", {by});
  deriver.DeriveOne("aws:CalledViaLast", by);
}

// S4.11: two notations of one instant.
void DeriveTime(const Case& the_case, Deriver& deriver) {
  if (the_case.unknown_keys.count("aws:currenttime") > 0) deriver.DeriveUnknown("aws:EpochTime");
  if (the_case.unknown_keys.count("aws:epochtime") > 0) deriver.DeriveUnknown("aws:CurrentTime");
  const Texts* current = deriver.Supplied("aws:CurrentTime");
  const Texts* epoch = deriver.Supplied("aws:EpochTime");
  if (current != nullptr) deriver.Default("aws:EpochTime", *current);
  if (epoch != nullptr) deriver.Default("aws:CurrentTime", *epoch);
}

}  // namespace

Truth UsesEndpoint(const Case& the_case) {
  if (the_case.endpoint.state == Endpoint::kNone || !the_case.forwarded_by.empty()) {
    return Truth::kNo;
  }
  if (the_case.endpoint.state == Endpoint::kUnknown) {
    return SuppliesEndpointKey(the_case) ? Truth::kYes : Truth::kUnknown;
  }
  std::string region;
  const auto supplied = the_case.context.find("aws:requestedregion");
  if (supplied != the_case.context.end() && !supplied->second.empty()) {
    region = supplied->second[0];
  } else if (the_case.resource.kind == Resource::kArn) {
    region = the_case.resource.components[3];
  }
  if (the_case.endpoint.region.empty()) return Truth::kYes;
  const bool unknown = the_case.resource.kind == Resource::kUnknown ||
                       the_case.unknown_keys.count("aws:requestedregion") > 0;
  if (region.empty() && unknown) return Truth::kUnknown;
  return Of(region.empty() || region == the_case.endpoint.region);
}

Truth ComesThroughEndpoint(const Case& the_case) {
  if (!the_case.forwarded_by.empty() || the_case.past_endpoints) return Truth::kNo;
  if (SuppliesEndpointKey(the_case)) return Truth::kYes;
  const Truth used = UsesEndpoint(the_case);
  if (used != Truth::kNo) return used;
  for (const std::string& key : EndpointKeys()) {
    if (the_case.unknown_keys.count(LowerText(key)) > 0) return Truth::kUnknown;  // S4.19
  }
  return Truth::kNo;
}

std::optional<std::string> CallerOrg(const Case& the_case) {
  const auto supplied = the_case.context.find("aws:principalorgid");
  const bool given = supplied != the_case.context.end() && !supplied->second.empty() &&
                     !supplied->second[0].empty();
  return given ? supplied->second[0] : the_case.caller.org_id;
}

std::optional<std::string> ResourceOrg(const Case& the_case) {
  const auto supplied = the_case.context.find("aws:resourceorgid");
  const bool given = supplied != the_case.context.end() && !supplied->second.empty() &&
                     !supplied->second[0].empty();
  return given ? supplied->second[0] : the_case.resource_org_id;
}

Truth IsLimitedMember(const Case& the_case, const std::string& account,
                      const std::optional<std::string>& org_id, bool unknown_org) {
  if (!the_case.organization) return Truth::kYes;
  const Organization& organization = *the_case.organization;
  if (account.empty()) {
    const bool differ = !organization.accounts.empty() || !organization.management_account.empty();
    if (differ) return Truth::kUnknown;
  } else if (account == organization.management_account) {
    return Truth::kNo;
  } else if (organization.accounts.count(account) > 0) {
    return Truth::kYes;
  }
  if (unknown_org) return Truth::kUnknown;
  if (org_id) return Of(*org_id == organization.id);
  return Of(organization.accounts.empty());
}

Truth IsServiceLinkedRole(const Caller& caller) {
  static const std::string kStart = "/aws-service-role/";
  static const std::string kName = "AWSServiceRoleFor";
  const bool by_path = caller.path && caller.path->compare(0, kStart.size(), kStart) == 0;
  const bool is_role = caller.kind == Caller::kRole || caller.kind == Caller::kRoleSession;
  if (is_role && (caller.service_linked || by_path)) return Truth::kYes;
  const bool may_be = caller.path_unknown && caller.name.compare(0, kName.size(), kName) == 0;
  return may_be ? Truth::kUnknown : Truth::kNo;
}

Keys DeriveKeys(const Case& the_case, const Reading& reading) {
  Deriver deriver(the_case);
  DerivePrincipalKeys(the_case, deriver);
  DeriveResourceKeys(the_case, reading, deriver);
  DeriveAccessPointKeys(the_case, deriver);
  DeriveNetworkKeys(the_case, deriver);
  DeriveForwarding(the_case, deriver);
  DeriveTime(the_case, deriver);
  deriver.Default("aws:SecureTransport", {"true"});  // S6.4.5
  return deriver.Finish();
}

}  // namespace postern::reference
