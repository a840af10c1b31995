// What the containers of a run show beside policies: endpoints and private APIs.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "authz/rules/together/checks.h"
#include "policy/quote.h"

namespace postern::authz {
namespace {

using policy::ContainedEndpoint;
using policy::Container;

// Each is held against each; no account has more.
constexpr std::size_t kMostEndpoints = 5'000;

constexpr std::string_view kApiService = "execute-api";

struct Companions {
  std::string_view service;
  std::string_view feature;
  std::array<std::string_view, 2> needs;  // "" = no more
};

constexpr Companions kCompanions[] = {
    {"ssm", "Session Manager", {"ssmmessages", ""}},
    {"ecr.api", "pulling images", {"ecr.dkr", "s3"}},
    {"ecs-agent", "the container agent of ECS", {"ecs-telemetry", "ecs"}},
    {"codeartifact.api", "fetching packages", {"codeartifact.repositories", "s3"}},
};

// Whether the endpoint is, or may be, the service's in that VPC. Another container may tell VPCs
// apart by other names.
bool MayServe(const ContainedEndpoint& endpoint, std::string_view service, std::string_view vpc,
              bool same_container) {
  if (endpoint.facts.is_private) return false;
  const std::string& other = endpoint.facts.vpc;
  const auto is_id = [](std::string_view name) { return name.starts_with("vpc-"); };
  const bool apart =
      !other.empty() && other != vpc && (same_container || (is_id(other) && is_id(vpc)));
  if (apart) return false;
  return endpoint.facts.service.empty() || endpoint.facts.service == service;
}

bool HasEndpoint(const RunContext& context, const Container& container, std::string_view service,
                 std::string_view vpc) {
  return std::ranges::any_of(context.run().containers, [&](const auto& each) {
    return std::ranges::any_of(each->endpoints, [&](const ContainedEndpoint& endpoint) {
      return MayServe(endpoint, service, vpc, each.get() == &container);
    });
  });
}

void CheckCompanionsOf(RunContext& context, std::size_t index, const ContainedEndpoint& endpoint) {
  const Container& container = *context.run().containers[index];
  const auto* const row =
      std::ranges::find(kCompanions, endpoint.facts.service, &Companions::service);
  if (row == std::end(kCompanions)) return;
  const std::string& vpc = endpoint.facts.vpc;
  const auto in_vpc = std::ranges::count(
      container.endpoints, vpc, [](const ContainedEndpoint& each) { return each.facts.vpc; });
  if (vpc.empty() || in_vpc < 2) return;
  std::string missing;
  for (const std::string_view service : row->needs) {
    if (service.empty() || HasEndpoint(context, container, service, vpc)) continue;
    missing += (missing.empty() ? "" : " and ") + std::string(service);
  }
  if (missing.empty()) return;
  context.ReportIn("EP206", index, endpoint.resource, endpoint.pointer, endpoint.range,
                   std::string(row->feature) + " also needs " + missing + ", and " +
                       policy::Quote(vpc) + " has no such endpoint here",
                   endpoint.facts.service == "ssm"
                       ? "add it; agents before 3.3.40.0 need ec2messages as well"
                       : "add it, unless it is kept elsewhere");
}

bool HasApiEndpoint(const LintRun& run) {
  return std::ranges::any_of(run.policies,
                             [](const RunPolicy& policy) {
                               return policy.document->kind() == policy::PolicyKind::kEndpoint &&
                                      policy.facts->endpoint.service == kApiService;
                             }) ||
         std::ranges::any_of(run.containers, [](const auto& container) {
           return std::ranges::any_of(container->endpoints, [](const ContainedEndpoint& each) {
             return each.facts.service == kApiService;
           });
         });
}

}  // namespace

void CheckCompanionEndpoints(RunContext& context) {
  std::size_t count = 0;
  for (const auto& container : context.run().containers) count += container->endpoints.size();
  if (count > kMostEndpoints) return;
  for (std::size_t i = 0; i < context.run().containers.size(); ++i) {
    const Container& container = *context.run().containers[i];
    for (const ContainedEndpoint& endpoint : container.endpoints) {
      CheckCompanionsOf(context, i, endpoint);
    }
  }
}

void CheckPrivateApis(RunContext& context) {
  if (!HasApiEndpoint(context.run())) return;
  for (std::size_t i = 0; i < context.run().containers.size(); ++i) {
    for (const policy::ContainedApi& api : context.run().containers[i]->apis) {
      context.ReportIn("EP704", i, api.resource, api.pointer, api.range,
                       "this API has no resource policy, and a private API answers nobody until "
                       "its policy lets requests in",
                       "give it a policy that allows execute-api:Invoke, limited by "
                       "aws:SourceVpce or aws:SourceVpc");
    }
  }
}

}  // namespace postern::authz
