// What is asked for, whose it is, and the keys that follow from it.
#include "authz/bind/binding.h"
#include "authz/resource_keys.h"
#include "policy/language/arn.h"

namespace postern::authz {

namespace {

policy::Arn SplitConcrete(std::string_view text) {
  policy::Arn arn;
  for (; arn.count < 5; ++arn.count) {
    const std::size_t colon = text.find(':');
    arn.fields[arn.count] = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  arn.fields[arn.count++] = text;
  return arn;
}

bool IsS3AccountLevelList(const Binding& binding) {
  const auto action =
      binding.policies.catalogue.FindAction(binding.state.vendor, binding.state.name);
  return action && action->level == policy::AccessLevel::kList &&
         binding.policies.catalogue.ResourceTypesOf(*action).empty();
}

void BindResourceAccount(Binding& binding) {
  const std::string_view in_arn =
      binding.state.all_buckets ? std::string_view{} : binding.state.resource_arn.account();
  std::string_view& account = binding.state.resource_account;
  switch (binding.request.resource_account_state) {
    case ResourceAccountState::kUnknown:
      account = {};
      break;
    case ResourceAccountState::kOwn:
      account = binding.state.account;
      break;
    case ResourceAccountState::kGiven:
      account = binding.request.resource_account;
      break;
    case ResourceAccountState::kDerive:
      account = !in_arn.empty()               ? in_arn
                : binding.state.account_level ? binding.state.account
                                              : binding.ValueOf(kResourceAccount);
      break;
  }
  if (binding.request.resource_account_state != ResourceAccountState::kUnknown && !in_arn.empty() &&
      account != in_arn) {
    binding.Fail("contradiction",
                 "the resource's account is given as `" + std::string(account) +
                     "`, but its ARN says `" + std::string(in_arn) + "`",
                 "/request/resource_account");
  }
  binding.state.same_account = account.empty() || binding.state.account.empty() ? Ternary::kUnknown
                               : account == binding.state.account               ? Ternary::kYes
                                                                                : Ternary::kNo;
}

}  // namespace

void BindResource(Binding& binding) {
  binding.state.resource = binding.request.resource;
  binding.state.resource_unknown = binding.request.resource_unknown;
  binding.state.account_level = !binding.state.resource_unknown && binding.state.resource == "*";
  if (binding.state.resource_unknown) return;
  if (binding.state.account_level) {
    // S3.5: the account-level list calls of S3 are judged as arn:aws:s3:::*, taken literally.
    if (binding.state.vendor == "s3" && IsS3AccountLevelList(binding)) {
      binding.state.all_buckets = true;
      binding.state.resource = binding.Join({"arn:", binding.Partition(), ":s3:::*"});
      binding.state.resource_arn = policy::SplitArn(binding.state.resource);
    }
    return;
  }
  if (!policy::IsArn(binding.state.resource)) {
    return binding.Fail("bad-resource",
                        "`" + std::string(binding.state.resource) +
                            "` is not a resource: give an ARN, or `*` for a call that names none",
                        "/request/resource");
  }
  binding.state.resource_arn = SplitConcrete(binding.state.resource);
}

void DeriveResourceKeys(Binding& binding) {
  BindResourceAccount(binding);
  const bool exempt = CarriesNoResourceAccount(binding.state.vendor, binding.state.name);  // S6.1
  if (exempt) return;
  if (binding.state.resource_account.empty()) {
    for (KeyId key : {kResourceAccount, kResourceOrgId, kResourceOrgPaths}) binding.SetUnknown(key);
    if (binding.state.vendor == "s3") binding.SetUnknown(kS3ResourceAccount);
    return;
  }
  binding.Derive(kResourceAccount, binding.state.resource_account);
  if (binding.state.vendor == "s3")
    binding.Derive(kS3ResourceAccount, binding.state.resource_account);
  binding.DeriveOrganization(kResourceOrgId, kResourceOrgPaths, binding.state.resource_account,
                             binding.request.resource_org_id, binding.request.resource_org_paths);
}

}  // namespace postern::authz
