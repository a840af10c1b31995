#include "tests/peer/simulation.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "policy/catalogue.h"
#include "policy/format/part.h"

namespace postern::peer {
namespace {

using authz::Layer;
using cmd::JsonWriter;

constexpr std::string_view kAllowAll =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
constexpr std::string_view kAllowAllToAll =
    R"({"Version":"2012-10-17","Statement":)"
    R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}})";
constexpr std::string_view kAnotherAccount = "000000000000";

std::string TextOf(const policy::PolicyDocument& document) {
  return policy::Write(policy::PartOf(document.root()), nullptr, policy::Layout::kOneLine);
}

void WriteNamed(JsonWriter& json, const std::vector<authz::DocumentPtr>& documents) {
  json.BeginArray();
  for (std::size_t i = 0; i < documents.size(); ++i) {
    json.BeginObject().Member("name", "policy-" + std::to_string(i));
    json.Key("policy").Raw(TextOf(*documents[i])).EndObject();
  }
  json.EndArray();
}

void WriteLevels(JsonWriter& json, const authz::LeveledLayer& layer) {
  json.BeginArray();
  for (std::size_t i = 0; i < layer.levels.size(); ++i) {
    json.BeginObject().Member("orgIdentifier", "level-" + std::to_string(i)).Key("policies");
    WriteNamed(json, layer.levels[i]);
    json.EndObject();
  }
  json.EndArray();
}

// The one layer that is asked, if it is one that can be put by itself.
std::optional<Layer> OneLayer(const authz::Request& request) {
  for (const Layer layer : {Layer::kIdentity, Layer::kResource, Layer::kEndpoint}) {
    if (request.layers == authz::LayerMask{layer}) return layer;
  }
  return {};
}

// ---- request

// A value of a key that has several is a list there.
void WriteContext(JsonWriter& json, const authz::Explanation& why) {
  json.Key("contextVariables").BeginObject();
  for (const authz::KeyEvidence& key : why.keys) {
    if (key.source == authz::KeySource::kAbsent || key.source == authz::KeySource::kUnknown) {
      continue;
    }
    const auto known = policy::Catalogue::Embedded().FindConditionKey(key.name);
    json.Key(key.name);
    if (key.values.size() == 1 && !(known && known->multivalued)) {
      json.String(key.values.front());
      continue;
    }
    json.BeginArray();
    for (const std::string_view value : key.values) json.String(value);
    json.EndArray();
  }
  json.EndObject();
}

void WritePrincipal(JsonWriter& json, const authz::Principal& principal) {
  json.Key("principal");
  switch (principal.kind) {
    case authz::RequesterKind::kAnonymous:
      json.BeginObject().Member("type", "Anonymous").EndObject();
      break;
    case authz::RequesterKind::kService:
      json.String(principal.service);
      break;
    default:
      json.String(principal.arn);
  }
}

void WriteRequest(JsonWriter& json, const Question& question, std::string_view resource_account) {
  const authz::Request& request = question.request;
  json.Key("request").BeginObject();
  WritePrincipal(json, request.principal);
  json.Member("action", request.action).Key("resource").BeginObject();
  json.Member("resource", request.resource).Member("accountId", resource_account).EndObject();
  WriteContext(json, question.why);
  json.EndObject();
}

// The fifth field of an ARN.
std::string_view AccountOf(std::string_view arn) {
  for (int colons = 0; colons < 4; ++colons) arn.remove_prefix(arn.find(':') + 1);
  return arn.substr(0, arn.find(':'));
}

// ---- policies

// Anonymous callers and services have none (S7.2).
bool HasIdentityPolicies(const Question& question) {
  return question.request.principal.kind == authz::RequesterKind::kArn;
}

void WriteIdentityPolicies(JsonWriter& json, const Question& question) {
  json.Key("identityPolicies");
  if (HasIdentityPolicies(question)) {
    WriteNamed(json, question.policies.identity.policies);
  } else {
    json.BeginArray().EndArray();
  }
}

void WriteIdentityAllows(JsonWriter& json, const Question& question) {
  json.Key("identityPolicies").BeginArray();
  if (HasIdentityPolicies(question)) {
    json.BeginObject().Member("name", "everything").Key("policy").Raw(kAllowAll).EndObject();
  }
  json.EndArray();
}

// Only those that reach the request (S7.2): which do, that program has to be told. Whether the
// service takes RCPs it has to know.
void WriteControlPolicies(JsonWriter& json, const Question& question) {
  const auto takes_part = [&question](Layer layer) {
    return question.why.Of(layer).outcome != authz::Outcome::kNotApplicable;
  };
  const std::string_view action = question.request.action;
  const std::string_view service = action.substr(0, action.find(':'));
  const bool rcps = takes_part(Layer::kRcp) || !policy::Catalogue::Embedded().IsRcpCapable(service);
  json.Key("serviceControlPolicies");
  WriteLevels(json, takes_part(Layer::kScp) ? question.policies.scps : authz::LeveledLayer{});
  json.Key("resourceControlPolicies");
  WriteLevels(json, rcps ? question.policies.rcps : authz::LeveledLayer{});
}

void WriteNoControlPolicies(JsonWriter& json) {
  json.Key("serviceControlPolicies").BeginArray().EndArray();
  json.Key("resourceControlPolicies").BeginArray().EndArray();
}

// None where the request goes past the endpoint, or to another Region (S7.10.4). Of another
// endpoint only the id is known: its policy is the default one.
void WriteEndpointPolicy(JsonWriter& json, const Question& question) {
  if (question.why.Of(Layer::kEndpoint).outcome == authz::Outcome::kNotApplicable) return;
  if (question.request.route == authz::Route::kOtherEndpoint) return;
  const auto& endpoint = question.policies.endpoint;
  if (!endpoint || !endpoint->document) return;
  json.Key("vpcEndpointPolicies");
  WriteNamed(json, {endpoint->document});
}

void WriteResourcePolicy(JsonWriter& json, const Question& question) {
  const auto& policies = question.policies.resource.policies;
  if (!policies.empty()) json.Key("resourcePolicy").Raw(TextOf(*policies.front()));
}

void WriteBounds(JsonWriter& json, const authz::PolicySet& policies) {
  if (policies.boundary.knowledge == authz::Knowledge::kGiven) {
    json.Key("permissionBoundaryPolicies");
    WriteNamed(json, policies.boundary.policies);
  }
  if (!policies.session.policies.empty()) {
    json.Key("sessionPolicy").Raw(TextOf(*policies.session.policies.front()));
  }
}

void WriteAllLayers(JsonWriter& json, const Question& question) {
  WriteRequest(json, question, question.why.resource_account);
  WriteIdentityPolicies(json, question);
  WriteControlPolicies(json, question);
  WriteBounds(json, question.policies);
  WriteResourcePolicy(json, question);
  WriteEndpointPolicy(json, question);
  if (question.policies.restrict_public_buckets) {
    json.Key("additionalSettings").BeginObject().Key("s3").BeginObject();
    json.Key("blockPublicAccess").Bool(true).EndObject().EndObject();
  }
}

// ---- one layer

// By themselves they decide in the caller's own account.
void WriteIdentityAlone(JsonWriter& json, const Question& question) {
  WriteRequest(json, question, AccountOf(question.request.principal.arn));
  WriteIdentityPolicies(json, question);
  WriteNoControlPolicies(json);
}

// By itself it decides in another account than the caller's: whomever it names is let through.
void WriteResourceAlone(JsonWriter& json, const Question& question) {
  WriteRequest(json, question, kAnotherAccount);
  WriteIdentityAllows(json, question);
  WriteNoControlPolicies(json);
  WriteResourcePolicy(json, question);
}

// That program takes no principals but `*` in an endpoint policy.
bool NamesPrincipals(const policy::PolicyDocument& document) {
  return std::ranges::any_of(document.statements(), [](const policy::Statement& statement) {
    return statement.principal && (statement.principal->negated || !statement.principal->everyone);
  });
}

// On an interface endpoint whoever is named at whatever strength is let through (S7.10.7), as by a
// resource policy of another account.
bool IsAskedAsResourcePolicy(const Question& question) {
  const auto& endpoint = question.policies.endpoint;
  return endpoint && endpoint->type == policy::EndpointType::kInterface && endpoint->document &&
         NamesPrincipals(*endpoint->document);
}

void WriteEndpointAlone(JsonWriter& json, const Question& question) {
  const bool as_resource_policy = IsAskedAsResourcePolicy(question);
  WriteRequest(json, question,
               as_resource_policy ? kAnotherAccount : question.why.resource_account);
  WriteIdentityAllows(json, question);
  WriteNoControlPolicies(json);
  if (as_resource_policy) {
    json.Key("resourcePolicy").Raw(TextOf(*question.policies.endpoint->document));
  } else {
    json.Key("resourcePolicy").Raw(kAllowAllToAll);
    WriteEndpointPolicy(json, question);
  }
}

}  // namespace

std::string_view Unspeakable(const Question& question) {
  const auto& [policies, request, why] = question;
  if (why.decision.verdict == authz::Verdict::kUnknown) return "something is unknown";
  if (policies.access_point || why.through_access_point) return "an access point";
  switch (request.principal.kind) {
    case authz::RequesterKind::kFederated:
      return "a federated sign-in";
    case authz::RequesterKind::kUnknown:
      return "a caller who is not known";
    default:
      break;
  }
  if (request.resource_unknown) return "a resource that is not known";
  if (why.resource_account.empty()) return "a resource of an account that is not known";
  if (policies.resource.policies.size() > 1) return "two resource policies";
  if (policies.session.policies.size() > 1) return "two session policies";
  if (request.resource_shared) return "a resource that is shared by other means";
  const bool all_layers = request.layers == authz::LayerMask::All();
  if (!all_layers && !OneLayer(request)) return "some layers only";
  return {};
}

void WriteSimulation(JsonWriter& json, const Question& question) {
  json.BeginObject();
  const auto layer = OneLayer(question.request);
  if (layer == Layer::kIdentity) {
    WriteIdentityAlone(json, question);
  } else if (layer == Layer::kResource) {
    WriteResourceAlone(json, question);
  } else if (layer == Layer::kEndpoint) {
    WriteEndpointAlone(json, question);
  } else {
    WriteAllLayers(json, question);
  }
  json.EndObject();
}

}  // namespace postern::peer
