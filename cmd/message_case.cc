#include "cmd/message_case.h"

#include <fmt/format.h>

#include <algorithm>

#include "authz/access_point.h"

namespace postern::cmd {
namespace {

using authz::Knowledge;
using authz::Layer;
using authz::Outcome;
using authz::Verdict;

// "explicit deny by endpoint", as far as the message says it.
std::string DenyOf(const authz::DeniedMessage& message) {
  return fmt::format(
      "{}deny{}{}", message.denial ? fmt::format("{} ", authz::DenialName(*message.denial)) : "",
      message.layer ? " by " : "", message.layer ? authz::LayerName(*message.layer) : "");
}

// The verdict hangs on something else, but the layer that is blamed has been judged.
std::string DisagreementOfLayer(std::string_view source, const authz::DeniedMessage& message,
                                std::span<const authz::LayerEvidence> layers) {
  if (!message.layer) return {};
  const auto blamed = std::ranges::find(layers, *message.layer, &authz::LayerEvidence::layer);
  if (blamed == layers.end()) return {};
  const bool allows = blamed->outcome == Outcome::kAllow;
  const bool denies =
      blamed->outcome == Outcome::kExplicitDeny || blamed->outcome == Outcome::kImplicitDeny;
  const bool other_denial =
      denies && message.denial &&
      (*message.denial == authz::Denial::kExplicit) != (blamed->outcome == Outcome::kExplicitDeny);
  if (!allows && !other_denial) return {};
  return fmt::format("the {} says {}, that layer as it is given says {}", source, DenyOf(message),
                     authz::OutcomeName(blamed->outcome));
}

bool Says(const authz::CaseFile& file, std::string_view pointer) {
  return file.question.tree->At(pointer) != nullptr;
}

void CompletePrincipal(const std::string& text, authz::Principal& principal) {
  if (text == "*") {
    principal.kind = authz::RequesterKind::kAnonymous;
  } else if (text.starts_with("arn:")) {
    principal.kind = authz::RequesterKind::kArn;
    principal.arn = text;
  } else if (text.ends_with(".amazonaws.com")) {
    principal.kind = authz::RequesterKind::kService;
    principal.service = text;
  }
}

void CompleteResource(const std::string& text, const policy::Catalogue& catalogue,
                      authz::Request& request) {
  if (text == "*" || text.starts_with("arn:")) {
    request.resource = text;
  } else if (!IsAccountLevel(request.action, catalogue)) {
    request.resource_unknown = true;
  }
}

}  // namespace

bool IsAccountLevel(std::string_view action, const policy::Catalogue& catalogue) {
  const std::size_t colon = action.find(':');
  if (colon == action.npos) return false;
  const auto known = catalogue.FindAction(action.substr(0, colon), action.substr(colon + 1));
  return known && catalogue.ResourceTypesOf(*known).empty();
}

void Blame(Layer layer, authz::CaseFile& into) {
  authz::PolicySet& policies = into.policies;
  const auto unless_said = [&](std::string_view pointer, Knowledge& knowledge) {
    if (!Says(into, pointer)) knowledge = Knowledge::kUnknown;
  };
  switch (layer) {
    case Layer::kScp:
      return unless_said("/policies/scps", policies.scps.knowledge);
    case Layer::kRcp:
      return unless_said("/policies/rcps", policies.rcps.knowledge);
    case Layer::kEndpoint:
      return unless_said("/policies/endpoint", policies.endpoint_knowledge);
    case Layer::kSession:
      return unless_said("/policies/session", policies.session.knowledge);
    case Layer::kBoundary:
      return unless_said("/policies/boundary", policies.boundary.knowledge);
    case Layer::kAccessPoint:
      return unless_said("/policies/access_point", policies.access_point_knowledge);
    case Layer::kBlockPublicAccess:
      return unless_said("/policies/block_public_access", policies.block_public_access_knowledge);
    case Layer::kIdentity:
    case Layer::kResource:
      return;  // not given is unknown anyway
  }
}

void CompleteFromMessage(const authz::DeniedMessage& message, const policy::Catalogue& catalogue,
                         authz::CaseFile& into) {
  authz::Request& request = into.question.request;
  if (!Says(into, "/request/principal")) CompletePrincipal(message.principal, request.principal);
  const bool called =
      Says(into, "/request/action") || Says(into, "/request/api") || Says(into, "/request/calls");
  if (!called) request.action = message.action;
  if (into.question.calls.empty() && !Says(into, "/request/resource")) {
    CompleteResource(message.resource, catalogue, request);
  }
  // No message names the bucket behind an access point.
  if (authz::IsAccessPoint(request.resource) && !Says(into, "/request/bucket_resource")) {
    request.bucket_resource_unknown = true;
  }
  request.other_keys_unknown = true;
  if (message.layer) Blame(*message.layer, into);
}

std::vector<std::string_view> LayersNotGiven(const authz::CaseFile& file) {
  const authz::PolicySet& p = file.policies;
  std::vector<std::string_view> layers;
  const auto add = [&](Layer layer, bool open) {
    if (open) layers.push_back(authz::LayerName(layer));
  };
  const auto open = [](Knowledge knowledge) {
    return knowledge == Knowledge::kNotGiven || knowledge == Knowledge::kUnknown;
  };
  add(Layer::kScp, open(p.scps.knowledge));
  add(Layer::kRcp, open(p.rcps.knowledge));
  add(Layer::kEndpoint,
      open(p.endpoint_knowledge) || (p.endpoint && p.endpoint->policy == Knowledge::kUnknown));
  add(Layer::kSession, open(p.session.knowledge));
  add(Layer::kBoundary, open(p.boundary.knowledge));
  add(Layer::kIdentity, open(p.identity.knowledge));
  add(Layer::kResource, open(p.resource.knowledge));
  add(Layer::kAccessPoint, open(p.access_point_knowledge));
  add(Layer::kBlockPublicAccess, open(p.block_public_access_knowledge));
  return layers;
}

std::string Disagreement(std::string_view source, const authz::DeniedMessage& message,
                         const authz::Decision& decision,
                         std::span<const authz::LayerEvidence> layers,
                         const std::vector<std::string_view>& not_given) {
  if (!message.authorization_failure) return {};
  if (decision.verdict == Verdict::kUnknown) return DisagreementOfLayer(source, message, layers);
  const bool other_layer = message.layer && !decision.decided_by.Has(*message.layer);
  const bool other_denial = message.denial && (*message.denial == authz::Denial::kExplicit) !=
                                                  (decision.verdict == Verdict::kExplicitDeny);
  if (decision.verdict != Verdict::kAllow && !other_layer && !other_denial) return {};
  std::string text = fmt::format("the {} says {}, these policies give {}", source, DenyOf(message),
                                 authz::VerdictName(decision.verdict));
  if (!not_given.empty()) text += fmt::format("; not given: {}", fmt::join(not_given, ", "));
  return text;
}

}  // namespace postern::cmd
