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

void WriteEvent(JsonWriter& json, const ExplanationReport& report) {
  if (report.event == nullptr) return;
  const authz::CloudTrailEvent& event = *report.event;
  json.Key("event").BeginObject().MemberOrNull("id", event.id).MemberOrNull("time", event.time);
  json.MemberOrNull("source", event.source).MemberOrNull("name", event.name);
  json.MemberOrNull("category", event.category);
  json.Member("result", authz::EventResultName(event.result));
  json.MemberOrNull("vpc_endpoint", event.vpc_endpoint);
  json.Key("agrees");
  if (report.comparison.agrees) {
    json.Bool(*report.comparison.agrees);
  } else {
    json.Null();
  }
  json.MemberOrNull("comparison", report.comparison.sentence).EndObject();
}

void WriteFlows(JsonWriter& json, const ExplanationReport& report) {
  if (!report.flows) return;
  const authz::FlowFindings& flows = *report.flows;
  json.Key("flows").BeginObject().Member("outcome", authz::FlowOutcomeName(flows.outcome));
  json.Member("sentence", flows.sentence).Key("accepted").Number(flows.accepted);
  json.Key("rejected").Number(flows.rejected);
  json.Key("return_rejected").Number(flows.return_rejected);
  json.Key("no_data").Number(flows.no_data).Key("skip_data").Number(flows.skip_data);
  json.Key("evidence").BeginArray();
  for (const authz::FlowEvidence& record : flows.evidence) {
    json.BeginObject().Key("line").Number(record.line).Member("text", record.text).EndObject();
  }
  json.EndArray().EndObject();
}

void WriteExplanation(JsonWriter& json, const ExplanationReport& report) {
  json.BeginObject().Member("schema", "postern/explanation/1");
  WriteEvent(json, report);
  WriteUnderstood(json, report);
  WriteFlows(json, report);
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
}

}  // namespace

std::string ExplanationAsJson(const ExplanationReport& report) {
  std::string text;
  JsonWriter json(text);
  WriteExplanation(json, report);
  return text;
}

std::string FlowSummaryAsJson(const authz::FlowSummary& summary) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", "postern/flows/1");
  json.Key("records").Number(summary.records()).Key("accepted").Number(summary.accepted());
  json.Key("rejected").Number(summary.rejected());
  json.Key("no_data").Number(summary.no_data()).Key("skip_data").Number(summary.skip_data());
  const std::vector<authz::FlowGroup> groups = summary.Groups();
  json.Key("groups").BeginArray();
  for (const authz::FlowGroup& group : groups) {
    json.BeginObject().MemberOrNull("interface", group.interface);
    json.MemberOrNull("direction", group.direction);
    json.Member("source", group.source).Member("destination", group.destination);
    json.Key("port").Number(group.port).MemberOrNull("service", group.service);
    json.Key("answers").Bool(group.answers).Key("records").Number(group.records);
    json.Key("packets").Number(group.packets).Key("line").Number(group.line).EndObject();
  }
  json.EndArray().Key("not_shown").Number(summary.group_count() - groups.size()).EndObject();
  return text;
}

std::string ExplanationsAsJson(const ExplanationList& list) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", "postern/explanations/1");
  json.Key("records").Number(list.records).Key("refused").Number(list.refused);
  json.Key("not_shown").Number(list.not_shown).Key("let_through").Number(list.let_through);
  json.Key("explanations").BeginArray();
  for (const ExplanationReport& report : list.reports) WriteExplanation(json, report);
  json.EndArray().EndObject();
  return text;
}

}  // namespace postern::cmd
