// What is asked for, whose it is, and the keys that follow from it.
#include "authz/bind/binding.h"
#include "authz/resource_keys.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"

namespace postern::authz {
namespace {

bool IsS3AccountLevelList(const Binding& binding) {
  const auto action =
      binding.policies.catalogue.FindAction(binding.state.vendor, binding.state.name);
  return action && action->level == policy::AccessLevel::kList &&
         binding.policies.catalogue.ResourceTypesOf(*action).empty();
}

// Two names of one key (S6.2), the second for calls of S3. Calls that do not carry it are not about
// the account that it names (S6.1).
std::string_view SuppliedAccount(const Binding& binding) {
  if (CarriesNoResourceAccount(binding.state.vendor, binding.state.name)) return {};
  const bool by_s3 = binding.state.vendor == "s3" && !binding.Supplied(kResourceAccount);
  return binding.ValueOf(by_s3 ? kS3ResourceAccount : kResourceAccount);
}

bool IsAccountUnknown(const Binding& binding) {
  return binding.state.slots[kResourceAccount].state == SlotState::kUnknown ||
         binding.state.slots[kS3ResourceAccount].state == SlotState::kUnknown;
}

// "" for what is AWS's own, `arn:aws:iam::aws:policy/ReadOnlyAccess`: whose it counts as is not
// known (S6.4.2).
std::string_view AccountInArn(const BoundRequest::State& state) {
  const std::string_view account = state.resource_arn.account();
  return !state.all_buckets && policy::IsAccountId(account) ? account : std::string_view{};
}

void BindResourceAccount(Binding& binding) {
  BoundRequest::State& state = binding.state;
  const Request& request = binding.request;
  const std::string_view in_arn = AccountInArn(state);
  // An access point's ARN names the account of the access point; the bucket's may be another
  // (S7.12.3).
  const bool arn_names_owner = !state.through_access_point;
  std::string_view& account = state.resource_account;
  switch (request.resource_account_state) {
    case ResourceAccountState::kUnknown:
      account = {};
      break;
    case ResourceAccountState::kOwn:
      account = !state.account.empty()               ? state.account
                : arn_names_owner && !in_arn.empty() ? in_arn
                                                     : SuppliedAccount(binding);
      break;
    case ResourceAccountState::kGiven:
      account = request.resource_account;
      break;
    case ResourceAccountState::kDerive:
      account = !in_arn.empty() && arn_names_owner              ? in_arn
                : state.account_level && !state.account.empty() ? state.account
                                                                : SuppliedAccount(binding);
      if (!arn_names_owner && !IsAccountUnknown(binding) && account.empty()) account = in_arn;
      break;
  }
  if (request.resource_account_state != ResourceAccountState::kUnknown && arn_names_owner &&
      !in_arn.empty() && account != in_arn) {
    binding.Fail("contradiction",
                 "the resource's account is given as `" + std::string(account) +
                     "`, but its ARN says `" + std::string(in_arn) + "`",
                 "/request/resource_account");
  }
  // The caller's own, also where the caller is not known.
  const bool is_own =
      request.resource_account_state == ResourceAccountState::kOwn ||
      (request.resource_account_state == ResourceAccountState::kDerive && state.account_level);
  if (state.account.empty()) {
    state.same_account = is_own ? Ternary::kYes : Ternary::kUnknown;
  } else {
    state.same_account = account.empty()            ? Ternary::kUnknown
                         : account == state.account ? Ternary::kYes
                                                    : Ternary::kNo;
  }
}

}  // namespace

void BindResource(Binding& binding) {
  BoundRequest::State& state = binding.state;
  state.resource = binding.request.resource;
  state.resource_unknown = binding.request.resource_unknown;
  state.account_level = !state.resource_unknown && state.resource == "*";
  if (state.resource_unknown) return;
  if (state.account_level) {
    // S3.5: the account-level list calls of S3 are judged as arn:aws:s3:::*, taken literally.
    if (state.vendor == "s3" && IsS3AccountLevelList(binding)) {
      state.all_buckets = true;
      state.resource = binding.Join({"arn:", binding.Partition(), ":s3:::*"});
      state.resource_arn = policy::SplitConcreteArn(state.resource);
    }
    return;
  }
  state.resource_arn = policy::SplitConcreteArn(state.resource);
  if (!state.resource_arn.valid()) {
    return binding.Fail("bad-resource",
                        "`" + std::string(state.resource) +
                            "` is not a resource: give an ARN, or `*` for a call that names none",
                        "/request/resource");
  }
  const std::size_t head = state.resource.size() - state.resource_arn.resource().size();
  state.head_has_upper = policy::HasUpperAscii(state.resource.substr(0, head));
}

void DeriveResourceKeys(Binding& binding) {
  const BoundRequest::State& state = binding.state;
  const Request& request = binding.request;
  BindResourceAccount(binding);
  const bool exempt = CarriesNoResourceAccount(state.vendor, state.name);  // S6.1
  if (exempt) return;
  if (state.resource_account.empty()) {
    binding.SetUnknown(kResourceAccount);
    if (state.vendor == "s3") binding.SetUnknown(kS3ResourceAccount);
    binding.Derive(kResourceOrgId, request.resource_org_id.value_or(""));
    binding.DeriveList(kResourceOrgPaths, request.resource_org_paths);
    const bool in_none = request.resource_org_id && request.resource_org_id->empty();
    if (!in_none) {
      for (KeyId key : {kResourceOrgId, kResourceOrgPaths}) binding.SetUnknown(key);
    }
    return;
  }
  binding.Derive(kResourceAccount, state.resource_account);
  if (state.vendor == "s3") binding.Derive(kS3ResourceAccount, state.resource_account);
  binding.DeriveOrganization(kResourceOrgId, kResourceOrgPaths, state.resource_account,
                             request.resource_org_id, request.resource_org_paths, "resource_org");
}

}  // namespace postern::authz
