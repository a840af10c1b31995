#include "cmd/render/coverage.h"

#include <fmt/format.h>

#include "cmd/render/evidence.h"
#include "cmd/render/place_json.h"
#include "cmd/render/snippet.h"

namespace postern::cmd {
namespace {

using authz::DocumentCoverage;
using authz::KeyCoverage;
using authz::StatementCoverage;

std::string StatementAsText(const policy::PolicyDocument& document,
                            const StatementCoverage& covered, const Palette& palette) {
  const bool hit = covered.hits > 0;
  std::string text =
      fmt::format("  line {}: {}: {}{}{}\n",
                  document.source().Locate(covered.statement->node->range.begin).line,
                  StatementTitle(document, *covered.statement), hit ? palette.green : palette.red,
                  hit ? fmt::format("decided {}", Count(covered.hits, "case")) : "decided no case",
                  palette.reset);
  for (const KeyCoverage& key : covered.keys) {
    const policy::Condition& condition = *key.condition;
    text +=
        fmt::format("    {} {}: {}{}{}\n", OneLine(condition.op_node->key),
                    OneLine(condition.key_node->key), key.decisive() ? palette.green : palette.red,
                    key.decisive() ? fmt::format("held in {}, failed in {}", key.held, key.failed)
                                   : std::string("decided nothing"),
                    palette.reset);
  }
  return text;
}

void WriteStatement(JsonWriter& json, const policy::PolicyDocument& document,
                    const StatementCoverage& covered) {
  const policy::Statement& statement = *covered.statement;
  json.BeginObject().Key("index").Number(statement.index);
  if (statement.sid != nullptr) json.Member("sid", statement.sid->text);
  WriteRange(json, document.source(), statement.node->range);
  json.Key("hits").Number(covered.hits).Key("keys").BeginArray();
  for (const KeyCoverage& key : covered.keys) {
    json.BeginObject().Member("operator", key.condition->op_node->key);
    json.Member("key", key.condition->key_node->key);
    WriteRange(json, document.source(), key.condition->key_node->key_range);
    json.Key("held").Number(key.held).Key("failed").Number(key.failed).EndObject();
  }
  json.EndArray().EndObject();
}

void WriteCounts(JsonWriter& json, const authz::CoverageCounts& counts) {
  json.Key("statements").Number(counts.statements);
  json.Key("decisive-statements").Number(counts.decisive_statements);
  json.Key("keys").Number(counts.keys).Key("decisive-keys").Number(counts.decisive_keys);
  json.Key("percent").Number(counts.Percent());
}

}  // namespace

std::string CoverageFigures(const authz::CoverageCounts& counts) {
  return fmt::format("{} % ({} of {}, {} of {})", counts.Percent(), counts.decisive_statements,
                     Count(counts.statements, "statement"), counts.decisive_keys,
                     Count(counts.keys, "condition key"));
}

std::string NameOfPolicy(const policy::PolicyDocument& document) {
  const std::string pointer = document.tree().PointerTo(document.root());
  std::string name = OneLine(document.source().name());
  if (!pointer.empty()) name += ": " + OneLine(pointer);
  return name;
}

std::string CoverageAsText(const CoverageReport& report, bool color) {
  const Palette palette(color);
  std::string text;
  for (const DocumentCoverage& covered : report.documents) {
    text += fmt::format("{}coverage of {}{}: {}\n", palette.bold, NameOfPolicy(*covered.document),
                        palette.reset, CoverageFigures(covered.Counts()));
    for (const StatementCoverage& statement : covered.statements) {
      text += StatementAsText(*covered.document, statement, palette);
    }
  }
  return text + fmt::format("coverage: {}\n", CoverageFigures(report.counts));
}

void WriteCoverageSummary(JsonWriter& json, const CoverageReport& report) {
  json.BeginObject();
  WriteCounts(json, report.counts);
  if (report.minimum) json.Key("minimum").Number(*report.minimum);
  json.EndObject();
}

std::string CoverageAsJson(const CoverageReport& report) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", "postern/coverage/1").Key("policies").BeginArray();
  for (const DocumentCoverage& covered : report.documents) {
    const policy::PolicyDocument& document = *covered.document;
    json.BeginObject().Member("file", document.source().name());
    json.Member("pointer", document.tree().PointerTo(document.root()));
    WriteCounts(json, covered.Counts());
    json.Key("coverage").BeginArray();
    for (const StatementCoverage& statement : covered.statements) {
      WriteStatement(json, document, statement);
    }
    json.EndArray().EndObject();
  }
  json.EndArray().Key("summary");
  WriteCoverageSummary(json, report);
  json.EndObject();
  return text;
}

}  // namespace postern::cmd
