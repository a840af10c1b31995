#include "authz/verdict.h"

#include <algorithm>

namespace postern::authz {

namespace {

constexpr std::array<std::string_view, 4> kVerdictNames = {"allow", "implicit-deny",
                                                           "explicit-deny", "unknown"};

constexpr std::array<std::string_view, kLayerCount> kLayerNames = {
    "scp",      "rcp",          "endpoint",           "session", "boundary", "identity",
    "resource", "access-point", "block-public-access"};

struct AssumptionWords {
  Assumption assumption;
  std::string_view name;
  std::string_view text;
};

// A1 to A27: the defaults of the assumption register (S10), under its numbers.
constexpr std::array<AssumptionWords, kAssumptionCount> kAssumptions = {{
    {Assumption::kA1, "A1",
     "partition, service, region and account of a Resource compare case-sensitively"},
    {Assumption::kA2, "A2", "role and user names in a Principal compare case-sensitively"},
    {Assumption::kA5, "A5",
     "a Deny with NotPrincipal spares only a principal that is listed with its account and, for a "
     "session, its role"},
    {Assumption::kA6, "A6",
     "on a gateway endpoint a role ARN as Principal matches nobody, a user ARN that user, an "
     "account only its root user"},
    {Assumption::kA7, "A7", "an action pattern `*:Name` is accepted and means every service"},
    {Assumption::kA8, "A8", "a NotResource entry that cannot be resolved excludes nothing"},
    {Assumption::kA9, "A9", "s3:ListAllMyBuckets is judged against `arn:aws:s3:::*` literally"},
    {Assumption::kA10, "A10", "variables are substituted under Bool"},
    {Assumption::kA11, "A11", "Null treats an empty text as null"},
    {Assumption::kA12, "A12", "ForAnyValue with IfExists does not hold where the key is missing"},
    {Assumption::kA13, "A13",
     "an empty list of values fails a positive operator and satisfies a negated one"},
    {Assumption::kA14, "A14", "a value of the wrong type fails its condition, negated or not"},
    {Assumption::kA15, "A15", "an IPv4-mapped IPv6 address is an IPv6 address"},
    {Assumption::kA16, "A16", "`*` alone is no ARN, so an Arn operator does not match it"},
    {Assumption::kA17, "A17",
     "a negated operator without a set qualifier does not hold for a multivalued key"},
    {Assumption::kA18, "A18", "wildcards that come out of a variable are literal"},
    {Assumption::kA19, "A19", "a variable's default also stands for an empty value"},
    {Assumption::kA20, "A20",
     "a call that a service makes on the caller's behalf passes no endpoint and carries none of "
     "its keys"},
    {Assumption::kA22, "A22",
     "service principals carry neither aws:PrincipalArn nor aws:PrincipalAccount"},
    {Assumption::kA25, "A25",
     "a set operator counts a key as empty only if all its values are empty"},
    {Assumption::kA26, "A26",
     "through an access point the caller's own policies are judged on the bucket's ARN too: a Deny "
     "counts, and the own account's bucket opens by them only where they allow that ARN"},
    {Assumption::kA27, "A27",
     "a `*` in one of the first five components of a Resource stays within that component"},
    {Assumption::kEndpointNotGiven, "layer:endpoint",
     "the request carries keys of an endpoint that the case does not give: judged with the "
     "default policy"},
    {Assumption::kEndpointTypeNotGiven, "default:endpoint.type=interface",
     "the endpoint's type is not given: judged as an interface endpoint"},
    {Assumption::kEndpointNotUsed, "endpoint-not-used",
     "the request is for another Region than the gateway endpoint's and does not use it"},
    {Assumption::kEndpointTakesNoPolicy, "endpoint-without-policy",
     "endpoints of this service take no policy: full access"},
    {Assumption::kEndpointPolicyTaken, "default:endpoint.policy-supported",
     "it is not known whether endpoints of this service take a policy: judged as if they do"},
    {Assumption::kIdentityNotGiven, "layer:identity",
     "identity policies are not given: treated as none"},
    {Assumption::kResourceNotGiven, "layer:resource",
     "the resource policy is not given: treated as none"},
    {Assumption::kResourcePolicyMissing, "resource-policy",
     "this kind of resource always has a policy, and the case has none for it"},
    {Assumption::kSecureTransportTrue, "default:aws:SecureTransport=true",
     "aws:SecureTransport is not supplied: true"},
    {Assumption::kCurrentTimeMissing, "missing:aws:CurrentTime",
     "aws:CurrentTime is tested and not supplied: missing"},
    {Assumption::kViaAwsServiceFalse, "default:aws:ViaAWSService=false",
     "aws:ViaAWSService is not supplied: false"},
    {Assumption::kRolePathUnknown, "role-path",
     "the path of the session's role is not known: taken as `/`"},
    {Assumption::kSessionNameUnknown, "session-name",
     "the caller is given as a role: taken as a session of unknown name"},
    {Assumption::kAccessPointNotGiven, "layer:access-point",
     "the access point is not given: judged as one without a policy, open to the internet"},
}};

constexpr bool InOrder() {
  for (std::size_t i = 0; i < kAssumptions.size(); ++i) {
    if (static_cast<std::size_t>(kAssumptions[i].assumption) != i) return false;
  }
  return true;
}
static_assert(InOrder(), "one row for each assumption, in the order of the enumeration");

template <typename Named, std::size_t kCount>
std::optional<Named> NamedIn(const std::array<std::string_view, kCount>& names,
                             std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Named>(found - names.begin());
}

}  // namespace

std::string_view VerdictName(Verdict verdict) {
  return kVerdictNames[static_cast<std::size_t>(verdict)];
}

std::optional<Verdict> VerdictNamed(std::string_view name) {
  return NamedIn<Verdict>(kVerdictNames, name);
}

std::string_view LayerName(Layer layer) { return kLayerNames[static_cast<std::size_t>(layer)]; }

std::optional<Layer> LayerNamed(std::string_view name) { return NamedIn<Layer>(kLayerNames, name); }

std::string_view AssumptionName(Assumption assumption) {
  return kAssumptions[static_cast<std::size_t>(assumption)].name;
}

std::string_view AssumptionText(Assumption assumption) {
  return kAssumptions[static_cast<std::size_t>(assumption)].text;
}

void MissingSet::AddKey(std::size_t key) { Set(std::min(key, kKeys - 1)); }

void MissingSet::Merge(const MissingSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}

}  // namespace postern::authz
