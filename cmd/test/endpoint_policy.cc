#include "cmd/test/endpoint_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "cmd/lint/facts.h"
#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"

namespace postern::cmd {
namespace {

// A key that only the endpoint tells; what of the endpoint tells it, and by which flag. Nothing
// tells the last ones.
struct EndpointKey {
  std::string_view key;
  std::string authz::Endpoint::*told_by;
  std::string_view flag;
};
constexpr std::array<EndpointKey, 7> kEndpointKeys{{
    {"aws:SourceVpce", &authz::Endpoint::id, "--endpoint-id ID"},
    {"aws:SourceVpc", &authz::Endpoint::vpc, "--endpoint-vpc ID"},
    {"aws:SourceVpcArn", &authz::Endpoint::vpc, "--endpoint-vpc ID"},
    {"aws:VpceAccount", &authz::Endpoint::account, "--endpoint-account ACCOUNT"},
    {"aws:VpceOrgID", nullptr, ""},
    {"aws:VpceOrgPaths", nullptr, ""},
    {"aws:VpcSourceIp", nullptr, ""},
}};

bool HasKey(const authz::Request& request, std::string_view key) {
  return std::ranges::any_of(request.context, [key](const authz::ContextEntry& entry) {
    return policy::EqualsIgnoreAsciiCase(entry.key, key);
  });
}

bool HasOpenEndpoint(const authz::PolicySet& policies) {
  const std::optional<authz::Endpoint>& endpoint = policies.endpoint;
  return endpoint && endpoint->policy == authz::Knowledge::kNone && !endpoint->service.empty();
}

// The keys of the endpoint that nobody told.
void LeaveUnknown(const authz::Endpoint& endpoint, authz::Request& request) {
  for (const EndpointKey& key : kEndpointKeys) {
    const bool told = key.told_by != nullptr && !(endpoint.*key.told_by).empty();
    if (!told && !HasKey(request, key.key)) request.AddUnknown(key.key);
  }
}

void Collect(const std::optional<policy::PatternSet>& set,
             std::string_view (*service_of)(std::string_view), std::set<std::string>& into) {
  if (!set || set->negated) return;
  for (const policy::Node* pattern : set->patterns) {
    const std::string service = policy::FoldAscii(service_of(pattern->text));
    if (policy::Catalogue::InUse().HasService(service)) into.insert(service);
  }
}

std::string_view ServiceOfAction(std::string_view action) {
  return action.substr(0, std::min(action.find(':'), action.size()));
}

std::string_view ServiceOfArn(std::string_view resource) {
  return policy::SplitArn(resource).service();
}

// The services that the policy's actions are of; where these are all `*`, its resources.
std::vector<std::string> ServicesNamedIn(const policy::PolicyDocument& document) {
  std::set<std::string> services;
  for (const policy::Statement& statement : document.statements()) {
    Collect(statement.actions, &ServiceOfAction, services);
  }
  if (services.empty()) {
    for (const policy::Statement& statement : document.statements()) {
      Collect(statement.resources, &ServiceOfArn, services);
    }
  }
  return {services.begin(), services.end()};
}

std::string_view ShortName(std::string_view service) {
  const auto known = policy::Catalogue::InUse().FindEndpointService(service);
  return known ? known->name : service;
}

}  // namespace

bool EndpointPolicy::Load(authz::DocumentCache& documents,
                          std::vector<authz::CaseProblem>& problems) {
  service_ = ShortName(flags_.endpoint_service);
  if (flags_.endpoint == "default") return true;
  document_ = documents.Load(flags_.endpoint, "", policy::PolicyKind::kEndpoint, problems);
  if (document_ == nullptr) return false;
  if (service_.empty()) prefixes_ = ServicesNamedIn(*document_);
  return true;
}

std::optional<std::string_view> EndpointPolicy::FlagOf(std::string_view key) {
  const auto found = std::ranges::find_if(kEndpointKeys, [key](const EndpointKey& each) {
    return policy::EqualsIgnoreAsciiCase(each.key, key);
  });
  if (found == kEndpointKeys.end()) return std::nullopt;
  return found->flag;
}

bool EndpointPolicy::IsOpen(const authz::Suite& suite) {
  return !suite.parameters.empty() && std::ranges::any_of(suite.policies, &HasOpenEndpoint);
}

bool EndpointPolicy::IsOf(const authz::Endpoint& endpoint) const {
  const std::string_view name = ShortName(endpoint.service);
  if (!service_.empty()) return service_ == name;
  if (prefixes_.empty()) return true;
  const auto known = policy::Catalogue::InUse().FindEndpointService(name);
  if (!known) return false;
  const auto served = policy::Catalogue::InUse().ServedPrefixes(*known);
  return std::ranges::any_of(served, [&](std::string_view prefix) {
    return std::ranges::find(prefixes_, prefix) != prefixes_.end();
  });
}

std::string EndpointPolicy::Belonging() const {
  return service_.empty()
             ? fmt::format("`{}` is about `{}`", flags_.endpoint, fmt::join(prefixes_, "`, `"))
             : fmt::format("`{}` is the policy of `{}`", flags_.endpoint, service_);
}

void EndpointPolicy::PutInto(authz::Endpoint& endpoint) const {
  if (document_ != nullptr) {
    endpoint.policy = authz::Knowledge::kGiven;
    endpoint.document = document_;
  }
  if (flags_.endpoint_type == "gateway") endpoint.type = policy::EndpointType::kGateway;
  if (flags_.endpoint_type == "interface") endpoint.type = policy::EndpointType::kInterface;
  endpoint.id = flags_.endpoint_id;
  endpoint.vpc = flags_.endpoint_vpc;
  endpoint.account = flags_.endpoint_account;
}

std::map<std::string, std::size_t> EndpointPolicy::PutInto(authz::Suite& suite) const {
  std::vector<bool> open(suite.policies.size());
  for (std::size_t i = 0; i < suite.policies.size(); ++i) {
    std::optional<authz::Endpoint>& endpoint = suite.policies[i].endpoint;
    open[i] = HasOpenEndpoint(suite.policies[i]);
    if (open[i] && IsOf(*endpoint)) PutInto(*endpoint);
  }
  std::map<std::string, std::size_t> skipped;
  for (authz::SuiteCase& test : suite.cases) {
    if (!open[test.policies]) continue;
    const authz::Endpoint& endpoint = *suite.policies[test.policies].endpoint;
    if (IsOf(endpoint)) {
      LeaveUnknown(endpoint, test.question.request);
    } else if (test.skip.empty()) {
      ++skipped[endpoint.service];
      test.skip =
          fmt::format("through the endpoint of `{}`, and {}", endpoint.service, Belonging());
    }
  }
  return skipped;
}

}  // namespace postern::cmd
