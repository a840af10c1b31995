#include <map>

#include "cmd/fingerprint.h"
#include "cmd/render/findings.h"
#include "cmd/render/json_writer.h"
#include "cmd/render/place_json.h"

namespace postern::cmd {
namespace {

using policy::Diagnostic;

void WriteContainer(JsonWriter& json, const ContainerPlace& place) {
  json.Key("container").BeginObject().Member("pointer", place.pointer);
  json.Member("resource", place.resource).EndObject();
}

void WriteFinding(JsonWriter& json, const LintReport& report, const LintedFile& file,
                  const Diagnostic& diagnostic, std::string_view fingerprint) {
  const policy::Rule* rule = policy::FindRule(report.rules, diagnostic.code);
  json.BeginObject();
  json.Member("rule", diagnostic.code);
  json.Member("name", rule == nullptr ? std::string_view() : rule->name);
  json.Member("severity", policy::SeverityName(diagnostic.severity));
  json.Member("message", diagnostic.message);
  json.Member("help", diagnostic.help);
  json.Member("file", file.source->name());
  json.Member("pointer", diagnostic.pointer);
  json.Member("kind", policy::TraitsOf(file.kind).name);
  if (file.container) WriteContainer(json, *file.container);
  WriteRange(json, *file.source, diagnostic.range);
  if (!diagnostic.related.empty()) {
    json.Key("related").BeginArray();
    for (const policy::RelatedRange& related : diagnostic.related) {
      json.BeginObject().Member("message", related.message);
      WriteRange(json, *file.source, related.range);
      json.EndObject();
    }
    json.EndArray();
  }
  json.Key("fixes").BeginArray().EndArray();
  json.Member("fingerprint", fingerprint);
  json.EndObject();
}

void WriteStatistics(JsonWriter& json, const LintReport& report) {
  std::map<std::string_view, std::uint64_t> counts;
  for (const LintedFile& file : report.files) {
    for (const Diagnostic& diagnostic : file.diagnostics) ++counts[diagnostic.code];
  }
  json.Key("statistics").BeginArray();
  for (const auto& [code, count] : counts) {
    const policy::Rule* rule = policy::FindRule(report.rules, code);
    json.BeginObject().Member("rule", code);
    json.Member("name", rule == nullptr ? std::string_view() : rule->name);
    json.Key("count").Number(count).EndObject();
  }
  json.EndArray();
}

}  // namespace

std::string FindingsAsJson(const LintReport& report) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", "postern/findings/1");
  json.Key("findings").BeginArray();
  for (const LintedFile& file : report.files) {
    const std::vector<std::string> fingerprints =
        Fingerprints(*file.source, file.container ? std::string_view(file.container->resource) : "",
                     file.diagnostics);
    for (std::size_t i = 0; i < file.diagnostics.size(); ++i) {
      WriteFinding(json, report, file, file.diagnostics[i], fingerprints[i]);
    }
  }
  json.EndArray();
  if (report.statistics) WriteStatistics(json, report);
  json.Key("files").BeginArray();
  for (const LintedFile& file : report.files) {
    json.BeginObject().Member("file", file.source->name());
    json.Member("kind", policy::TraitsOf(file.kind).name);
    json.Member("kind_reason", file.kind_reason);
    if (file.container) WriteContainer(json, *file.container);
    json.EndObject();
  }
  json.EndArray();
  json.Key("unchecked").BeginArray();
  for (const UncheckedPolicy& policy : report.unchecked) {
    json.BeginObject().Member("file", policy.source->name());
    json.Member("kind", policy::TraitsOf(policy.kind).name);
    WriteContainer(json, policy.container);
    json.Member("reason", policy.reason);
    WriteRange(json, *policy.source, policy.range);
    json.EndObject();
  }
  json.EndArray();
  json.Key("notes").BeginArray();
  for (const std::string& note : report.notes) json.String(note);
  json.EndArray();
  json.Key("others").BeginArray();
  for (const std::string& other : report.others) json.String(other);
  json.EndArray();
  json.Key("errors").BeginArray();
  for (const std::string& error : report.errors) json.String(error);
  json.EndArray();
  json.EndObject();
  return text;
}

}  // namespace postern::cmd
