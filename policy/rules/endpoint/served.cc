// A policy against the service whose endpoint it is for.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "policy/catalogue.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"
#include "policy/language/wildcard.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/checks.h"
#include "policy/rules/endpoint/perimeter_keys.h"
#include "policy/rules/parts.h"

namespace postern::policy {
namespace {

// Actions of the same family that another endpoint carries.
struct Sibling {
  std::string_view endpoint;
  std::string_view actions;  // in lower case, with `*`
  std::string_view other;
};

constexpr std::array<Sibling, 14> kSiblings = {{
    {"dynamodb", "dynamodb:describestream", "dynamodb-streams"},
    {"dynamodb", "dynamodb:getrecords", "dynamodb-streams"},
    {"dynamodb", "dynamodb:getsharditerator", "dynamodb-streams"},
    {"dynamodb", "dynamodb:liststreams", "dynamodb-streams"},
    {"s3", "s3express:*", "s3express"},
    {"s3", "s3-outposts:*", "s3-outposts"},
    {"s3express", "s3:*", "s3"},
    {"ssmmessages", "ssm:*", "ssm"},
    {"ec2messages", "ssm:*", "ssm"},
    {"ssm", "ssmmessages:*", "ssmmessages"},
    {"ssm", "ec2messages:*", "ec2messages"},
    {"sagemaker.api", "sagemaker:invokeendpoint*", "sagemaker.runtime"},
    {"states", "states:startsyncexecution", "sync-states"},
    {"apigateway", "execute-api:*", "execute-api"},
}};

const Sibling* FindSibling(std::string_view endpoint, std::string_view action) {
  const std::string folded = FoldAscii(action);
  for (const Sibling& row : kSiblings) {
    if (row.endpoint == endpoint && ReferenceMatch(WildcardTokens(row.actions), folded)) {
      return &row;
    }
  }
  return nullptr;
}

// The service that an action pattern is of, where it is one that AWS has; else "".
std::string_view PrefixOf(const LintContext& context, std::string_view action) {
  const std::size_t colon = action.find(':');
  if (colon == action.npos) return {};
  const std::string_view prefix = action.substr(0, colon);
  if (HasWildcard(prefix) || IsUnfinished(prefix)) return {};
  return context.catalogue().HasService(prefix) ? prefix : std::string_view{};
}

bool Holds(const std::vector<std::string_view>& all, std::string_view one) {
  return std::ranges::any_of(
      all, [one](std::string_view each) { return EqualsIgnoreAsciiCase(each, one); });
}

// IAM prefixes that the endpoint carries; empty: not known.
std::vector<std::string_view> Served(const LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint || context.facts().endpoint.service.empty()) {
    return {};
  }
  const auto service = context.catalogue().FindEndpointService(context.facts().endpoint.service);
  return service ? context.catalogue().ServedPrefixes(*service) : std::vector<std::string_view>{};
}

enum class Fate : std::uint8_t { kServed, kNotServed, kSibling };

struct Sorted {
  const Node* action;
  Fate fate;
};

std::vector<Sorted> SortActions(const LintContext& context, const Statement& statement,
                                const std::vector<std::string_view>& served) {
  std::vector<Sorted> sorted;
  for (const Node* action : statement.actions->patterns) {
    const std::string_view prefix = PrefixOf(context, action->text);
    Fate fate = prefix.empty() || Holds(served, prefix) ? Fate::kServed : Fate::kNotServed;
    if (FindSibling(context.facts().endpoint.service, action->text) != nullptr) {
      fate = Fate::kSibling;
    }
    sorted.push_back({action, fate});
  }
  return sorted;
}

// Visits each sound statement that lists actions, with what becomes of them.
template <typename Visit>
void ForEachSorted(const LintContext& context, Visit visit) {
  const std::vector<std::string_view> served = Served(context);
  if (served.empty()) return;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || !statement.actions || statement.actions->negated) continue;
    visit(statement, SortActions(context, statement, served));
  }
}

bool AllAre(const std::vector<Sorted>& actions, Fate fate) {
  return !actions.empty() &&
         std::ranges::all_of(actions, [fate](const Sorted& each) { return each.fate == fate; });
}

// Such a statement is EP203's; EP205 says more where the actions have an endpoint of their own.
bool IsDead(const std::vector<Sorted>& actions) { return AllAre(actions, Fate::kNotServed); }

std::string Endpoint(const LintContext& context) {
  return "an endpoint of `" + context.facts().endpoint.service + "`";
}

bool IsStreamsOnGateway(const LintContext& context) {
  return context.facts().endpoint.service == "dynamodb" &&
         context.facts().endpoint.type == EndpointType::kGateway;
}

// A policy all of whose actions are of Systems Manager's main endpoint: EP708 says it once.
bool IsAllSsm(const LintContext& context) {
  const std::string& service = context.facts().endpoint.service;
  return (service == "ssmmessages" || service == "ec2messages") &&
         OnlyServiceOf(context.document()) == "ssm";
}

}  // namespace

void CheckActionNotServed(LintContext& context) {
  ForEachSorted(context, [&](const Statement&, const std::vector<Sorted>& actions) {
    if (IsDead(actions)) return;
    for (const Sorted& each : actions) {
      if (each.fate != Fate::kNotServed) continue;
      context.Report("EP201", *each.action,
                     "no request for " + Quote(each.action->text) + " comes through " +
                         Endpoint(context) + ": it does nothing here",
                     "remove it, or move it to the policy of its service's endpoint");
    }
  });
}

void CheckStatementNotServed(LintContext& context) {
  ForEachSorted(context, [&](const Statement& statement, const std::vector<Sorted>& actions) {
    if (!IsDead(actions)) return;
    context.Report("EP203", *statement.actions->node,
                   "nothing that this statement names comes through " + Endpoint(context) +
                       ": it does nothing here",
                   "move it to the policy of its service's endpoint");
  });
}

void CheckWrongSiblingEndpoint(LintContext& context) {
  if (IsAllSsm(context)) return;
  ForEachSorted(context, [&](const Statement&, const std::vector<Sorted>& actions) {
    for (const Sorted& each : actions) {
      if (each.fate != Fate::kSibling || IsStreamsOnGateway(context)) continue;
      const Sibling& row = *FindSibling(context.facts().endpoint.service, each.action->text);
      context.Report("EP205", *each.action,
                     Quote(each.action->text) + " goes through the endpoint of " +
                         Quote(row.other) + ", not of " + Quote(row.endpoint),
                     "move it to the policy of that endpoint");
    }
  });
}

void CheckStreamsOnGateway(LintContext& context) {
  if (!IsStreamsOnGateway(context)) return;
  ForEachSorted(context, [&](const Statement&, const std::vector<Sorted>& actions) {
    for (const Sorted& each : actions) {
      if (each.fate != Fate::kSibling) continue;
      context.Report("EP706", *each.action,
                     Quote(each.action->text) +
                         " does not come through a gateway endpoint: streams have an interface "
                         "endpoint only",
                     "create an interface endpoint for dynamodb-streams and allow it there");
    }
  });
}

void CheckSsmActionsOnMessages(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint || !IsAllSsm(context)) return;
  const std::string& service = context.facts().endpoint.service;
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || !statement.actions || statement.actions->patterns.empty()) continue;
    context.Report("EP708", *statement.actions->node,
                   "an endpoint of " + Quote(service) + " carries " + Quote(service + ":*") +
                       " only, and this policy allows actions of " + Quote("ssm") + " only",
                   "allow " + service + ":* here, and the actions of ssm at its own endpoint");
    return;
  }
}

void CheckResourceNotServed(LintContext& context) {
  const std::vector<std::string_view> served = Served(context);
  std::vector<std::string_view> owners(served);
  if (served.empty() || !context.catalogue().HoldsActionsOf(served.front())) return;
  for (std::string_view prefix : served) {
    for (const ResourceType& type : context.catalogue().ResourceTypesOf(prefix)) {
      owners.push_back(SplitConcreteArn(type.arn_template).service());
    }
    for (const Action& action : context.catalogue().ActionsOf(prefix)) {
      for (const ResourceType& type : context.catalogue().ResourceTypesOf(action)) {
        owners.push_back(SplitConcreteArn(type.arn_template).service());
      }
    }
  }
  ForEachSorted(context, [&](const Statement& statement, const std::vector<Sorted>& actions) {
    // What is not carried at all was said.
    if (!statement.resources || std::ranges::none_of(actions, [](const Sorted& each) {
          return each.fate == Fate::kServed;
        })) {
      return;
    }
    for (const Node* resource : statement.resources->patterns) {
      const Arn arn = SplitArn(resource->text);
      const std::string_view owner = arn.service();
      if (!arn.valid() || HasWildcard(owner) || IsUnfinished(resource->text) ||
          !context.catalogue().HasService(owner) || Holds(owners, owner)) {
        continue;
      }
      context.Report("EP202", *resource,
                     "no request through " + Endpoint(context) + " is about a resource of " +
                         Quote(owner) + ": it does nothing here",
                     "remove it, or move it to the policy of its service's endpoint");
    }
  });
}

void CheckRegionMismatch(LintContext& context) {
  const std::string& region = context.facts().endpoint.region;
  if (context.kind() != PolicyKind::kEndpoint || region.empty()) return;
  const auto offer = [&](Diagnostic& finding) {
    finding.fixes.push_back({false, "write " + region, {{finding.range, region}}});
  };
  for (const Statement& statement : context.document().statements()) {
    if (!IsSound(statement) || !statement.resources || statement.resources->negated) continue;
    for (const Node* resource : statement.resources->patterns) {
      const Arn arn = SplitArn(resource->text);
      const std::string_view other = arn.region();
      if (!arn.valid() || !IsRegion(other) || other == region) continue;
      const std::size_t begin = OffsetIn(resource->text, other);
      offer(context.ReportWithin("EP204", *resource, begin, begin + other.size(),
                                 "this endpoint serves " + region + ", not " + Quote(other) +
                                     ": the resource is not reached through it",
                                 "write " + region + ", or `*`"));
    }
  }
  ForEachEndpointCondition(context, [&](const Statement& statement, const Condition& condition) {
    if (statement.effect != Effect::kAllow || !Restricts(condition) || condition.values.empty() ||
        !EqualsIgnoreAsciiCase(condition.key_node->key, "aws:RequestedRegion") ||
        !std::ranges::all_of(condition.values, [&](const Node* value) {
          return IsRegion(value->text) && value->text != region;
        })) {
      return;
    }
    const Node& value = *condition.values.front();
    offer(context.ReportWithin("EP204", value, 0, value.text.size(),
                               "this endpoint serves " + region + ", not " + Quote(value.text) +
                                   ": this condition is never true",
                               "write " + region));
  });
}

void CheckNoPolicySupport(LintContext& context) {
  if (context.kind() != PolicyKind::kEndpoint) return;
  const std::string& name = context.facts().endpoint.service;
  const auto service = context.catalogue().FindEndpointService(name);
  const bool customers = name.starts_with("vpce-svc-");
  if (!customers && (!service || service->policy_supported != false)) return;
  const Statement* const full = FindFullAccess(context.document());
  if (full != nullptr && HasStar(full->actions)) return;
  const Node* const list = context.document().root().Find("Statement");
  if (list == nullptr) return;
  context.ReportKey("EP106", *list,
                    "endpoints of " + Quote(name) + " take the full-access policy only",
                    "leave the policy out: say what is allowed in identity policies");
}

}  // namespace postern::policy
