#include <map>

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

void WriteFixes(JsonWriter& json, const LintedFile& file, const Diagnostic& diagnostic) {
  json.Key("fixes").BeginArray();
  for (const policy::Fix& fix : diagnostic.fixes) {
    json.BeginObject().Key("safe").Bool(fix.safe).Member("title", fix.title);
    json.Key("edits").BeginArray();
    for (const policy::Edit& edit : fix.edits) {
      if (!file.EditsHold()) break;
      json.BeginObject().Key("start").Number(edit.range.begin).Key("end").Number(edit.range.end);
      json.Member("text", edit.text).EndObject();
    }
    json.EndArray().EndObject();
  }
  json.EndArray();
}

void WriteFixed(JsonWriter& json, const LintReport& report) {
  json.Key("fixed").BeginArray();
  for (const LintedFile& file : report.files) {
    for (const policy::AppliedFix& fix : file.fixed) {
      json.BeginObject().Member("file", file.source->name()).Member("rule", fix.code);
      json.Member("title", fix.title).EndObject();
    }
  }
  json.EndArray();
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
  json.Member("kind", file.kind);
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
  WriteFixes(json, file, diagnostic);
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
    for (std::size_t i = 0; i < file.diagnostics.size(); ++i) {
      WriteFinding(json, report, file, file.diagnostics[i], file.fingerprints[i]);
    }
  }
  json.EndArray();
  WriteFixed(json, report);
  json.Key("ignored").Number(report.ignored).Key("in_baseline").Number(report.in_baseline);
  if (report.statistics) WriteStatistics(json, report);
  json.Key("files").BeginArray();
  for (const LintedFile& file : report.files) {
    json.BeginObject().Member("file", file.source->name());
    json.Member("kind", file.kind);
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
