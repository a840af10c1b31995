#include "cmd/event_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "authz/access_point.h"
#include "cmd/message_case.h"
#include "policy/language/arn.h"
#include "policy/language/fold.h"

namespace postern::cmd {
namespace {

using authz::CloudTrailEvent;
using authz::EventResult;
using authz::EventWay;
using authz::Knowledge;
using authz::Verdict;

constexpr std::array<std::string_view, 2> kAddressKeys = {"aws:SourceIp", "aws:VpcSourceIp"};
constexpr std::array<std::string_view, 5> kEndpointKeys = {
    "aws:SourceVpce", "aws:SourceVpc", "aws:SourceVpcArn", "aws:VpcSourceIp", "aws:VpceAccount"};
constexpr std::array<std::string_view, 3> kRequesterKeys = {"aws:PrincipalAccount",
                                                            "aws:PrincipalType", "aws:userid"};

template <std::size_t kCount>
bool IsOneOf(std::string_view key, const std::array<std::string_view, kCount>& keys) {
  return std::ranges::any_of(
      keys, [&](std::string_view each) { return policy::EqualsIgnoreAsciiCase(each, key); });
}

bool Gives(const authz::Request& request, std::string_view key) {
  return std::ranges::any_of(request.context, [&](const authz::ContextEntry& entry) {
    return policy::EqualsIgnoreAsciiCase(entry.key, key);
  });
}

void AddUnknown(authz::Request& request, std::string_view key) {
  if (!Gives(request, key)) request.AddUnknown(key);
}

void CompleteRequester(const CloudTrailEvent& event, authz::Request& request) {
  const authz::EventRequester& from = event.requester;
  authz::Principal& into = request.principal;
  into.kind = from.kind;
  into.arn = from.arn;
  into.service = from.service;
  into.provider = from.provider;
  if (from.kind == authz::RequesterKind::kUnknown) into.account = from.account;
  into.unique_id = from.unique_id;
  into.path = from.path;
  into.federating_user = from.federating_user;
  if (from.path_unknown) AddUnknown(request, "aws:PrincipalArn");
  const bool named = policy::SplitConcreteArn(event.message.principal).valid();
  if (from.kind == authz::RequesterKind::kUnknown && named) {
    into.kind = authz::RequesterKind::kArn;
    into.arn = event.message.principal;
    into.account = {};
    AddUnknown(request, "aws:PrincipalArn");
  }
}

void CompleteCalls(const CloudTrailEvent& event, bool names_resource, authz::CaseFile& into) {
  authz::Case& question = into.question;
  question.calls = event.calls;
  question.unjudged = event.unjudged;
  question.assumed_same_name = event.assumed_same_name;
  if (question.calls.empty()) return;
  if (names_resource) {
    const std::string given(question.request.resource_unknown ? std::string_view()
                                                              : question.request.resource);
    for (authz::Call& call : question.calls) {
      if (call.resource != "*") call.resource = given;
    }
  }
  const authz::Call& first = question.calls.front();
  question.request.action = first.action;
  question.request.resource_unknown = first.resource.empty();
  question.request.resource = first.resource.empty() ? std::string_view("*") : first.resource;
}

// Where the case has its own call, the event may still tell on what.
void CompleteResource(const CloudTrailEvent& event, const policy::Catalogue& catalogue,
                      authz::Request& request) {
  const auto told = std::ranges::find_if(event.calls, [&](const authz::Call& call) {
    return policy::EqualsIgnoreAsciiCase(call.action, request.action);
  });
  if (told != event.calls.end() && !told->resource.empty()) {
    request.resource = told->resource;
  } else if (!IsAccountLevel(request.action, catalogue)) {
    request.resource_unknown = true;
  }
}

void CompleteEndpoint(const CloudTrailEvent& event, authz::CaseFile& into,
                      std::vector<std::string>& notes) {
  authz::PolicySet& policies = into.policies;
  const bool known_here = policies.endpoint.has_value();
  if (known_here &&
      (policies.endpoint->id.empty() || policies.endpoint->id == event.vpc_endpoint)) {
    policies.endpoint->id = event.vpc_endpoint;
    if (policies.endpoint->account.empty()) {
      policies.endpoint->account = event.vpc_endpoint_account;
    }
    return;
  }
  if (known_here) {
    notes.push_back(fmt::format("the event came through `{}`, and the policy given is that of `{}`",
                                event.vpc_endpoint, policies.endpoint->id));
  }
  authz::Endpoint& endpoint = policies.endpoint.emplace();
  endpoint.policy = Knowledge::kUnknown;
  endpoint.id = event.vpc_endpoint;
  endpoint.account = event.vpc_endpoint_account;
  policies.endpoint_knowledge = Knowledge::kGiven;
}

void CompleteWay(const CloudTrailEvent& event, authz::CaseFile& into,
                 std::vector<std::string>& notes) {
  authz::PolicySet& policies = into.policies;
  switch (event.way) {
    case EventWay::kEndpoint:
      return CompleteEndpoint(event, into, notes);
    case EventWay::kNoEndpoint:
      if (!event.forwarded_by.empty()) return;
      into.question.request.route = authz::Route::kInternet;
      if (policies.endpoint) {
        notes.emplace_back(
            "the event names no VPC endpoint and did not come from a private address: it is judged "
            "without the endpoint's policy");
      }
      return;
    case EventWay::kUnknown:
      if (!policies.endpoint && event.forwarded_by.empty()) {
        policies.endpoint_knowledge = Knowledge::kUnknown;
      }
  }
}

}  // namespace

void CompleteFromEvent(const CloudTrailEvent& event, const policy::Catalogue& catalogue,
                       authz::CaseFile& into, std::vector<std::string>& notes) {
  const auto says = [&](std::string_view pointer) {
    return into.question.tree->At(pointer) != nullptr;
  };
  authz::Request& request = into.question.request;
  const bool own_requester = says("/request/principal");
  const bool own_resource = says("/request/resource") || says("/request/resources");
  const bool own_call = says("/request/action") || says("/request/api") || says("/request/calls");
  const bool own_way =
      says("/request/via") ||
      std::ranges::any_of(kEndpointKeys, [&](std::string_view key) { return Gives(request, key); });
  if (!own_requester) CompleteRequester(event, request);
  if (!own_call) {
    CompleteCalls(event, own_resource, into);
  } else if (into.question.calls.empty() && !own_resource) {
    CompleteResource(event, catalogue, request);
  }
  if (!own_resource && !event.resource_account.empty() &&
      request.resource_account_state == authz::ResourceAccountState::kDerive) {
    request.resource_account_state = authz::ResourceAccountState::kGiven;
    request.resource_account = event.resource_account;
  }
  if (authz::IsAccessPoint(request.resource) && !says("/request/bucket_resource")) {
    request.bucket_resource_unknown = true;
  }
  if (!says("/request/forwarded_by")) request.forwarded_by = event.forwarded_by;
  if (!own_way) CompleteWay(event, into, notes);
  for (const authz::EventKey& key : event.keys) {
    const bool of_other = (own_requester && IsOneOf(key.name, kRequesterKeys)) ||
                          (own_way && IsOneOf(key.name, kAddressKeys));
    if (of_other || Gives(request, key.name)) continue;
    request.OpenContext(key.name);
    for (const std::string& value : key.values) request.AddValue(value);
  }
  for (const std::string& key : event.unknown_keys) AddUnknown(request, key);
  request.other_keys_unknown = true;
  if (event.message.layer) Blame(*event.message.layer, into);
}

authz::DeniedMessage UnderstoodOf(const CloudTrailEvent& event) {
  authz::DeniedMessage message = event.message;
  message.api = event.api;
  if (message.principal.empty()) {
    message.principal = event.requester.kind == authz::RequesterKind::kAnonymous ? "*"
                        : !event.requester.arn.empty()     ? event.requester.arn
                        : !event.requester.service.empty() ? event.requester.service
                                                           : event.requester.provider;
  }
  if (event.calls.size() == 1) {
    if (message.action.empty()) message.action = event.calls.front().action;
    if (message.resource.empty()) message.resource = event.calls.front().resource;
  }
  return message;
}

EventComparison CompareWithEvent(const CloudTrailEvent& event, const authz::Decision& decision,
                                 std::span<const authz::LayerEvidence> layers,
                                 const std::vector<std::string_view>& not_given) {
  if (event.result == EventResult::kOtherError) {
    return {std::nullopt, "the event tells of an error that is no authorization failure"};
  }
  if (event.result == EventResult::kRefused) {
    const std::string other = Disagreement("event", event.message, decision, layers, not_given);
    if (!other.empty()) return {false, other};
    if (decision.verdict != Verdict::kUnknown)
      return {true, "as in the event, the request is refused"};
    const auto blamed =
        event.message.layer ? authz::LayerName(*event.message.layer) : std::string_view();
    if (std::ranges::find(not_given, blamed) == not_given.end()) return {};
    return {std::nullopt, fmt::format("the event says that it was refused by {}, and no policy is "
                                      "given for that layer",
                                      blamed)};
  }
  if (decision.verdict == Verdict::kUnknown) return {};
  if (decision.verdict == Verdict::kAllow)
    return {true, "as in the event, the request is let through"};
  std::string text =
      fmt::format("the event says that the request was let through, these policies give {}",
                  authz::VerdictName(decision.verdict));
  if (!not_given.empty()) text += fmt::format("; not given: {}", fmt::join(not_given, ", "));
  return {false, text};
}

}  // namespace postern::cmd
