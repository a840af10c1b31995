#include <fmt/format.h>

#include <algorithm>

#include "authz/remedy/cause.h"
#include "cmd/render/evidence.h"
#include "cmd/render/explanation.h"
#include "cmd/render/snippet.h"
#include "cmd/render/verdict.h"

namespace postern::cmd {
namespace {

using authz::Explanation;

std::string OrUnknown(std::string_view value) {
  return value.empty() ? std::string("unknown") : OneLine(value);
}

std::string RequestAsText(const ExplanationReport& report) {
  const Explanation& why = report.verdict.deciding();
  std::string text = "request\n";
  if (!report.api.empty()) text += fmt::format("  api        {}\n", OneLine(report.api));
  text += fmt::format("  principal  {}\n  action     {}\n  resource   {}\n",
                      OrUnknown(why.principal), OrUnknown(why.action), OrUnknown(why.resource));
  if (why.through_access_point) {
    text += fmt::format("  bucket     {}\n", OrUnknown(why.bucket_resource));
  }
  text += fmt::format("  account    {}\n", OrUnknown(why.resource_account));
  for (const authz::KeyEvidence& key : why.keys) {
    text += fmt::format("  {}{}{} ({})\n", OneLine(key.name), key.values.empty() ? "" : " = ",
                        QuotedValues(key.values), authz::KeySourceName(key.source));
  }
  return text;
}

std::string LegAsText(const Explanation& why, authz::Layer layer,
                      const policy::PolicyDocument& document, const authz::LegEvidence& leg) {
  return fmt::format("      {}: {} ({})\n        wanted {}\n        got    {}\n",
                     authz::ElementName(leg.element), HoldsText(leg.result),
                     authz::ReasonName(leg.reason), WantedText(document, leg),
                     ActualText(RequestValueOf(why, layer, leg)));
}

std::string StatementAsText(const Explanation& why, authz::Layer layer,
                            const authz::StatementEvidence& evidence) {
  const policy::PolicyDocument& document = DocumentOf(why, evidence, layer);
  std::string text =
      fmt::format("    {} at {}: {}, {}\n", StatementTitle(document, *evidence.statement),
                  OneLine(Place(document.source(), evidence.statement->node->range)),
                  EffectName(evidence.effect), MatchText(evidence.matched));
  for (const authz::LegEvidence& leg : evidence.legs) {
    if (leg.result != authz::Ternary::kYes) text += LegAsText(why, layer, document, leg);
  }
  return text;
}

std::string LayersAsText(const Explanation& why, const Palette& palette) {
  std::string text = "layers\n";
  for (const authz::LayerEvidence& layer : why.layers) {
    if (layer.outcome == authz::Outcome::kNotApplicable) continue;
    text += fmt::format("  {}{}{}: {}{}{}{}\n", palette.bold, authz::LayerName(layer.layer),
                        palette.reset, authz::OutcomeName(layer.outcome),
                        layer.note.empty() ? "" : ", ", layer.note, JudgedOnText(layer.judged_on));
    for (const authz::StatementEvidence& statement : layer.statements) {
      text += StatementAsText(why, layer.layer, statement);
    }
  }
  return text;
}

std::string Indented(std::string_view text, std::string_view indent) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (!line.empty()) out += fmt::format("{}{}\n", indent, line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

std::string ChangeAsText(const Explanation& why, const authz::Change& change) {
  const policy::Source& source =
      authz::PoliciesOf(*why.policies, change.layer)[change.policy]->source();
  std::string text = fmt::format(
      "  {}\n    {} {}:\n{}", change.title, change.at.empty() ? "insert at" : "replace at",
      OneLine(Place(source, change.at)), Indented(change.text, "      "));
  if (!change.opens.empty()) text += fmt::format("    it also opens: {}\n", change.opens);
  return text;
}

std::string RemediesAsText(const ExplanationReport& report, const Palette& palette) {
  std::string text;
  for (const authz::Remedy& remedy : report.remedies) {
    text +=
        fmt::format("{}{}{}\n", palette.bold,
                    text.empty() ? "the smallest change that would allow it" : "or", palette.reset);
    for (const authz::Change& change : remedy.changes) {
      text += ChangeAsText(report.verdict.deciding(), change);
    }
    std::string others;
    for (authz::Layer layer : remedy.if_allowed_by) {
      others += fmt::format("{}{}", others.empty() ? "" : ", ", authz::LayerName(layer));
    }
    if (!others.empty()) text += fmt::format("    provided that it is allowed by: {}\n", others);
  }
  return text;
}

// "event 1f2e... at 2026-03-02T09:15:00Z: s3.amazonaws.com GetObject, refused (AccessDenied)"
std::string EventAsText(const authz::CloudTrailEvent& event, const Palette& palette) {
  std::string text = fmt::format("{}event{} {}", palette.bold, palette.reset, OrUnknown(event.id));
  if (!event.time.empty()) text += fmt::format(" at {}", OneLine(event.time));
  text += fmt::format(": {} {}, ", OneLine(event.source), OneLine(event.name));
  return text + EventEnd(event) + '\n';
}

std::string FlowsAsText(const authz::FlowFindings& flows, const Palette& palette) {
  std::string text =
      fmt::format("{}flow log{}: {}\n", palette.bold, palette.reset, OneLine(flows.sentence));
  for (const authz::FlowEvidence& record : flows.evidence) {
    text += fmt::format("  line {}: {}\n", record.line, OneLine(record.text));
  }
  return text;
}

}  // namespace

std::string RefusedInSomeWay(const VerdictReport& report) {
  if (report.decision.verdict != authz::Verdict::kUnknown) return {};
  const authz::LayerMask stopped_by = authz::StoppedBy(report.deciding());
  if (stopped_by.empty()) return {};
  return fmt::format("the request is refused by {}; in which way is not known",
                     LayerNames(stopped_by));
}

std::string EventEnd(const authz::CloudTrailEvent& event) {
  const std::string& code = event.message.error_code;
  std::string text = event.result == authz::EventResult::kNoError   ? "let through"
                     : event.result == authz::EventResult::kRefused ? "refused"
                                                                    : "failed";
  if (!code.empty()) text += fmt::format(" ({})", OneLine(code));
  return text;
}

std::string ExplanationAsText(const ExplanationReport& report, bool color) {
  const Palette palette(color);
  std::string text = report.event == nullptr ? std::string() : EventAsText(*report.event, palette);
  text += VerdictHeadline(report.verdict, palette);
  const std::string refused = RefusedInSomeWay(report.verdict);
  if (!refused.empty()) text += refused + '\n';
  if (!report.cause.empty()) text += fmt::format("cause: {}\n", report.cause);
  for (const std::string& note : report.notes) text += fmt::format("note: {}\n", note);
  text += '\n' + RequestAsText(report) + '\n' + LayersAsText(report.verdict.deciding(), palette);
  const std::string remedies = RemediesAsText(report, palette);
  if (!remedies.empty()) text += '\n' + remedies;
  const std::string rest = MissingAndAssumed(report.verdict);
  if (!rest.empty()) text += '\n' + rest;
  const std::vector<std::string> missing =
      authz::MissingNames(*report.verdict.policies, report.verdict.decision.missing);
  for (std::string_view layer : report.not_given) {
    if (std::ranges::find(missing, fmt::format("layer:{}", layer)) != missing.end()) continue;
    text += fmt::format("not given: the {} layer\n", layer);
  }
  if (!report.message.note.empty()) text += fmt::format("note: {}\n", OneLine(report.message.note));
  if (!report.disagreement.empty()) text += fmt::format("but: {}\n", report.disagreement);
  if (!report.comparison.sentence.empty() && report.comparison.agrees.value_or(true)) {
    text += fmt::format("{}: {}\n", report.comparison.agrees ? "agrees" : "note",
                        report.comparison.sentence);
  }
  if (report.flows) text += '\n' + FlowsAsText(*report.flows, palette);
  return text;
}

std::string FlowFigures(const authz::FlowSummary& summary) {
  std::string text = fmt::format("{} records: {} accepted, {} rejected", summary.records(),
                                 summary.accepted(), summary.rejected());
  if (summary.no_data() > 0) text += fmt::format(", {} without traffic", summary.no_data());
  if (summary.skip_data() > 0)
    text += fmt::format(", {} with records missing", summary.skip_data());
  return text;
}

std::string_view WhatStopped(const authz::FlowGroup& group) {
  return group.answers
             ? "answers: a network ACL, as security groups are stateful; ports 1024 to 65535"
             : "a security group or a network ACL";
}

std::string FlowSummaryAsText(const authz::FlowSummary& summary, bool color) {
  const Palette palette(color);
  std::string text = FlowFigures(summary);
  const std::vector<authz::FlowGroup> groups = summary.Groups();
  text += groups.empty() ? "\nno packet to or from an AWS service or port 443 was rejected\n"
                         : fmt::format("\n{}rejected to or from AWS services and port 443{}\n",
                                       palette.bold, palette.reset);
  for (const authz::FlowGroup& group : groups) {
    text += fmt::format(
        "  {} {} -> {}{}{}{}: {} packets in {} records, the first in line {}\n    {}\n",
        group.interface.empty() ? "-" : OneLine(group.interface), OneLine(group.source),
        OneLine(group.destination), group.port == 0 ? "" : fmt::format(" port {}", group.port),
        group.service.empty() ? "" : fmt::format(" ({})", OneLine(group.service)),
        group.direction.empty() ? "" : fmt::format(", {}", OneLine(group.direction)), group.packets,
        group.records, group.line, WhatStopped(group));
  }
  if (summary.group_count() > groups.size()) {
    text += fmt::format("  and {} more\n", summary.group_count() - groups.size());
  }
  return text;
}

std::string ListFigures(const ExplanationList& list) {
  std::string text = fmt::format("{} records: {} refused, {} explained", list.records, list.refused,
                                 list.reports.size());
  if (list.not_shown > 0) text += fmt::format(", {} more not shown", list.not_shown);
  if (list.let_through > 0) {
    text += fmt::format("; {} not refused, which -v explains", list.let_through);
  }
  return text;
}

std::string ExplanationsAsText(const ExplanationList& list, bool color) {
  std::string text;
  for (const ExplanationReport& report : list.reports) {
    text += ExplanationAsText(report, color) + '\n';
  }
  return text + ListFigures(list) + '\n';
}

}  // namespace postern::cmd
