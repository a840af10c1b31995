#include <fmt/format.h>

#include "cmd/render/evidence.h"
#include "cmd/render/explanation.h"
#include "cmd/render/snippet.h"
#include "cmd/render/verdict.h"

namespace postern::cmd {
namespace {

using authz::Explanation;

std::string Joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) {
    text += fmt::format("{}`{}`", text.empty() ? "" : ", ", OneLine(value));
  }
  return text;
}

std::string OrUnknown(const std::string& value) {
  return value.empty() ? std::string("unknown") : OneLine(value);
}

std::string RequestAsText(const ExplanationReport& report) {
  const Explanation& why = report.verdict.deciding();
  std::string text = "request\n";
  if (!report.api.empty()) text += fmt::format("  api        {}\n", OneLine(report.api));
  text += fmt::format("  principal  {}\n  action     {}\n  resource   {}\n  account    {}\n",
                      OrUnknown(why.principal), OrUnknown(why.action), OrUnknown(why.resource),
                      OrUnknown(why.resource_account));
  for (const authz::KeyEvidence& key : why.keys) {
    text += fmt::format("  {}{}{} ({})\n", OneLine(key.name), key.values.empty() ? "" : " = ",
                        Joined(key.values), authz::KeySourceName(key.source));
  }
  return text;
}

std::string ActualAsText(const RequestValue& value) {
  if (value.unknown) return "unknown";
  return value.absent || value.values.empty() ? "absent" : Joined(value.values);
}

std::string LegAsText(const Explanation& why, const policy::PolicyDocument& document,
                      const authz::LegEvidence& leg) {
  std::string wanted = "nothing";
  if (leg.node != nullptr) {
    wanted = leg.element == authz::Element::kCondition && leg.operator_node != nullptr
                 ? fmt::format("{} {}: {}", OneLine(leg.operator_node->key), OneLine(leg.node->key),
                               PolicyText(document, *leg.node))
                 : fmt::format("{}: {}", OneLine(leg.node->key), PolicyText(document, *leg.node));
  }
  return fmt::format("      {}: {} ({})\n        wanted {}\n        got    {}\n",
                     authz::ElementName(leg.element),
                     leg.result == authz::Ternary::kUnknown ? "not known" : "does not hold",
                     authz::ReasonName(leg.reason), wanted, ActualAsText(RequestValueOf(why, leg)));
}

std::string StatementAsText(const Explanation& why, authz::Layer layer,
                            const authz::StatementEvidence& evidence) {
  const policy::PolicyDocument& document = DocumentOf(why, evidence, layer);
  const char* matches = evidence.matched == authz::Ternary::kYes  ? "matches"
                        : evidence.matched == authz::Ternary::kNo ? "does not match"
                                                                  : "may match";
  std::string text =
      fmt::format("    {} at {}: {}, {}\n", StatementTitle(document, *evidence.statement),
                  OneLine(Place(document.source(), evidence.statement->node->range)),
                  EffectName(evidence.effect), matches);
  for (const authz::LegEvidence& leg : evidence.legs) {
    if (leg.result != authz::Ternary::kYes) text += LegAsText(why, document, leg);
  }
  return text;
}

std::string LayersAsText(const Explanation& why, const Palette& palette) {
  std::string text = "layers\n";
  for (const authz::LayerEvidence& layer : why.layers) {
    if (layer.outcome == authz::Outcome::kNotApplicable) continue;
    text += fmt::format("  {}{}{}: {}{}{}\n", palette.bold, authz::LayerName(layer.layer),
                        palette.reset, authz::OutcomeName(layer.outcome),
                        layer.note.empty() ? "" : ", ", layer.note);
    for (const authz::StatementEvidence& statement : layer.statements) {
      text += StatementAsText(why, layer.layer, statement);
    }
  }
  return text;
}

}  // namespace

std::string ExplanationAsText(const ExplanationReport& report, bool color) {
  const Palette palette(color);
  std::string text = VerdictHeadline(report.verdict, palette) + '\n' + RequestAsText(report) +
                     '\n' + LayersAsText(report.verdict.deciding(), palette);
  const std::string rest = MissingAndAssumed(report.verdict);
  if (!rest.empty()) text += '\n' + rest;
  for (std::string_view layer : report.not_given) {
    text += fmt::format("not given: the {} layer\n", layer);
  }
  if (!report.message.note.empty()) text += fmt::format("note: {}\n", OneLine(report.message.note));
  if (!report.disagreement.empty()) text += fmt::format("but: {}\n", report.disagreement);
  return text;
}

}  // namespace postern::cmd
