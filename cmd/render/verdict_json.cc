#include "authz/compile.h"
#include "cmd/render/evidence.h"
#include "cmd/render/verdict.h"

namespace postern::cmd {
namespace {

void WriteNode(JsonWriter& json, const policy::Node& node) {
  switch (node.kind) {
    case policy::NodeKind::kObject:
      json.BeginObject();
      for (const policy::Node& member : node.children()) {
        json.Key(member.key);
        WriteNode(json, member);
      }
      json.EndObject();
      break;
    case policy::NodeKind::kArray:
      json.BeginArray();
      for (const policy::Node& item : node.children()) WriteNode(json, item);
      json.EndArray();
      break;
    case policy::NodeKind::kNumber:
    case policy::NodeKind::kBool:
      json.Raw(node.text);
      break;
    case policy::NodeKind::kNull:
      json.Null();
      break;
    case policy::NodeKind::kString:
    case policy::NodeKind::kIntrinsic:
    case policy::NodeKind::kUnknown:
      json.String(node.text);
      break;
  }
}

void WritePlace(JsonWriter& json, const policy::PolicyDocument& document, const policy::Node& node,
                std::uint32_t byte) {
  const policy::LineColumn at = document.source().Locate(byte);
  json.Member("file", document.source().name());
  json.Member("pointer", document.PointerTo(node));
  json.Key("line").Number(at.line);
  json.Key("column").Number(at.column);
}

void WriteRequestValue(JsonWriter& json, const RequestValue& value) {
  json.Key("request");
  if (value.absent || value.unknown) {
    json.Null();
    return;
  }
  if (value.values.size() == 1) {
    json.String(value.values.front());
    return;
  }
  json.BeginArray();
  for (const std::string_view text : value.values) json.String(text);
  json.EndArray();
}

void WriteLeg(JsonWriter& json, const authz::Explanation& why, authz::Layer layer,
              const policy::PolicyDocument& document, const authz::LegEvidence& leg) {
  json.BeginObject().Member("element", authz::ElementName(leg.element));
  json.Member("result", TernaryName(leg.result)).Member("reason", authz::ReasonName(leg.reason));
  if (leg.operator_node != nullptr) json.Member("operator", leg.operator_node->key);
  if (leg.node != nullptr) json.Member("key", leg.node->key);
  WriteRequestValue(json, RequestValueOf(why, layer, leg));
  json.Key("policy");
  if (leg.node == nullptr) {
    json.Null();
  } else {
    WriteNode(json, *leg.node);
    if (leg.value != nullptr) {
      json.Key("decided_by");
      WriteNode(json, *leg.value);
    }
    WritePlace(json, document, *leg.node, leg.node->key_range.begin);
  }
  json.EndObject();
}

void WriteStatement(JsonWriter& json, const authz::Explanation& why, authz::Layer layer,
                    const authz::StatementEvidence& evidence) {
  const policy::PolicyDocument& document = DocumentOf(why, evidence, layer);
  json.BeginObject();
  json.Key("policy").Number(evidence.ref.policy);
  json.Key("index").Number(evidence.ref.statement);
  const policy::Node* sid = evidence.statement->sid;
  if (sid != nullptr) json.Member("sid", sid->text);
  json.Member("effect", EffectName(evidence.effect));
  json.Member("matched", TernaryName(evidence.matched));
  WritePlace(json, document, *evidence.statement->node, evidence.statement->node->range.begin);
  json.Key("elements").BeginArray();
  for (const authz::LegEvidence& leg : evidence.legs) WriteLeg(json, why, layer, document, leg);
  json.EndArray().EndObject();
}

void WriteStatementRef(JsonWriter& json, const authz::CompiledPolicySet& policies,
                       authz::Layer layer, authz::StatementRef ref) {
  json.BeginObject().Member("layer", authz::LayerName(layer));
  json.Key("policy").Number(ref.policy);
  const policy::Statement* statement = authz::StatementAt(policies, layer, ref);
  if (statement != nullptr && statement->sid != nullptr) json.Member("sid", statement->sid->text);
  json.Key("index").Number(ref.statement).EndObject();
}

}  // namespace

void WriteDecision(JsonWriter& json, const authz::CompiledPolicySet& policies,
                   const authz::Decision& decision,
                   const std::vector<std::string>& assumed_of_api) {
  json.Member("verdict", authz::VerdictName(decision.verdict));
  json.Key("decided_by").BeginArray();
  for (authz::Layer layer : LayersOf(decision.decided_by)) json.String(authz::LayerName(layer));
  json.EndArray();
  json.Key("statements").BeginArray();
  for (authz::Layer layer : LayersOf(decision.decided_by)) {
    const authz::StatementRef& ref = decision.StatementOf(layer);
    if (ref.present()) WriteStatementRef(json, policies, layer, ref);
  }
  json.EndArray();
  json.Key("missing").BeginArray();
  for (const std::string& name : authz::MissingNames(policies, decision.missing)) {
    json.String(name);
  }
  json.EndArray();
  json.Key("assumed").BeginArray();
  for (authz::Assumption assumption : AssumptionsOf(decision.assumed)) {
    json.String(authz::AssumptionName(assumption));
  }
  for (const std::string& name : assumed_of_api) json.String(name);
  json.EndArray();
}

void WriteStability(JsonWriter& json, const authz::Stability& stability) {
  json.Key("stable").Bool(stability.stable());
  json.Key("unstable").BeginArray();
  for (const authz::OtherReading& other : stability.otherwise) {
    json.BeginObject().Member("assumption", authz::AssumptionName(other.assumption));
    json.Member("verdict", authz::VerdictName(other.verdict)).EndObject();
  }
  json.EndArray();
}

void WriteEvidence(JsonWriter& json, const authz::Explanation& why) {
  json.Key("layers").BeginArray();
  for (const authz::LayerEvidence& layer : why.layers) {
    json.BeginObject().Member("layer", authz::LayerName(layer.layer));
    json.Member("outcome", authz::OutcomeName(layer.outcome)).Member("note", layer.note);
    if (why.through_access_point && layer.outcome != authz::Outcome::kNotApplicable) {
      json.MemberOrNull("resource", why.ResourceOf(layer.layer));
    }
    json.Key("statements").BeginArray();
    for (const authz::StatementEvidence& statement : layer.statements) {
      WriteStatement(json, why, layer.layer, statement);
    }
    json.EndArray().EndObject();
  }
  json.EndArray();
  json.Key("absent_keys").BeginArray();
  for (std::string_view name : AbsentKeys(why)) json.String(name);
  json.EndArray();
}

void WriteBucketResource(JsonWriter& json, const authz::Explanation& why) {
  if (why.through_access_point) json.MemberOrNull("bucket_resource", why.bucket_resource);
}

void WriteCalls(JsonWriter& json, const VerdictReport& report) {
  if (report.calls.size() < 2) return;
  json.Key("deciding_call").Number(report.deciding_call);
  json.Key("calls").BeginArray();
  for (const authz::Explanation& call : report.calls) {
    json.BeginObject().Member("action", call.action).Member("resource", call.resource);
    WriteBucketResource(json, call);
    WriteDecision(json, *report.policies, call.decision);
    WriteEvidence(json, call);
    json.EndObject();
  }
  json.EndArray();
}

std::string VerdictAsJson(const VerdictReport& report) {
  std::string text;
  JsonWriter json(text);
  const authz::Explanation& why = report.deciding();
  json.BeginObject().Member("schema", "postern/verdict/1");
  json.MemberOrNull("id", report.id);
  WriteDecision(json, *report.policies, report.decision, report.assumed_of_api);
  WriteStability(json, report.stability);
  if (!report.expected.empty()) {
    json.Key("expectation").BeginObject().Member("expected", report.expected);
    json.Key("met").Bool(report.unmet.empty());
    json.Key("reasons").BeginArray();
    for (const std::string& reason : report.unmet) json.String(reason);
    json.EndArray().EndObject();
  }
  json.Member("principal", why.principal).Member("action", why.action);
  json.Member("resource", why.resource);
  WriteBucketResource(json, why);
  json.MemberOrNull("resource_account", why.resource_account);
  WriteEvidence(json, why);
  WriteCalls(json, report);
  json.EndObject();
  return text;
}

}  // namespace postern::cmd
