#include <fmt/format.h>

#include <cctype>
#include <set>
#include <vector>

#include "cmd/render/findings.h"
#include "cmd/render/json_writer.h"

#ifndef POSTERN_VERSION
#error "the build defines POSTERN_VERSION"
#endif

namespace postern::cmd {
namespace {

using policy::Diagnostic;
using policy::Rule;
using policy::Severity;
using policy::Source;
using policy::SourceRange;

std::string_view LevelOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kSecurity:
    case Severity::kWarning:
      return "warning";
    case Severity::kSuggestion:
      break;
  }
  return "note";
}

// A path as RFC 3986 wants it: relative ones stay so.
std::string Uri(std::string_view path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (std::isalnum(byte) != 0 && byte < 0x80) ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return uri;
}

void WriteText(JsonWriter& json, std::string_view key, std::string_view text) {
  json.Key(key).BeginObject().Member("text", text).EndObject();
}

void WriteArtifact(JsonWriter& json, const Source& source) {
  json.Key("artifactLocation").BeginObject().Member("uri", Uri(source.name())).EndObject();
}

void WriteRegion(JsonWriter& json, std::string_view key, const Source& source, SourceRange range) {
  const policy::LineColumn begin = source.Locate(range.begin);
  const policy::LineColumn end = source.Locate(range.end);
  json.Key(key).BeginObject();
  json.Key("startLine").Number(begin.line).Key("startColumn").Number(begin.column);
  json.Key("endLine").Number(end.line).Key("endColumn").Number(end.column).EndObject();
}

void WritePlace(JsonWriter& json, const Source& source, SourceRange range) {
  json.Key("physicalLocation").BeginObject();
  WriteArtifact(json, source);
  WriteRegion(json, "region", source, range);
  json.EndObject();
}

void WriteRelated(JsonWriter& json, const Source& source, const Diagnostic& diagnostic) {
  if (diagnostic.related.empty()) return;
  json.Key("relatedLocations").BeginArray();
  for (const policy::RelatedRange& related : diagnostic.related) {
    json.BeginObject();
    WritePlace(json, source, related.range);
    WriteText(json, "message", related.message);
    json.EndObject();
  }
  json.EndArray();
}

void WriteFixes(JsonWriter& json, const Source& source, const Diagnostic& diagnostic) {
  if (diagnostic.fixes.empty()) return;
  json.Key("fixes").BeginArray();
  for (const policy::Fix& fix : diagnostic.fixes) {
    json.BeginObject();
    WriteText(json, "description", fix.title);
    json.Key("artifactChanges").BeginArray().BeginObject();
    WriteArtifact(json, source);
    json.Key("replacements").BeginArray();
    for (const policy::Edit& edit : fix.edits) {
      json.BeginObject();
      WriteRegion(json, "deletedRegion", source, edit.range);
      WriteText(json, "insertedContent", edit.text);
      json.EndObject();
    }
    json.EndArray().EndObject().EndArray();
    json.Key("properties").BeginObject().Key("safe").Bool(fix.safe).EndObject().EndObject();
  }
  json.EndArray();
}

void WriteRule(JsonWriter& json, const Rule& rule) {
  json.BeginObject().Member("id", rule.code).Member("name", rule.name);
  WriteText(json, "shortDescription", rule.summary);
  WriteText(json, "fullDescription", rule.rationale);
  WriteText(json, "help",
            fmt::format("{}\n\n{}\n\nSource: {}\nExamples: postern rules {}", rule.summary,
                        rule.rationale, rule.source, rule.code));
  json.Key("defaultConfiguration").BeginObject().Member("level", LevelOf(rule.severity));
  json.EndObject().Key("properties").BeginObject();
  json.Member("severity", policy::SeverityName(rule.severity));
  json.Key("tags").BeginArray();
  if (rule.severity == Severity::kSecurity) json.String("security");
  json.EndArray().EndObject().EndObject();
}

// The rules that spoke, in the order of their codes.
std::vector<const Rule*> Speakers(const LintReport& report) {
  std::set<std::string_view> codes;
  for (const LintedFile& file : report.files) {
    for (const Diagnostic& diagnostic : file.diagnostics) codes.insert(diagnostic.code);
  }
  std::vector<const Rule*> rules;
  for (std::string_view code : codes) {
    if (const Rule* rule = policy::FindRule(report.rules, code)) rules.push_back(rule);
  }
  return rules;
}

void WriteDriver(JsonWriter& json, const LintReport& report,
                 const std::vector<const Rule*>& rules) {
  json.Key("tool").BeginObject().Key("driver").BeginObject().Member("name", "postern");
  if (!report.deterministic) json.Member("version", POSTERN_VERSION);
  json.Key("rules").BeginArray();
  for (const Rule* rule : rules) WriteRule(json, *rule);
  json.EndArray().EndObject().EndObject();
}

void WriteInvocation(JsonWriter& json, const LintReport& report) {
  json.Key("invocations").BeginArray().BeginObject();
  json.Key("executionSuccessful").Bool(report.errors.empty());
  json.Key("toolExecutionNotifications").BeginArray();
  for (const std::string& error : report.errors) {
    json.BeginObject().Member("level", "error");
    WriteText(json, "message", error);
    json.EndObject();
  }
  json.EndArray().EndObject().EndArray();
}

void WriteResult(JsonWriter& json, const LintedFile& file, std::size_t index,
                 const std::vector<const Rule*>& rules) {
  const Diagnostic& diagnostic = file.diagnostics[index];
  const Source& source = *file.source;
  json.BeginObject().Member("ruleId", diagnostic.code);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i]->code == diagnostic.code) json.Key("ruleIndex").Number(i);
  }
  json.Member("level", LevelOf(diagnostic.severity));
  WriteText(
      json, "message",
      diagnostic.help.empty() ? diagnostic.message : diagnostic.message + "; " + diagnostic.help);
  json.Key("locations").BeginArray().BeginObject();
  WritePlace(json, source, diagnostic.range);
  if (!diagnostic.pointer.empty()) {
    json.Key("logicalLocations").BeginArray().BeginObject();
    json.Member("fullyQualifiedName", diagnostic.pointer).EndObject().EndArray();
  }
  json.EndObject().EndArray();
  WriteRelated(json, source, diagnostic);
  json.Key("partialFingerprints").BeginObject();
  json.Member("postern/v1", file.fingerprints[index]).EndObject();
  if (file.EditsHold()) WriteFixes(json, source, diagnostic);
  json.Key("properties").BeginObject();
  json.Member("severity", policy::SeverityName(diagnostic.severity)).EndObject().EndObject();
}

}  // namespace

std::string FindingsAsSarif(const LintReport& report) {
  const std::vector<const Rule*> rules = Speakers(report);
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
  json.Member("version", "2.1.0").Key("runs").BeginArray().BeginObject();
  WriteDriver(json, report, rules);
  WriteInvocation(json, report);
  json.Member("columnKind", "unicodeCodePoints").Key("results").BeginArray();
  for (const LintedFile& file : report.files) {
    for (std::size_t i = 0; i < file.diagnostics.size(); ++i) WriteResult(json, file, i, rules);
  }
  json.EndArray().EndObject().EndArray().EndObject();
  return text;
}

}  // namespace postern::cmd
