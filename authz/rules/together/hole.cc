// An organization limit that only one of the three policies on the way to a bucket carries.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "authz/rules/together/bucket.h"
#include "authz/rules/together/checks.h"
#include "authz/rules/together/insider.h"
#include "policy/language/fold.h"
#include "policy/language/principals.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/perimeter_keys.h"
#include "policy/rules/statements.h"

namespace postern::authz {
namespace {

using policy::Condition;
using policy::Quote;

// Each triple is asked about; no account has as many that belong together.
constexpr std::size_t kMostTriples = 2'000;
constexpr std::size_t kMostRoles = 8;

constexpr std::string_view kNetworkOrganizationKeys[] = {"aws:VpceOrgID", "aws:VpceOrgPaths"};

// The first condition on an organization, whichever way; null if there is none.
const Condition* FindOrganization(const policy::PolicyDocument& document) {
  for (const policy::Statement& statement : document.statements()) {
    for (const Condition& condition : statement.conditions) {
      const std::string_view key = condition.key_node->key;
      if (policy::IsOrganizationKey(key) || policy::IsOneOf(key, kNetworkOrganizationKeys)) {
        return &condition;
      }
    }
  }
  return nullptr;
}

struct Triple {
  std::size_t endpoint;
  std::size_t identity;
  std::size_t bucket;
  std::array<std::size_t, 3> all() const { return {endpoint, identity, bucket}; }
};

bool AllAllow(RunContext& context, const Triple& triple, const Probe& probe) {
  return std::ranges::all_of(triple.all(), [&](std::size_t index) {
    Probe seen = probe;
    if (index != triple.endpoint) {
      seen.way = Probe::Way::kThrough;
      seen.endpoint = context.IdOf(triple.endpoint);
      seen.vpc = context.policy(triple.endpoint).facts->endpoint.vpc;
    }
    return context.GateOf(index).Allows(seen);
  });
}

// Of a run's identity policies those that name the bucket belong to it; `*` may be anybody's.
std::map<std::string_view, std::set<std::size_t>> IdentitiesByBucket(const RunContext& context) {
  std::map<std::string_view, std::set<std::size_t>> identities;
  for (const std::size_t index : context.identities()) {
    for (const policy::Statement& statement : context.document(index).statements()) {
      if (!policy::IsSoundAllow(statement) || !statement.resources) continue;
      for (const policy::Node* pattern : statement.resources->patterns) {
        const std::string_view bucket = BucketNamed(pattern->text);
        if (!bucket.empty()) identities[bucket].insert(index);
      }
    }
  }
  return identities;
}

// Roles and users that the bucket policy lets in by name, and one that it does not name.
std::vector<Role> RolesOf(const RunContext& context, std::size_t bucket,
                          const std::string& organization) {
  std::vector<Role> roles = {InsiderOf(context, bucket)};
  for (const policy::Statement& statement : context.document(bucket).statements()) {
    if (!policy::IsSoundAllow(statement) || !statement.principal) continue;
    for (const policy::PrincipalEntry& entry : statement.principal->entries) {
      const auto who = policy::ParsePrincipal(entry.type, entry.value->text);
      const bool named =
          who.form == policy::PrincipalForm::kRole || who.form == policy::PrincipalForm::kUser;
      if (named && roles.size() < kMostRoles) roles.push_back({std::string(entry.value->text), {}});
    }
  }
  for (Role& role : roles) role.organization = organization;
  return roles;
}

struct Witness {
  BucketCall call;
  std::string role;
};

// A request that all three allow for a member of the organization, and that the one with the limit
// refuses for others.
std::optional<Witness> FindWitness(RunContext& context, const Triple& triple, std::size_t carrier,
                                   std::string_view bucket, const std::string& organization) {
  const std::string other = "o-outsider01";
  const std::vector<Role> roles = RolesOf(context, triple.bucket, organization);
  for (const policy::Statement& statement : context.document(triple.bucket).statements()) {
    if (!policy::IsSoundAllow(statement)) continue;
    for (const BucketCall& call : CallsOf(statement, bucket)) {
      for (const Role& role : roles) {
        Probe probe{.action = call.action, .resource = call.resource, .caller = &role};
        probe.resource_organization = &organization;
        if (!AllAllow(context, triple, probe)) continue;
        Probe foreign_resource = probe;
        foreign_resource.resource_organization = &other;
        const Role outsider{role.arn, other};
        Probe foreign_caller = probe;
        foreign_caller.caller = &outsider;
        if (context.GateOf(carrier).Refuses(foreign_caller) ||
            context.GateOf(carrier).Refuses(foreign_resource)) {
          return Witness{call, role.arn};
        }
      }
    }
  }
  return std::nullopt;
}

// The one of the three with a limit; absent where none or several have one.
std::optional<std::size_t> FindCarrier(const RunContext& context, const Triple& triple) {
  std::optional<std::size_t> carrier;
  for (const std::size_t index : triple.all()) {
    if (FindOrganization(context.document(index)) == nullptr) continue;
    if (carrier) return std::nullopt;
    carrier = index;
  }
  return carrier;
}

void Report(RunContext& context, const Triple& triple, std::size_t carrier, const Condition& limit,
            const Witness& witness) {
  std::string others;
  for (const std::size_t index : triple.all()) {
    if (index == carrier) continue;
    others += (others.empty() ? "" : " and ") +
              context.Place(index, context.document(index).root().range);
  }
  context.ReportKey("BP120", carrier, *limit.key_node,
                    "only this policy carries the organization limit: " + others + " allow " +
                        std::string(witness.call.action) + " on " + Quote(witness.call.resource) +
                        " by " + Quote(witness.role) + " without one",
                    "add the limit to the others, or keep it in a service or resource control "
                    "policy");
}

// `said`: of which policies it is said that they carry the limit.
void CheckTriple(RunContext& context, const Triple& triple, std::string_view bucket,
                 std::vector<bool>& said) {
  const auto carrier = FindCarrier(context, triple);
  if (!carrier || said[*carrier]) return;
  const policy::PolicyDocument& document = context.document(*carrier);
  const Condition& limit = *FindOrganization(document);
  const std::string organization(policy::OrganizationIn(FirstValue(document, limit.key_node->key)));
  if (organization.empty()) return;
  const auto witness = FindWitness(context, triple, *carrier, bucket, organization);
  if (!witness) return;
  said[*carrier] = true;
  Report(context, triple, *carrier, limit, *witness);
}

bool IsLimitedFromAbove(const RunContext& context) {
  return std::ranges::any_of(context.run().policies, [](const RunPolicy& policy) {
    const policy::PolicyKind kind = policy.document->kind();
    return (kind == policy::PolicyKind::kScp || kind == policy::PolicyKind::kRcp) &&
           FindOrganization(*policy.document) != nullptr;
  });
}

}  // namespace

void CheckThreeWayHole(RunContext& context) {
  if (IsLimitedFromAbove(context)) return;
  std::size_t triples = 0;
  std::vector<bool> said(context.run().policies.size());
  for (const auto& [bucket, identities] : IdentitiesByBucket(context)) {
    for (const std::size_t policy : context.BucketPolicies(bucket)) {
      for (const std::size_t endpoint : context.s3_endpoints()) {
        for (const std::size_t identity : identities) {
          if (++triples > kMostTriples) return;
          CheckTriple(context, {endpoint, identity, policy}, bucket, said);
        }
      }
    }
  }
}

}  // namespace postern::authz
