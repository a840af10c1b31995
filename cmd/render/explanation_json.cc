#include "cmd/render/explanation.h"
#include "cmd/render/json_writer.h"
#include "cmd/render/place_json.h"
#include "cmd/render/verdict.h"

namespace postern::cmd {
namespace {

void WriteUnderstood(JsonWriter& json, const ExplanationReport& report) {
  const authz::Explanation& why = report.verdict.deciding();
  json.Key("understood").BeginObject();
  const authz::DeniedMessage& message = report.message;
  json.Key("authorization_failure").Bool(message.authorization_failure);
  json.MemberOrNull("error_code", message.error_code);
  json.MemberOrNull("api", report.api);
  json.MemberOrNull("action", message.action.empty() ? why.action : message.action);
  json.MemberOrNull("principal", message.principal.empty() ? why.principal : message.principal);
  const bool from_message = message.authorization_failure || !message.error_code.empty();
  json.MemberOrNull("resource", from_message ? message.resource : why.resource);
  json.MemberOrNull("layer", message.layer ? authz::LayerName(*message.layer) : "");
  json.MemberOrNull("denial", message.denial ? authz::DenialName(*message.denial) : "");
  json.MemberOrNull("policy_arn", message.policy_arn).MemberOrNull("note", message.note);
  json.EndObject();
}

void WriteRequest(JsonWriter& json, const authz::Explanation& why) {
  json.Key("request").BeginObject();
  json.MemberOrNull("principal", why.principal).MemberOrNull("action", why.action);
  json.MemberOrNull("resource", why.resource);
  WriteBucketResource(json, why);
  json.MemberOrNull("resource_account", why.resource_account);
  json.Key("keys").BeginArray();
  for (const authz::KeyEvidence& key : why.keys) {
    json.BeginObject().Member("name", key.name);
    json.Member("source", authz::KeySourceName(key.source));
    json.Key("values").BeginArray();
    for (const std::string_view value : key.values) json.String(value);
    json.EndArray().Key("tested").Bool(key.tested).EndObject();
  }
  json.EndArray().EndObject();
}

void WriteRemedies(JsonWriter& json, const ExplanationReport& report) {
  json.Key("remedies").BeginArray();
  for (const authz::Remedy& remedy : report.remedies) {
    json.BeginObject().Key("changes").BeginArray();
    for (const authz::Change& change : remedy.changes) {
      const policy::Source& source =
          authz::PoliciesOf(*report.verdict.policies, change.layer)[change.policy]->source();
      json.BeginObject().Member("layer", authz::LayerName(change.layer));
      json.Key("policy").Number(change.policy).Member("file", source.name());
      WriteRange(json, source, change.at);
      json.Member("text", change.text).Member("title", change.title);
      json.MemberOrNull("opens", change.opens).EndObject();
    }
    json.EndArray().Key("if_allowed_by").BeginArray();
    for (authz::Layer layer : remedy.if_allowed_by) json.String(authz::LayerName(layer));
    json.EndArray().EndObject();
  }
  json.EndArray();
}

}  // namespace

std::string ExplanationAsJson(const ExplanationReport& report) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", "postern/explanation/1");
  WriteUnderstood(json, report);
  WriteDecision(json, *report.verdict.policies, report.verdict.decision,
                report.verdict.assumed_of_api);
  WriteStability(json, report.verdict.stability);
  json.MemberOrNull("cause", report.cause).Key("notes").BeginArray();
  for (const std::string& note : report.notes) json.String(note);
  json.EndArray();
  WriteRemedies(json, report);
  WriteRequest(json, report.verdict.deciding());
  WriteEvidence(json, report.verdict.deciding());
  WriteCalls(json, report.verdict);
  json.Key("not_given").BeginArray();
  for (std::string_view layer : report.not_given) json.String(layer);
  json.EndArray();
  json.MemberOrNull("disagreement", report.disagreement).EndObject();
  return text;
}

}  // namespace postern::cmd
