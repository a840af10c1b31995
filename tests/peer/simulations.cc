// The cases of the corpus as iam-simulate is asked them, one JSON object a line:
//
//   {"suite": "...", "case": "...", "verdict": "allow", "simulation": {...}}
//
// with the keys that postern derives, as that program is handed all keys; each call of a case is
// one. Cases that it has no words for are left out and counted on standard error.
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authz/engine.h"
#include "authz/suites/suite.h"
#include "cmd/render/json_writer.h"
#include "policy/catalogue.h"
#include "policy/format/part.h"
#include "tests/corpus.h"
#include "tests/files.h"

namespace postern {
namespace {

using cmd::JsonWriter;

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

// Why the other program cannot be asked; "" = it can.
std::string_view Unspeakable(const authz::PolicySet& policies, const authz::Case& question,
                             const authz::Explanation& why) {
  const authz::Request& request = question.request;
  if (!question.unjudged.empty()) return "calls that are not all judged";
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
  return {};
}

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

void WriteRequest(JsonWriter& json, const authz::Request& request, const authz::Explanation& why,
                  std::string_view resource_account) {
  json.Key("request").BeginObject();
  WritePrincipal(json, request.principal);
  json.Member("action", request.action).Key("resource").BeginObject();
  json.Member("resource", request.resource).Member("accountId", resource_account).EndObject();
  WriteContext(json, why);
  json.EndObject();
}

constexpr std::string_view kAllowAll =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
constexpr std::string_view kAllowAllToAll =
    R"({"Version":"2012-10-17","Statement":)"
    R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}})";

// Anonymous callers and services have none (S7.2).
bool HasIdentityPolicies(const authz::Request& request) {
  return request.principal.kind == authz::RequesterKind::kArn;
}

void WriteIdentityPolicies(JsonWriter& json, const authz::PolicySet& policies,
                           const authz::Request& request) {
  const bool has_some = HasIdentityPolicies(request);
  json.Key("identityPolicies");
  WriteNamed(json, has_some ? policies.identity.policies : std::vector<authz::DocumentPtr>{});
}

void WriteEverything(JsonWriter& json, const authz::Request& request) {
  json.Key("identityPolicies").BeginArray();
  if (HasIdentityPolicies(request)) {
    json.BeginObject().Member("name", "everything").Key("policy").Raw(kAllowAll).EndObject();
  }
  json.EndArray();
}

// Control policies that do not reach the request are left out (S7.2): which do, that program is
// told. Whether the service takes RCPs it has to know.
void WriteControlPolicies(JsonWriter& json, const authz::PolicySet& policies,
                          const authz::Request& request, const authz::Explanation& why) {
  const auto reached = [&why](authz::Layer layer) {
    return why.Of(layer).outcome != authz::Outcome::kNotApplicable;
  };
  const std::string_view service = request.action.substr(0, request.action.find(':'));
  const bool takes_rcps = policy::Catalogue::Embedded().IsRcpCapable(service);
  json.Key("serviceControlPolicies");
  WriteLevels(json, reached(authz::Layer::kScp) ? policies.scps : authz::LeveledLayer{});
  json.Key("resourceControlPolicies");
  const bool rcps = reached(authz::Layer::kRcp) || !takes_rcps;
  WriteLevels(json, rcps ? policies.rcps : authz::LeveledLayer{});
}

void WriteEndpointPolicy(JsonWriter& json, const authz::PolicySet& policies,
                         const authz::Request& request, const authz::Explanation& why) {
  // Of another endpoint only the id is known: its policy is the default one.
  if (request.route == authz::Route::kOtherEndpoint) return;
  const bool through = why.Of(authz::Layer::kEndpoint).outcome != authz::Outcome::kNotApplicable;
  if (!through) return;  // past it, or to another Region (S7.10.4)
  if (!policies.endpoint || !policies.endpoint->document) return;
  json.Key("vpcEndpointPolicies");
  WriteNamed(json, {policies.endpoint->document});
}

void WriteResourcePolicy(JsonWriter& json, const authz::PolicySet& policies) {
  if (policies.resource.policies.empty()) return;
  json.Key("resourcePolicy").Raw(TextOf(*policies.resource.policies.front()));
}

// All layers of the case.
void WriteWhole(JsonWriter& json, const authz::PolicySet& policies, const authz::Request& request,
                const authz::Explanation& why) {
  WriteRequest(json, request, why, why.resource_account);
  WriteIdentityPolicies(json, policies, request);
  WriteControlPolicies(json, policies, request, why);
  if (policies.boundary.knowledge == authz::Knowledge::kGiven) {
    json.Key("permissionBoundaryPolicies");
    WriteNamed(json, policies.boundary.policies);
  }
  if (!policies.session.policies.empty()) {
    json.Key("sessionPolicy").Raw(TextOf(*policies.session.policies.front()));
  }
  WriteResourcePolicy(json, policies);
  WriteEndpointPolicy(json, policies, request, why);
  if (policies.restrict_public_buckets) {
    json.Key("additionalSettings").BeginObject().Key("s3").BeginObject();
    json.Key("blockPublicAccess").Bool(true).EndObject().EndObject();
  }
}

// The fifth field of an ARN.
std::string_view AccountOf(std::string_view arn) {
  for (int colons = 0; colons < 4; ++colons) arn.remove_prefix(arn.find(':') + 1);
  return arn.substr(0, arn.find(':'));
}

void WriteNoControlPolicies(JsonWriter& json) {
  json.Key("serviceControlPolicies").BeginArray().EndArray();
  json.Key("resourceControlPolicies").BeginArray().EndArray();
}

// One layer alone: what is not asked allows everything. Identity policies decide alone in the
// caller's own account; a resource policy does in another account than the caller's, where whoever
// it names is enough.
void WriteOneLayer(JsonWriter& json, authz::Layer layer, const authz::PolicySet& policies,
                   const authz::Request& request, const authz::Explanation& why) {
  std::string_view account = why.resource_account;
  if (layer == authz::Layer::kIdentity) account = AccountOf(request.principal.arn);
  if (layer == authz::Layer::kResource) account = "000000000000";
  WriteRequest(json, request, why, account);
  if (layer == authz::Layer::kIdentity) {
    WriteIdentityPolicies(json, policies, request);
  } else {
    WriteEverything(json, request);
  }
  WriteNoControlPolicies(json);
  if (layer == authz::Layer::kResource) WriteResourcePolicy(json, policies);
  if (layer == authz::Layer::kEndpoint) {
    json.Key("resourcePolicy").Raw(kAllowAllToAll);
    WriteEndpointPolicy(json, policies, request, why);
  }
}

std::optional<authz::Layer> OneLayer(const authz::LayerMask& asked) {
  for (const auto layer :
       {authz::Layer::kIdentity, authz::Layer::kResource, authz::Layer::kEndpoint}) {
    if (asked == authz::LayerMask{layer}) return layer;
  }
  return {};
}

using Counts = std::map<std::string_view, std::size_t>;

// One call of a case.
void PrintCall(const std::string& suite, const std::string& name, const authz::Case& question,
               std::size_t call, const authz::PolicySet& policies,
               const std::shared_ptr<const authz::CompiledPolicySet>& compiled, Counts& left_out) {
  const authz::Request request = authz::RequestOfCall(question, call);
  authz::BoundRequest bound;
  if (authz::Bind(*compiled, request, bound)) {
    ++left_out["no request that can be"];
    return;
  }
  const authz::Explanation why = authz::Explain(compiled, bound);
  std::string_view reason = Unspeakable(policies, question, why);
  const auto layer = OneLayer(request.layers);
  const bool whole = request.layers == authz::LayerMask::All();
  if (reason.empty() && !whole && !layer) reason = "some layers only";
  if (!reason.empty()) {
    ++left_out[reason];
    return;
  }
  std::string line;
  JsonWriter json(line, cmd::JsonLayout::kCompact);
  json.BeginObject().Member("suite", suite).Member("case", name);
  json.Member("verdict", authz::VerdictName(why.decision.verdict));
  json.Key("simulation").BeginObject();
  if (whole) {
    WriteWhole(json, policies, request, why);
  } else {
    WriteOneLayer(json, *layer, policies, request, why);
  }
  json.EndObject().EndObject();
  std::puts(line.c_str());
}

}  // namespace
}  // namespace postern

int main() {
  using namespace postern;
  Counts left_out;
  for (const auto& file : testing::CorpusSuites()) {
    authz::DocumentCache documents(testing::ReadBeside);
    std::vector<authz::CaseProblem> problems;
    const auto suite = authz::ReadSuite(testing::ReadSuiteTree(file), documents, problems);
    if (!suite) continue;
    std::vector<std::shared_ptr<const authz::CompiledPolicySet>> compiled;
    for (const auto& policies : suite->policies) {
      compiled.push_back(authz::Compile(policies, policy::Catalogue::Embedded()));
    }
    const std::string folder = file.parent_path().filename().string();
    for (const auto& test : suite->cases) {
      const std::size_t calls = std::max<std::size_t>(test.question.calls.size(), 1);
      for (std::size_t call = 0; call < calls; ++call) {
        PrintCall(folder, test.name, test.question, call, suite->policies[test.policies],
                  compiled[test.policies], left_out);
      }
    }
  }
  for (const auto& [reason, count] : left_out) {
    std::fprintf(stderr, "left out, %zu: %s\n", count, std::string(reason).c_str());
  }
}
