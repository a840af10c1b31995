#include "authz/rules/together/gate.h"

#include <algorithm>

#include "authz/engine.h"
#include "authz/policy_set.h"
#include "authz/request.h"
#include "authz/rules/probe.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::authz {
namespace {

using policy::IsOneOf;
using policy::PolicyKind;

// What follows from who asks.
constexpr std::string_view kCallerKeys[] = {
    "aws:PrincipalAccount",         "aws:PrincipalArn",  "aws:PrincipalIsAWSService",
    "aws:PrincipalOrgID",           "aws:PrincipalType", "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList"};
// What requests of people are: not forwarded by a service, and with TLS.
constexpr std::string_view kUsualKeys[] = {"aws:CalledVia", "aws:CalledViaFirst",
                                           "aws:CalledViaLast", "aws:SecureTransport",
                                           "aws:ViaAWSService"};
constexpr std::string_view kEndpointKeys[] = {
    "aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce", "aws:VpceAccount",
    "aws:VpceOrgID", "aws:VpceOrgPaths", "aws:VpcSourceIp"};

Layer LayerOf(PolicyKind kind) {
  if (kind == PolicyKind::kEndpoint) return Layer::kEndpoint;
  return policy::IsIdentity(kind) ? Layer::kIdentity : Layer::kResource;
}

// Text that may stand for anything decides nothing.
bool IsOpen(const policy::Statement& statement) {
  const auto is_open = [](const policy::Node* node) { return policy::IsUnfinished(node->text); };
  if (statement.actions && std::ranges::any_of(statement.actions->patterns, is_open)) return true;
  return statement.principal &&
         std::ranges::any_of(statement.principal->entries, [](const policy::PrincipalEntry& each) {
           return policy::IsUnfinished(each.value->text);
         });
}

bool CanBeJudged(const policy::PolicyDocument& document) {
  return !document.statements().empty() &&
         std::ranges::all_of(document.statements(), [](const policy::Statement& statement) {
           return policy::IsSound(statement) && !IsOpen(statement);
         });
}

// Whether the probe settles the key, as present or as absent.
bool IsSettled(const Probe& probe, Layer layer, std::string_view key) {
  constexpr std::string_view kOrganization[] = {"aws:ResourceOrgID"};
  constexpr std::string_view kEndpoint[] = {"aws:SourceVpce"};
  constexpr std::string_view kVpc[] = {"aws:SourceVpc"};
  constexpr std::string_view kAddress[] = {"aws:SourceIp"};
  if (probe.caller != nullptr && (IsOneOf(key, kCallerKeys) || IsOneOf(key, kUsualKeys))) {
    return true;
  }
  if (probe.resource_organization != nullptr && IsOneOf(key, kOrganization)) return true;
  switch (probe.way) {
    case Probe::Way::kAny:
      return layer == Layer::kEndpoint && IsOneOf(key, kAddress);
    case Probe::Way::kPastEndpoints:
      return IsOneOf(key, kEndpointKeys);
    case Probe::Way::kThrough:
      break;
  }
  return IsOneOf(key, kAddress) || (!probe.endpoint.empty() && IsOneOf(key, kEndpoint)) ||
         (!probe.vpc.empty() && IsOneOf(key, kVpc));
}

}  // namespace

PolicyGate::PolicyGate(const policy::PolicyDocument& document, policy::EndpointType type,
                       const policy::Catalogue& catalogue)
    : document_(document), layer_(LayerOf(document.kind())), keys_(KeysReadBy(document)) {
  if (!CanBeJudged(document)) return;
  PolicySet policies;
  const DocumentPtr shared(DocumentPtr{}, &document);  // it outlives the question
  if (layer_ == Layer::kEndpoint) {
    policies.endpoint.emplace();
    policies.endpoint->policy = Knowledge::kGiven;
    policies.endpoint->document = shared;
    policies.endpoint->type = type;
  } else if (layer_ == Layer::kIdentity) {
    policies.identity = {Knowledge::kGiven, {shared}};
  } else {
    policies.resource = {Knowledge::kGiven, {shared}};
  }
  compiled_ = Compile(policies, catalogue);
}

GateAnswer PolicyGate::Ask(const Probe& probe) {
  if (compiled_ == nullptr) return {};
  Request request;
  request.action = probe.action;
  request.resource = probe.resource;
  request.layers = {layer_};
  if (probe.caller != nullptr) {
    request.principal.kind = RequesterKind::kArn;
    request.principal.arn = probe.caller->arn;
    request.principal.org_id = probe.caller->organization;
  }
  if (probe.resource_organization != nullptr) {
    request.resource_org_id = *probe.resource_organization;
  }
  for (const std::string_view key : keys_) {
    if (!IsSettled(probe, layer_, key)) request.AddUnknown(key);
  }
  if (layer_ != Layer::kEndpoint) {
    if (probe.way == Probe::Way::kPastEndpoints) request.AddUnknown("aws:SourceIp");
    if (!probe.endpoint.empty()) request.AddContext("aws:SourceVpce", probe.endpoint);
    if (!probe.vpc.empty()) request.AddContext("aws:SourceVpc", probe.vpc);
  }
  if (Bind(*compiled_, request, bound_)) return {};
  const Decision decision = Decide(*compiled_, bound_);
  const StatementRef& decided = decision.StatementOf(layer_);
  return {decision.verdict,
          decided.present() ? &document_.statements()[decided.statement] : nullptr};
}

bool PolicyGate::Refuses(const Probe& probe) {
  const Verdict verdict = Ask(probe).verdict;
  return verdict == Verdict::kImplicitDeny || verdict == Verdict::kExplicitDeny;
}

}  // namespace postern::authz
