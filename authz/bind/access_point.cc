// Whether the request goes through an S3 access point, and what is behind it (semantics S7.12).
#include "authz/access_point.h"

#include <string>

#include "authz/bind/binding.h"
#include "policy/language/fold.h"

namespace postern::authz {

namespace {

// A bucket's or an object's ARN, which names neither Region nor account.
bool IsBucketOrObject(const policy::Arn& arn) {
  return arn.service() == "s3" && arn.region().empty() && arn.account().empty() &&
         !arn.resource().empty();
}

void CheckBucketResource(Binding& binding) {
  const std::string_view text = binding.request.bucket_resource;
  const BoundResource& bucket = binding.state.bucket;
  if (!IsBucketOrObject(bucket.arn)) {
    return binding.Fail("bad-resource",
                        "`" + std::string(text) + "` is not the ARN of a bucket or an object",
                        "/request/bucket_resource");
  }
  const AccessPointParts parts =
      SplitAccessPoint(binding.request.resource, binding.state.resource_arn);
  const std::size_t slash = bucket.arn.resource().find('/');
  const bool is_object = slash != std::string_view::npos;
  if (is_object != parts.is_object ||
      (is_object && bucket.arn.resource().substr(slash + 1) != parts.key)) {
    binding.Fail("contradiction",
                 "`" + std::string(text) + "` and `" + std::string(binding.request.resource) +
                     "` are not the same object",
                 "/request/bucket_resource");
  }
}

void CheckDescription(Binding& binding) {
  const auto& described = binding.policies.access_point;
  if (!described || described->arn.empty()) return;
  const std::string_view own =
      SplitAccessPoint(binding.request.resource, binding.state.resource_arn).own;
  if (own == described->arn) return;
  binding.Fail("contradiction",
               "the request goes through `" + std::string(own) +
                   "`, but the access point of the case is `" + described->arn + "`",
               "/policies/access_point/arn");
}

}  // namespace

void BindAccessPoint(Binding& binding) {
  BoundRequest::State& state = binding.state;
  const Request& request = binding.request;
  state.through_access_point = false;
  const bool is_access_point = state.resource_arn.valid() && IsAccessPoint(state.resource_arn);
  const bool has_bucket = !request.bucket_resource.empty() || request.bucket_resource_unknown;
  if (!is_access_point) {
    if (has_bucket && !state.resource_unknown) {
      binding.Fail("contradiction",
                   "`bucket_resource` is given, but `resource` is not an access point's ARN",
                   "/request/bucket_resource");
    }
    return;
  }
  if (state.vendor != "s3" || !ReachesThrough(state.name)) return;
  if (!has_bucket) {
    return binding.Fail("missing-member",
                        "a request through an access point needs `bucket_resource`: the bucket or "
                        "object behind it",
                        "/request/resource");
  }
  state.through_access_point = true;
  state.bucket = {};
  state.bucket.unknown = request.bucket_resource_unknown;
  if (!state.bucket.unknown) {
    state.bucket.text = request.bucket_resource;
    state.bucket.arn = policy::SplitConcreteArn(request.bucket_resource);
    state.head_has_upper |= policy::HasUpperAscii(state.bucket.arn.partition());
    CheckBucketResource(binding);
  }
  CheckDescription(binding);
  const std::string_view account = state.resource_arn.account();
  state.owns_access_point = state.account.empty()      ? Ternary::kUnknown
                            : account == state.account ? Ternary::kYes
                                                       : Ternary::kNo;
}

// S7.12.4
void DeriveAccessPointKeys(Binding& binding) {
  const BoundRequest::State& state = binding.state;
  if (!state.through_access_point) return;
  binding.Derive(kDataAccessPointArn,
                 SplitAccessPoint(binding.request.resource, state.resource_arn).own);
  binding.Derive(kDataAccessPointAccount, state.resource_arn.account());
  const CompiledPolicySet& policies = binding.policies;
  if (policies.KnowledgeOf(Layer::kAccessPoint) == Knowledge::kUnknown) {
    return binding.SetUnknown(kAccessPointNetworkOrigin);
  }
  const bool vpc = policies.access_point && policies.access_point->vpc_origin;
  binding.Derive(kAccessPointNetworkOrigin, vpc ? "VPC" : "Internet");
}

}  // namespace postern::authz
