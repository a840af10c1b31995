// A bucket and the endpoint that it is reached through, each with a policy that shuts the other
// out.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "authz/rules/together/bucket.h"
#include "authz/rules/together/checks.h"
#include "authz/rules/together/insider.h"
#include "policy/language/fold.h"
#include "policy/quote.h"
#include "policy/rules/perimeter.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::authz {
namespace {

using policy::Condition;
using policy::Node;
using policy::Quote;
using policy::Statement;

constexpr std::string_view kEndpointKey = "aws:SourceVpce";
// Stands for any endpoint that no policy names.
constexpr std::string_view kOtherEndpoint = "vpce-00000000000000000";

bool IsOfText(const Condition& condition) {
  return condition.op &&
         policy::TraitsOf(condition.op->base).family == policy::OperatorFamily::kString;
}

// The condition by which a statement is about requests through the endpoints that it lists: a Deny
// of all others, or an Allow of these. Null if it has none.
const Condition* FindDemand(const Statement& statement) {
  if (policy::IsSoundDeny(statement)) {
    const Condition* const limit = policy::FindNetworkLimit(statement);
    const bool fits = limit != nullptr && IsOfText(*limit) &&
                      policy::EqualsIgnoreAsciiCase(limit->key_node->key, kEndpointKey);
    return fits ? limit : nullptr;
  }
  if (!policy::IsSoundAllow(statement)) return nullptr;
  const Condition* const wanted = policy::FindCondition(statement, kEndpointKey);
  const bool fits = wanted != nullptr && IsOfText(*wanted) && !policy::IsNegated(*wanted) &&
                    policy::NeedsKey(*wanted);
  return fits ? wanted : nullptr;
}

// What MayAdmit said about endpoint policies and one bucket.
class Admissions {
 public:
  Admissions(const RunContext& context, std::string_view bucket)
      : context_(context), bucket_(bucket) {}
  bool MayAdmit(std::size_t endpoint) {
    const auto known = known_.find(endpoint);
    if (known != known_.end()) return known->second;
    const bool may = authz::MayAdmit(context_.document(endpoint), bucket_);
    known_.emplace(endpoint, may);
    return may;
  }

 private:
  const RunContext& context_;
  std::string_view bucket_;
  std::map<std::size_t, bool> known_;
};

// The policies of all endpoints that the condition lists, where each is known and none admits
// anything about the bucket; empty otherwise.
std::vector<std::size_t> FindRefusing(const RunContext& context, const Condition& demand,
                                      Admissions& admissions) {
  std::vector<std::size_t> refusing;
  for (const Node* value : demand.values) {
    if (policy::HasWildcard(value->text)) return {};
    const std::vector<std::size_t>& known = context.EndpointsOf(value->text);
    if (known.empty()) return {};
    for (const std::size_t endpoint : known) {
      if (admissions.MayAdmit(endpoint)) return {};
      refusing.push_back(endpoint);
    }
  }
  return refusing;
}

bool AllRefuse(RunContext& context, const std::vector<std::size_t>& endpoints,
               const BucketCall& call) {
  return std::ranges::all_of(endpoints, [&](std::size_t endpoint) {
    return context.GateOf(endpoint).Refuses({.action = call.action, .resource = call.resource});
  });
}

// The bucket policy denies the call to whoever comes by another way.
bool IsDeniedElsewhere(RunContext& context, std::size_t bucket, const Role& role,
                       const BucketCall& call) {
  Probe probe{.action = call.action, .resource = call.resource, .caller = &role};
  probe.way = Probe::Way::kPastEndpoints;
  if (!context.GateOf(bucket).Denies(probe)) return false;
  probe.way = Probe::Way::kThrough;
  probe.endpoint = kOtherEndpoint;
  return context.GateOf(bucket).Denies(probe);
}

std::string Listed(const std::vector<std::string>& texts, std::string_view between) {
  std::string listed;
  for (const std::string& text : texts)
    listed += (listed.empty() ? "" : std::string(between)) + text;
  return listed;
}

// Where the endpoint policy says no: the Deny that shuts the bucket, or the list of statements,
// none of which opens it.
std::string RefusalPlace(const RunContext& context, std::size_t endpoint, std::string_view bucket) {
  const policy::PolicyDocument& document = context.document(endpoint);
  if (const Statement* const deny = FindShutting(document, bucket)) {
    return context.Place(endpoint, deny->node->range);
  }
  const Node* const list = document.root().Find("Statement");
  return context.Place(endpoint, list != nullptr ? list->key_range : document.root().range);
}

void ReportImpossible(RunContext& context, std::size_t index, std::string_view bucket,
                      const Statement& statement, const Condition& demand,
                      const std::vector<std::size_t>& refusing, const BucketCall& call) {
  std::vector<std::string> ids;
  ids.reserve(demand.values.size());
  for (const Node* value : demand.values) ids.push_back(Quote(value->text));
  std::vector<std::string> places;
  places.reserve(refusing.size());
  for (const std::size_t endpoint : refusing) {
    places.push_back(RefusalPlace(context, endpoint, bucket));
  }
  const bool one = refusing.size() == 1;
  const std::string what = std::string(call.action) + " on " + Quote(call.resource);
  const std::string through = Listed(ids, " or ") + ", and " +
                              (one ? "the policy of that endpoint refuses it ("
                                   : "the policies of these endpoints refuse it (") +
                              Listed(places, ", ") + ")";
  const bool spares = statement.conditions.size() > 1 || !policy::IsForEveryone(statement);
  const std::string message =
      statement.effect == policy::Effect::kAllow
          ? "this lets nobody in: " + what + ", say, has to come through " + through
          : (spares ? "whoever this Deny does not spare cannot reach " : "nobody can reach ") +
                Quote(bucket) + ": " + what + ", say, has to come through " + through;
  context.Report("BP118", index, *demand.values.front(), message,
                 "allow the bucket and its objects in the endpoint policy, or name an endpoint "
                 "here whose policy does");
}

void CheckBucket(RunContext& context, std::string_view bucket, std::size_t index) {
  const policy::PolicyDocument& document = context.document(index);
  if (!std::ranges::all_of(document.statements(), policy::IsSound)) return;
  const Role role = InsiderOf(context, index);
  Admissions admissions(context, bucket);
  std::set<std::size_t> said;  // endpoints
  for (const Statement& statement : document.statements()) {
    const Condition* const demand = FindDemand(statement);
    if (demand == nullptr || demand->values.empty()) continue;
    const std::vector<std::size_t> refusing = FindRefusing(context, *demand, admissions);
    if (refusing.empty() || said.contains(refusing.front())) continue;
    const std::vector<BucketCall> calls = CallsOf(statement, bucket);
    const auto call = std::ranges::find_if(calls, [&](const BucketCall& each) {
      return AllRefuse(context, refusing, each) && (statement.effect == policy::Effect::kAllow ||
                                                    IsDeniedElsewhere(context, index, role, each));
    });
    if (call == calls.end()) continue;
    said.insert(refusing.begin(), refusing.end());
    ReportImpossible(context, index, bucket, statement, *demand, refusing, *call);
  }
}

// The Deny of a bucket policy that stops all the calls, as they come through the endpoint; null if
// some call is not stopped, or may not be.
struct Stop {
  std::size_t policy;
  const Statement* statement;
};
std::optional<Stop> FindStop(RunContext& context, std::size_t endpoint, bool for_everyone,
                             std::string_view bucket, const std::vector<BucketCall>& calls) {
  const policy::EndpointFacts& facts = context.policy(endpoint).facts->endpoint;
  for (const std::size_t index : context.BucketPolicies(bucket)) {
    Role role = InsiderOf(context, index);
    if (role.organization.empty()) role.organization = InsiderOf(context, endpoint).organization;
    const Statement* stop = nullptr;
    const bool all = std::ranges::all_of(calls, [&](const BucketCall& call) {
      Probe probe{.action = call.action, .resource = call.resource};
      if (for_everyone) probe.caller = &role;
      probe.way = Probe::Way::kThrough;
      probe.endpoint = context.IdOf(endpoint);
      probe.vpc = facts.vpc;
      const GateAnswer answer = context.GateOf(index).Ask(probe);
      stop = answer.statement;
      return answer.verdict == Verdict::kExplicitDeny && stop != nullptr;
    });
    if (all) return Stop{index, stop};
  }
  return std::nullopt;
}

// Whether the statement of an endpoint policy looks at who calls: then what a bucket policy says to
// some role tells nothing.
bool LooksAtCaller(const Statement& statement) {
  return !policy::IsForEveryone(statement) ||
         std::ranges::any_of(statement.conditions, [](const Condition& condition) {
           return policy::EqualsIgnoreAsciiCase(condition.key_node->key, "aws:PrincipalArn") ||
                  policy::FoldAscii(condition.key_node->key).starts_with("aws:principaltag/");
         });
}

// How an endpoint policy opens a bucket by its name.
struct Opening {
  const Node* resource;
  bool for_everyone = true;
  std::vector<BucketCall> calls;
};

std::map<std::string_view, Opening> FindOpenings(const RunContext& context, std::size_t endpoint) {
  std::map<std::string_view, Opening> openings;
  for (const Statement& statement : context.document(endpoint).statements()) {
    if (!policy::IsSoundAllow(statement) || !statement.resources || statement.resources->negated) {
      continue;
    }
    const bool for_everyone = !LooksAtCaller(statement);
    for (const Node* resource : statement.resources->patterns) {
      const std::string_view bucket = BucketNamed(resource->text);
      if (bucket.empty() || context.BucketPolicies(bucket).empty()) continue;
      Opening& opening = openings.try_emplace(bucket, Opening{resource, true, {}}).first->second;
      opening.for_everyone = opening.for_everyone && for_everyone;
      AddCalls(statement, *resource, bucket, opening.calls);
    }
  }
  return openings;
}

void CheckOpenings(RunContext& context, std::size_t endpoint) {
  for (auto& [bucket, opening] : FindOpenings(context, endpoint)) {
    PolicyGate& gate = context.GateOf(endpoint);
    std::erase_if(opening.calls, [&gate](const BucketCall& call) {
      return gate.Refuses({.action = call.action, .resource = call.resource});
    });
    if (opening.calls.empty()) continue;
    ObjectsFirst(opening.calls);
    const auto stop = FindStop(context, endpoint, opening.for_everyone, bucket, opening.calls);
    if (!stop) continue;
    context.Report("BP119", endpoint, *opening.resource,
                   "what comes through this endpoint for " + Quote(bucket) +
                       " is denied by the bucket's policy (" +
                       context.Place(stop->policy, stop->statement->node->range) +
                       "): " + std::string(opening.calls.front().action) + " on " +
                       Quote(opening.calls.front().resource) + ", say",
                   "name this endpoint in the bucket policy, or leave the bucket out here");
  }
}

}  // namespace

void CheckHandshakeImpossible(RunContext& context) {
  for (const auto& [bucket, policies] : context.buckets()) {
    for (const std::size_t index : policies) CheckBucket(context, bucket, index);
  }
}

void CheckEndpointAllowsBucketDenies(RunContext& context) {
  for (const std::size_t endpoint : context.s3_endpoints()) CheckOpenings(context, endpoint);
}

}  // namespace postern::authz
