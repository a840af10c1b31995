#include "cmd/render/rule_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "cmd/embedded.h"
#include "cmd/render/json_writer.h"
#include "cmd/render/snippet.h"
#include "cmd/rule_aliases.h"
#include "cmd/rule_table.h"

namespace postern::cmd {
namespace {

using policy::Rule;

struct Group {
  std::string_view letters;
  std::string_view about;
};

constexpr std::array<Group, 16> kGroups{{
    {"AC", "actions"},
    {"BP", "bucket policies and other resource policies"},
    {"CF", "postern.yaml"},
    {"CO", "conditions"},
    {"EP", "endpoint policies"},
    {"GR", "the grammar of policies"},
    {"JS", "JSON"},
    {"LO", "the logic of statements"},
    {"OR", "service control and resource control policies"},
    {"PR", "principals"},
    {"RS", "resources"},
    {"SE", "security"},
    {"SU", "clearer ways to say the same"},
    {"SZ", "sizes"},
    {"TR", "trust policies"},
    {"VA", "variables and text to be filled in"},
}};

// What the rules with these letters are about.
std::string_view AboutGroup(std::string_view letters) {
  const auto* const found = std::ranges::find(kGroups, letters, &Group::letters);
  return found == kGroups.end() ? std::string_view() : found->about;
}

std::optional<std::string_view> Example(const Rule& rule, std::string_view file) {
  return FindEmbedded(fmt::format("corpus/lint/{}-{}/{}", rule.code, rule.name, file));
}

std::string Indented(std::string_view text) {
  std::string indented;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (!line.empty()) indented += fmt::format("    {}", line);
    indented += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return indented;
}

void AddExample(std::string& page, const Rule& rule, std::string_view file,
                std::string_view heading, const Palette& palette) {
  if (const auto text = Example(rule, file)) {
    page += fmt::format("\n{}{}{}\n\n{}", palette.bold, heading, palette.reset, Indented(*text));
  }
}

// Policies that are in the run of both examples: "with-endpoint.json".
void AddCompanions(std::string& page, const Rule& rule, const Palette& palette) {
  const std::string folder = fmt::format("corpus/lint/{}-{}/", rule.code, rule.name);
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    if (!file.path.starts_with(folder)) continue;
    const std::string_view name = file.path.substr(folder.size());
    if (!name.starts_with("with-")) continue;
    AddExample(page, rule, name, fmt::format("Beside it, {}", name), palette);
  }
}

}  // namespace

std::string RuleListAsText(std::span<const Rule> rules, std::string_view prefix, bool color) {
  const Palette palette(color);
  std::string text;
  std::string_view group;
  for (const Rule& rule : rules) {
    if (rule.code.substr(0, 2) != group) {
      text += text.empty() ? "" : "\n";
      group = rule.code.substr(0, 2);
      text += fmt::format("{}{}: {}{}\n", palette.bold, group, AboutGroup(group), palette.reset);
    }
    text += fmt::format(
        "{}{}{}  {}{:<10}{} {:<34} {}{}\n", palette.bold, rule.code, palette.reset,
        palette.Of(rule.severity), policy::SeverityName(rule.severity), palette.reset, rule.name,
        rule.status == policy::RuleStatus::kPreview ? "(preview) " : "", rule.summary);
  }
  bool first = true;
  for (const RuleAlias& alias : RuleAliases()) {
    if (!alias.code.starts_with(prefix)) continue;
    text += fmt::format("{}{}{}{}  {:<10} {:<34} said by {}\n", first ? "\n" : "", palette.bold,
                        alias.code, palette.reset, "alias", alias.name, alias.rule);
    first = false;
  }
  return text;
}

std::string RulesAsJson(std::span<const Rule> rules) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", "postern/rules/1").Key("rules").BeginArray();
  for (const Rule& rule : rules) {
    json.BeginObject().Member("rule", rule.code).Member("name", rule.name);
    json.Member("severity", policy::SeverityName(rule.severity));
    json.Member("status", StatusName(rule.status)).Member("summary", rule.summary);
    json.Member("rationale", rule.rationale).Member("source", rule.source);
    json.Key("aliases").BeginArray();
    for (const RuleAlias& alias : RuleAliases()) {
      if (alias.rule == rule.code) json.String(alias.code);
    }
    json.EndArray().EndObject();
  }
  json.EndArray().EndObject();
  return text;
}

std::string RulePageAsText(const Rule& rule, bool color) {
  const Palette palette(color);
  std::string page = fmt::format(
      "{}{} {}{}\n{}{}{}, {}\n\n{}\n\n{}\n\nSource: {}\n", palette.bold, rule.code, rule.name,
      palette.reset, palette.Of(rule.severity), policy::SeverityName(rule.severity), palette.reset,
      StatusName(rule.status), rule.summary, rule.rationale, rule.source);
  AddExample(page, rule, "bad.json", "A file with the mistake", palette);
  AddCompanions(page, rule, palette);
  AddExample(page, rule, "bad.out", "What is said about it", palette);
  AddExample(page, rule, "good.json", "Without it", palette);
  return page;
}

std::string AssumptionPageAsText(const AssumptionRow& row, bool color) {
  const Palette palette(color);
  return fmt::format(
      "{}{} an assumption{}\n\nAWS does not document this; a verdict that depends on it lists "
      "{}.\n\n"
      "taken for granted:  {}\ninstead, perhaps:   {}\nhow to find out:    {}\n",
      palette.bold, row.number, palette.reset, row.number, row.standard, row.alternative,
      row.settle);
}

std::string AssumptionAsJson(const AssumptionRow& row) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("schema", "postern/assumption/1").Member("assumption", row.number);
  json.Member("default", row.standard).Member("alternative", row.alternative);
  json.Member("how_to_settle", row.settle).EndObject();
  return text;
}

}  // namespace postern::cmd
