#include "authz/special_calls.h"

#include <algorithm>

namespace postern::authz {
namespace {

// Assuming a role, and what may go with it: session tags, a source identity, a context.
Ternary IsRoleAssumption(const BoundRequest::State& request) {
  if (request.vendor != "sts") return Ternary::kNo;
  if (request.name.starts_with("assumerole")) return Ternary::kYes;
  if (request.resource_unknown) return Ternary::kUnknown;
  return request.resource_arn.resource().starts_with("role/") ? Ternary::kYes : Ternary::kNo;
}

bool ActsOnKeys(const BoundRequest::State& request) {
  const policy::Catalogue& catalogue = request.policies->catalogue;
  const auto action = catalogue.FindAction(request.vendor, request.name);
  return action && std::ranges::any_of(catalogue.ResourceTypesOf(*action),
                                       [](const auto& type) { return type.name == "key"; });
}

// An alias stands for its key, but where the alias itself is made, moved or deleted (S7.5.1). A
// call that names no key is about one all the same (S7.5.2).
Ternary IsAboutKey(const BoundRequest::State& request) {
  if (request.vendor != "kms") return Ternary::kNo;
  if (request.resource_unknown) return Ternary::kUnknown;
  const std::string_view resource = request.resource_arn.resource();
  const bool is_key =
      resource.starts_with("key/") ||
      (resource.starts_with("alias/") && request.name.find("alias") == std::string_view::npos) ||
      (request.account_level && ActsOnKeys(request));
  return is_key ? Ternary::kYes : Ternary::kNo;
}

// S7.13.1, S7.13.2: only private APIs answer at an endpoint for execute-api, and none does without
// a policy.
Ternary IsPrivateApiWithoutPolicy(const BoundRequest::State& request) {
  if (request.vendor != "execute-api") return Ternary::kNo;
  const bool has_none = request.policies->KnowledgeOf(Layer::kResource) == Knowledge::kNone;
  return has_none ? request.through_any_endpoint : Ternary::kNo;
}

}  // namespace

bool NeedsNoPermission(const BoundRequest::State& request, RequesterClass requester) {
  return request.vendor == "sts" && requester != RequesterClass::kUnsigned &&
         (request.name == "getcalleridentity" || request.name == "getsessiontoken");
}

bool IsBucketPolicyCall(const BoundRequest::State& request) {
  return request.vendor == "s3" &&
         (request.name == "getbucketpolicy" || request.name == "putbucketpolicy" ||
          request.name == "deletebucketpolicy");
}

bool IsBucketPolicyRescue(const BoundRequest::State& request, RequesterClass requester) {
  return requester == RequesterClass::kRoot && !request.through_access_point &&
         IsBucketPolicyCall(request);
}

Ternary TrustsAccount(const BoundRequest::State& request) {
  return Not(
      Or(IsRoleAssumption(request), Or(IsPrivateApiWithoutPolicy(request), IsAboutKey(request))));
}

}  // namespace postern::authz
