#include "cmd/render/explanation.h"

#include <fmt/format.h>

#include <algorithm>

#include "authz/compile.h"
#include "cmd/assumptions.h"
#include "cmd/embedded.h"
#include "cmd/render/evidence.h"
#include "cmd/render/html/change.h"
#include "cmd/render/html/gates.h"
#include "cmd/render/html/layers.h"
#include "cmd/render/html/listing.h"
#include "cmd/render/html/page.h"
#include "cmd/render/snippet.h"
#include "cmd/render/verdict.h"

namespace postern::cmd {
namespace {

using authz::Explanation;
using authz::Verdict;

// A page of a hundred events lists less of each policy.
constexpr std::size_t kListedOnAPage = 16 * kListedBytes;
constexpr std::size_t kListedAtLeast = 4 * 1024;

std::string Heading(int level, std::string_view html) {
  return fmt::format("<h{0}>{1}</h{0}>\n", level, html);
}

std::string Section(std::string_view style, int level, std::string_view title,
                    std::string_view html) {
  if (html.empty()) return {};
  return fmt::format("<section class=\"{}\">\n{}{}</section>\n", style, Heading(level, title),
                     html);
}

struct VerdictRow {
  std::string_view style;
  std::string sentence;
};
VerdictRow RowOf(const ExplanationReport& report) {
  switch (report.verdict.decision.verdict) {
    case Verdict::kAllow:
      return {"yes", "The request is let through"};
    case Verdict::kUnknown: {
      const std::string refused = RefusedInSomeWay(report.verdict);
      return {"unknown", refused.empty() ? "Whether the request is let through is not known"
                                         : "In any case " + refused};
    }
    case Verdict::kImplicitDeny:
    case Verdict::kExplicitDeny:
      break;
  }
  return {"no", "The request is refused"};
}

// "implicit-deny by endpoint"
std::string VerdictTitle(const ExplanationReport& report) {
  const authz::Decision& decision = report.verdict.decision;
  std::string title(authz::VerdictName(decision.verdict));
  if (!decision.decided_by.empty()) title += " by " + LayerNames(decision.decided_by);
  return title;
}

std::string EventTitle(const authz::CloudTrailEvent& event) {
  return fmt::format("{} {}, {}", OneLine(event.source), OneLine(event.name), EventEnd(event));
}

std::string EventLine(const ExplanationReport& report) {
  if (report.event == nullptr) return {};
  const authz::CloudTrailEvent& event = *report.event;
  return fmt::format("<p class=\"event\">event {}{}: {}</p>\n",
                     event.id.empty() ? "unknown" : HtmlCode(OneLine(event.id)),
                     event.time.empty() ? "" : " at " + HtmlText(OneLine(event.time)),
                     HtmlText(EventTitle(event)));
}

std::string DecidingStatements(const ExplanationReport& report, const PagePart& part) {
  const authz::CompiledPolicySet& policies = *report.verdict.policies;
  std::string html;
  for (authz::Layer layer : LayersOf(report.verdict.decision.decided_by)) {
    const authz::StatementRef& ref = report.verdict.decision.StatementOf(layer);
    const policy::Statement* statement = authz::StatementAt(policies, layer, ref);
    if (statement == nullptr) continue;
    const policy::PolicyDocument& document = *authz::PoliciesOf(policies, layer)[ref.policy];
    const policy::SourceRange range = statement->node->range;
    html += fmt::format("<li>{0}: {1} at <a href=\"#{2}-{0}-{3}-L{4}\">{5}</a></li>\n",
                        authz::LayerName(layer), HtmlSentence(StatementTitle(document, *statement)),
                        part.anchor, ref.policy, document.source().Locate(range.begin).line,
                        HtmlText(OneLine(Place(document.source(), range))));
  }
  return html.empty() ? html : "<ul class=\"deciding\">\n" + html + "</ul>\n";
}

// How the answer goes with what was observed.
std::string Comparison(const ExplanationReport& report) {
  const EventComparison& comparison = report.comparison;
  const auto line = [](std::string_view style, std::string_view label, std::string_view text) {
    return fmt::format("<p class=\"compared {}\"><b>{}</b>: {}</p>\n", style, label,
                       HtmlSentence(OneLine(text)));
  };
  std::string html;
  if (!report.disagreement.empty()) html += line("no", "but", report.disagreement);
  if (!comparison.sentence.empty() && comparison.agrees.value_or(true)) {
    html += comparison.agrees ? line("yes", "agrees", comparison.sentence)
                              : line("unknown", "note", comparison.sentence);
  }
  return html;
}

std::string Answer(const ExplanationReport& report, const PagePart& part) {
  const VerdictReport& verdict = report.verdict;
  const VerdictRow row = RowOf(report);
  std::string html =
      fmt::format("<header class=\"answer {}\">\n{}{}<p class=\"lead\">{}{}{}.</p>\n", row.style,
                  EventLine(report), Heading(part.heading, VerdictTitle(report)), row.sentence,
                  report.cause.empty() ? "" : ": ", HtmlSentence(report.cause));
  if (verdict.calls.size() > 1) {
    const Explanation& call = verdict.deciding();
    html += fmt::format("<p>call {} of {}: {} on {}</p>\n", verdict.deciding_call + 1,
                        verdict.calls.size(), HtmlCode(OneLine(call.action)),
                        HtmlCode(OneLine(call.resource)));
  }
  html += DecidingStatements(report, part) + Comparison(report);
  for (const std::string& note : report.notes) {
    html += fmt::format("<p class=\"note\">note: {}</p>\n", HtmlSentence(note));
  }
  if (!report.message.note.empty()) {
    html +=
        fmt::format("<p class=\"note\">note: {}</p>\n", HtmlSentence(OneLine(report.message.note)));
  }
  return html + "</header>\n";
}

std::string ChangeAsHtml(const Explanation& why, const authz::Change& change) {
  const policy::Source& source =
      authz::PoliciesOf(*why.policies, change.layer)[change.policy]->source();
  std::string html = fmt::format(
      "<figure>\n<figcaption>{} <span>{} {}</span></figcaption>\n{}</figure>\n",
      HtmlSentence(OneLine(change.title)), change.at.empty() ? "insert at" : "replace at",
      HtmlText(OneLine(Place(source, change.at))), DiffAsHtml(source, change.at, change.text));
  if (!change.opens.empty()) {
    html += fmt::format("<p class=\"opens\"><b>it also opens</b>: {}</p>\n",
                        HtmlSentence(OneLine(change.opens)));
  }
  return html;
}

std::string Remedies(const ExplanationReport& report, const PagePart& part) {
  std::string html;
  for (const authz::Remedy& remedy : report.remedies) {
    if (!html.empty()) html += "<p class=\"or\">or</p>\n";
    for (const authz::Change& change : remedy.changes) {
      html += ChangeAsHtml(report.verdict.deciding(), change);
    }
    if (remedy.if_allowed_by.empty()) continue;
    authz::LayerMask others;
    for (authz::Layer layer : remedy.if_allowed_by) others.Add(layer);
    html += fmt::format("<p>provided that it is allowed by: {}</p>\n", LayerNames(others));
  }
  return Section("changes", part.heading, "The smallest change that would allow it", html);
}

std::string Fact(std::string_view name, std::string_view value_html, std::string_view source) {
  return fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n", name, value_html,
                     source);
}

std::string OrUnknown(std::string_view value) {
  return value.empty() ? std::string("unknown") : HtmlCode(OneLine(value));
}

std::string RequestAsHtml(const ExplanationReport& report, const PagePart& part) {
  const Explanation& why = report.verdict.deciding();
  std::string rows;
  if (!report.api.empty()) rows += Fact("api", OrUnknown(report.api), "");
  rows += Fact("principal", OrUnknown(why.principal), "");
  rows += Fact("action", OrUnknown(why.action), "") + Fact("resource", OrUnknown(why.resource), "");
  if (why.through_access_point) rows += Fact("bucket", OrUnknown(why.bucket_resource), "");
  rows += Fact("account", OrUnknown(why.resource_account), "");
  for (const authz::KeyEvidence& key : why.keys) {
    rows += Fact(HtmlText(OneLine(key.name)), HtmlSentence(QuotedValues(key.values)),
                 authz::KeySourceName(key.source));
  }
  return Section(
      "request", part.heading, "The request as understood",
      "<table class=\"facts\">\n<thead><tr><th scope=\"col\">part or key</th>"
      "<th scope=\"col\">value</th><th scope=\"col\">source</th></tr></thead>\n<tbody>\n" +
          rows + "</tbody>\n</table>\n");
}

// What AWS might do instead, of an assumption of S10; "" for the others.
std::string Otherwise(std::string_view name) {
  static const std::vector<AssumptionRow> kRows =
      ReadAssumptions(FindEmbedded("authz/semantics.md").value_or(std::string_view()));
  const auto row = std::ranges::find(kRows, name, &AssumptionRow::number);
  if (row == kRows.end()) return {};
  return fmt::format(
      "<details><summary>semantics S10, {0}</summary>\n<dl><dt>taken for granted</dt><dd>{1}</dd>"
      "<dt>AWS might instead</dt><dd>{2}</dd><dt>to find out</dt><dd>{3}</dd></dl></details>\n",
      HtmlText(row->number), HtmlSentence(row->standard), HtmlSentence(row->alternative),
      HtmlSentence(row->settle));
}

std::string RestsOn(const ExplanationReport& report, const PagePart& part) {
  std::string items;
  for (const VerdictRemark& remark : VerdictRemarks(report.verdict)) {
    items += fmt::format("<li><b>{}</b>: {}{}{}{}</li>\n", remark.label, HtmlCode(remark.name),
                         remark.name.empty() ? "" : ": ", HtmlSentence(remark.text),
                         Otherwise(remark.name));
  }
  for (std::string_view layer : report.not_given) {
    items += fmt::format("<li><b>not given</b>: the {} layer</li>\n", layer);
  }
  if (!items.empty()) items = "<ul>\n" + items + "</ul>\n";
  return Section("rests", part.heading, "What this rests on", items);
}

std::string Flows(const ExplanationReport& report, const PagePart& part) {
  if (!report.flows) return {};
  std::string html = fmt::format("<p>{}</p>\n", HtmlSentence(OneLine(report.flows->sentence)));
  if (!report.flows->evidence.empty()) html += "<ul class=\"records\">\n";
  for (const authz::FlowEvidence& record : report.flows->evidence) {
    html += fmt::format("<li>line {}: {}</li>\n", record.line, HtmlCode(OneLine(record.text)));
  }
  if (!report.flows->evidence.empty()) html += "</ul>\n";
  return Section("flows", part.heading, "The flow log", html);
}

// The layers that decide, or the others.
std::string Layers(const ExplanationReport& report, const std::vector<Gate>& gates, bool deciding,
                   std::string_view title, const PagePart& part) {
  PagePart below = part;
  ++below.heading;
  std::string html;
  for (const Gate& gate : gates) {
    if (gate.decides == deciding) html += LayerAsHtml(report, gate, below);
  }
  return Section("layers", part.heading, title, html);
}

std::string Article(const ExplanationReport& report, const PagePart& part) {
  PagePart below = part;
  ++below.heading;
  const std::vector<Gate> gates = GatesOf(report);
  const bool any_decides = std::ranges::any_of(gates, &Gate::decides);
  return fmt::format("<article id=\"{}\">\n", part.anchor) + Answer(report, part) +
         Section("way", below.heading, "The way to the resource",
                 GatesAsHtml(report, gates, part.anchor)) +
         Layers(report, gates, true, "What decides", below) + Remedies(report, below) +
         Layers(report, gates, false, any_decides ? "The other layers" : "The layers", below) +
         Flows(report, below) + RequestAsHtml(report, below) + RestsOn(report, below) +
         "</article>\n";
}

std::string Contents(const ExplanationList& list) {
  std::string items;
  std::size_t number = 0;
  for (const ExplanationReport& report : list.reports) {
    items += fmt::format("<li><a href=\"#e{}\"><b class=\"{}\">{}</b> {} {}</a></li>\n", ++number,
                         RowOf(report).style, VerdictTitle(report),
                         report.event == nullptr ? "" : HtmlText(OneLine(report.event->time)),
                         report.event == nullptr ? "" : HtmlText(EventTitle(*report.event)));
  }
  return "<nav aria-label=\"contents\">\n<ol>\n" + items + "</ol>\n</nav>\n";
}

}  // namespace

std::string ExplanationAsHtml(const ExplanationReport& report) {
  return HtmlPage(VerdictTitle(report),
                  "<main>\n" + Article(report, {"e1", 1, kListedBytes}) + "</main>\n");
}

std::string ExplanationsAsHtml(const ExplanationList& list) {
  const std::size_t shares = std::max<std::size_t>(list.reports.size(), 1);
  const std::size_t most = std::clamp(kListedOnAPage / shares, kListedAtLeast, kListedBytes);
  std::string body = fmt::format("<main>\n<h1>Explanations</h1>\n<p>{}</p>\n{}", ListFigures(list),
                                 Contents(list));
  std::size_t number = 0;
  for (const ExplanationReport& report : list.reports) {
    body += Article(report, {fmt::format("e{}", ++number), 2, most});
  }
  return HtmlPage("Explanations: " + ListFigures(list), body + "</main>\n");
}

std::string FlowSummaryAsHtml(const authz::FlowSummary& summary) {
  const std::vector<authz::FlowGroup> groups = summary.Groups();
  std::string items;
  for (const authz::FlowGroup& group : groups) {
    items += fmt::format(
        "<li>{} <b>{} -&gt; {}</b>{}{}{}: {} packets in {} records, the first in line {}<br />{}"
        "</li>\n",
        group.interface.empty() ? "-" : HtmlText(OneLine(group.interface)),
        HtmlText(OneLine(group.source)), HtmlText(OneLine(group.destination)),
        group.port == 0 ? "" : fmt::format(" port {}", group.port),
        group.service.empty() ? "" : fmt::format(" ({})", HtmlText(OneLine(group.service))),
        group.direction.empty() ? "" : fmt::format(", {}", HtmlText(OneLine(group.direction))),
        group.packets, group.records, group.line, WhatStopped(group));
  }
  std::string body = fmt::format("<main>\n<h1>Flow log</h1>\n<p>{}</p>\n", FlowFigures(summary));
  body += groups.empty() ? "<p>no packet to or from an AWS service or port 443 was rejected</p>\n"
                         : "<h2>rejected to or from AWS services and port 443</h2>\n<ul>\n" +
                               items + "</ul>\n";
  if (summary.group_count() > groups.size()) {
    body += fmt::format("<p>and {} more</p>\n", summary.group_count() - groups.size());
  }
  return HtmlPage("Flow log", body + "</main>\n");
}

}  // namespace postern::cmd
