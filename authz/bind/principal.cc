// Who asks, and the keys that follow from it (semantics S6.3).
#include "authz/bind/binding.h"

namespace postern::authz {

using policy::PrincipalForm;

namespace {

// For a role session the key holds the role's ARN. A supplied one may add the path (S2.4).
void DeriveSessionArn(Binding& binding) {
  const policy::PrincipalPattern& who = binding.state.who;
  const Slot& slot = binding.state.slots[kPrincipalArn];
  if (slot.state == SlotState::kPresent && binding.request.principal.path.empty()) {
    const auto supplied = policy::ParsePrincipal(policy::PrincipalType::kAws, slot.values[0]);
    if (supplied.form == PrincipalForm::kRole && supplied.partition == who.partition &&
        supplied.account == who.account && supplied.name == who.name) {
      binding.state.path_known = true;
      binding.state.role_path = supplied.path;
      binding.state.service_linked |= supplied.path.starts_with("/aws-service-role/");
      return;
    }
  }
  const std::string_view path = binding.request.principal.path.empty()
                                    ? std::string_view("/")
                                    : binding.request.principal.path;
  binding.Derive(kPrincipalArn, binding.Join({"arn:", who.partition, ":iam::", who.account, ":role",
                                              path, who.name}));
  if (!binding.state.path_known && binding.policies.keys.IsTested(kPrincipalArn)) {
    binding.state.assumed.Add(Assumption::kRolePathUnknown);
  }
}

// S6.4.1: the session's name follows from the ARN, what stands before it only from the unique id.
void DeriveSessionUserId(Binding& binding) {
  const std::string_view session = binding.state.who.session;
  if (!binding.request.principal.unique_id.empty()) {
    return binding.Derive(kUserId,
                          binding.Join({binding.request.principal.unique_id, ":", session}));
  }
  if (!binding.Supplied(kUserId)) return;
  const std::string_view supplied = binding.ValueOf(kUserId);
  if (supplied.substr(supplied.find(':') + 1) == session) return;
  binding.Derive(kUserId, binding.Join({supplied.substr(0, supplied.find(':')), ":", session}));
}

void DeriveArnPrincipalKeys(Binding& binding) {
  const Principal& principal = binding.request.principal;
  const policy::PrincipalPattern& who = binding.state.who;
  binding.Derive(kPrincipalAccount, binding.state.account);
  binding.Derive(kPrincipalIsAwsService, "false");
  switch (who.form) {
    case PrincipalForm::kUser:
      binding.Derive(kPrincipalArn, principal.arn);
      binding.Derive(kPrincipalType, "User");
      binding.Derive(kUsername, who.name);
      binding.Derive(kUserId, principal.unique_id);
      break;
    case PrincipalForm::kAccount:
      binding.Derive(kPrincipalArn, principal.arn);
      binding.Derive(kPrincipalType, "Account");
      binding.Derive(kUserId, binding.state.account);
      break;
    case PrincipalForm::kFederatedUser:
      binding.Derive(kPrincipalArn, principal.arn);
      binding.Derive(kPrincipalType, "FederatedUser");
      binding.Derive(kUserId, binding.Join({binding.state.account, ":", who.name}));
      break;
    case PrincipalForm::kRole:
      binding.Derive(kPrincipalArn, principal.arn);
      binding.Derive(kPrincipalType, "AssumedRole");
      break;
    case PrincipalForm::kRoleSession:
      DeriveSessionArn(binding);
      binding.Derive(kPrincipalType, "AssumedRole");
      DeriveSessionUserId(binding);
      break;
    default:
      break;
  }
  if (who.form != PrincipalForm::kUser) {
    binding.MustBeAbsent(kUsername, "only IAM users have a user name");
  }
  binding.MustBeAbsent(kPrincipalServiceName, "only service principals have a service name");
  binding.DeriveOrganization(kPrincipalOrgId, kPrincipalOrgPaths, binding.state.account,
                             principal.org_id, principal.org_paths, "org");
}

// Anonymous requests, and AssumeRoleWithSAML and AssumeRoleWithWebIdentity (S7.9.4).
void DeriveUnsignedKeys(Binding& binding) {
  for (KeyId key : {kPrincipalArn, kPrincipalOrgId, kPrincipalOrgPaths, kUsername,
                    kPrincipalIsAwsService, kPrincipalServiceName}) {
    binding.MustBeAbsent(key, "a request that is not signed has no such key");
  }
  binding.Derive(kPrincipalAccount, "anonymous");
  binding.Derive(kPrincipalType, "Anonymous");
  binding.Derive(kUserId, "anonymous");
}

}  // namespace

void BindPrincipal(Binding& binding) {
  const Principal& principal = binding.request.principal;
  binding.state.requester = principal.kind;
  if (principal.kind != RequesterKind::kArn) {
    binding.state.account = principal.account;
    return;
  }
  binding.state.who = policy::ParsePrincipal(policy::PrincipalType::kAws, principal.arn);
  switch (binding.state.who.form) {
    case PrincipalForm::kUser:
    case PrincipalForm::kRole:
      binding.state.path_known = true;
      binding.state.role_path = binding.state.who.path;
      binding.state.service_linked = binding.state.who.path.starts_with("/aws-service-role/");
      break;
    case PrincipalForm::kRoleSession:
      binding.state.path_known = !principal.path.empty();
      binding.state.role_path = principal.path;
      binding.state.service_linked = principal.path.starts_with("/aws-service-role/");
      break;
    case PrincipalForm::kFederatedUser:
      break;
    case PrincipalForm::kAccount:
      if (principal.arn.ends_with(":root")) break;
      [[fallthrough]];
    default:
      return binding.Fail(
          "bad-principal",
          "`" + std::string(principal.arn) +
              "` is not a principal that makes requests: give the ARN of a user, a role, "
              "a role session, a federated user or the root user",
          "/request/principal");
  }
  if (binding.state.who.partial_wildcard) {
    return binding.Fail("bad-principal", "the principal of a request has no wildcards",
                        "/request/principal");
  }
  binding.state.service_linked |= principal.service_linked;
  binding.state.account = binding.state.who.account;
  if (!principal.account.empty() && principal.account != binding.state.account) {
    binding.Fail("contradiction",
                 "the principal's account is `" + std::string(principal.account) +
                     "`, but its ARN says `" + std::string(binding.state.account) + "`",
                 "/request/principal/account");
  }
}

void DerivePrincipalKeys(Binding& binding) {
  switch (binding.request.principal.kind) {
    case RequesterKind::kUnknown:
      for (KeyId key :
           {kPrincipalArn, kPrincipalAccount, kPrincipalOrgId, kPrincipalOrgPaths, kPrincipalType,
            kPrincipalIsAwsService, kPrincipalServiceName, kUserId, kUsername}) {
        binding.SetUnknown(key);
      }
      return;
    case RequesterKind::kAnonymous:
    case RequesterKind::kFederated:
      return DeriveUnsignedKeys(binding);
    case RequesterKind::kService:
      for (KeyId key : {kPrincipalOrgId, kPrincipalOrgPaths, kUsername}) {
        binding.MustBeAbsent(key, "a service principal has no such key");
      }
      binding.Derive(kPrincipalIsAwsService, "true");
      binding.Derive(kPrincipalServiceName, binding.request.principal.service);
      // Neither of these. The alternative: they have some value, nobody knows which (A22).
      for (KeyId key : {kPrincipalArn, kPrincipalAccount}) {
        if (!binding.TestsWhatIsNotGiven(key)) continue;
        binding.state.assumed.Add(Assumption::kA22);
        if (binding.state.alternatives.Has(Assumption::kA22)) binding.SetUnknown(key);
      }
      return;
    case RequesterKind::kArn:
      DeriveArnPrincipalKeys(binding);
  }
}

}  // namespace postern::authz
