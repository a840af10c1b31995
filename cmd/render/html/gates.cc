#include "cmd/render/html/gates.h"

#include <fmt/format.h>

#include <algorithm>

#include "cmd/render/html/page.h"

namespace postern::cmd {
namespace {

using authz::Layer;
using authz::LayerEvidence;
using authz::Outcome;
using authz::Verdict;

struct GateRow {
  Layer layer;
  std::string_view title;
  bool restricts;  // S7.2: whatever the others allow, this one has to let the request through
};
constexpr GateRow kGates[] = {
    {Layer::kIdentity, "identity policies", false},
    {Layer::kBoundary, "permissions boundary", false},
    {Layer::kSession, "session policies", false},
    {Layer::kScp, "service control policies", true},
    {Layer::kEndpoint, "endpoint policy", true},
    {Layer::kRcp, "resource control policies", true},
    {Layer::kBlockPublicAccess, "block public access", true},
    {Layer::kAccessPoint, "access point policy", false},
    {Layer::kResource, "resource policy", false},
};
static_assert(std::size(kGates) == authz::kLayerCount);

// How a state looks: told apart by shape and word, not by colour alone.
struct StateRow {
  std::string_view word, style, drawing;
};
constexpr StateRow kStates[] = {
    {"open", "yes", R"(<path d="M8 42V20a16 16 0 0 1 32 0v22M1 29h43m-8-7 8 7-8 7" />)"},
    {"closed", "no",
     R"(<path d="M8 42V20a16 16 0 0 1 32 0v22zM16 7v35M24 4v38M32 7v35M8 20h32M8 31h32" />)"},
    {"grants nothing", "off", R"(<path d="M8 42V20a16 16 0 0 1 32 0v22M17 29h14" />)"},
    {"not known", "unknown",
     R"(<path class="dashed" d="M8 42V20a16 16 0 0 1 32 0v22" /><path d="M19 21a5 5 0 1 1 7 5q-2 1-2 5m0 4v2" />)"},
    {"not given", "unknown",
     R"(<path class="dashed" d="M8 42V20a16 16 0 0 1 32 0v22" /><path d="M16 30h2m5 0h2m5 0h2" />)"},
};
static_assert(std::size(kStates) == static_cast<std::size_t>(GateState::kNotGiven) + 1);

const StateRow& RowOf(GateState state) { return kStates[static_cast<std::size_t>(state)]; }

bool IsDeny(Verdict verdict) {
  return verdict == Verdict::kImplicitDeny || verdict == Verdict::kExplicitDeny;
}

GateState StateOf(const ExplanationReport& report, const GateRow& row, Outcome outcome) {
  const authz::Decision& decision = report.verdict.decision;
  if (IsDeny(decision.verdict) && decision.decided_by.Has(row.layer)) return GateState::kClosed;
  switch (outcome) {
    case Outcome::kNotApplicable:
    case Outcome::kAllow:
      return GateState::kOpen;
    case Outcome::kExplicitDeny:
      return GateState::kClosed;
    case Outcome::kImplicitDeny:
      return row.restricts ? GateState::kClosed : GateState::kGrantsNothing;
    case Outcome::kUnknown:
      break;
  }
  const bool given =
      std::ranges::find(report.not_given, authz::LayerName(row.layer)) == report.not_given.end();
  return given ? GateState::kUnknown : GateState::kNotGiven;
}

std::string Drawing(GateState state) {
  return fmt::format(
      R"(<svg viewBox="0 0 48 44" width="48" height="44" aria-hidden="true">{}</svg>)",
      RowOf(state).drawing);
}

// How far the request comes.
enum class Way : std::uint8_t { kReached, kPerhaps, kCutOff };

constexpr std::string_view kWayStyles[] = {"reached", "perhaps", "cut-off"};
std::string_view WayStyle(Way way) { return kWayStyles[static_cast<std::size_t>(way)]; }

Way After(Way way, GateState state) {
  const Way most = state == GateState::kClosed                                     ? Way::kCutOff
                   : state == GateState::kUnknown || state == GateState::kNotGiven ? Way::kPerhaps
                                                                                   : Way::kReached;
  return std::max(way, most);
}

struct EndRow {
  Way way;
  std::string_view words;
};
EndRow EndOf(Verdict verdict) {
  if (verdict == Verdict::kAllow) return {Way::kReached, "reached"};
  if (verdict == Verdict::kUnknown) return {Way::kPerhaps, "perhaps reached"};
  return {Way::kCutOff, "not reached"};
}

std::string End(std::string_view style, std::string_view title, std::string_view name,
                std::string_view words) {
  return fmt::format("<li class=\"end {}\"><b>{}</b> {}{}</li>\n", style, title,
                     name.empty() ? "unknown" : HtmlCode(name),
                     words.empty() ? "" : fmt::format("<em>{}</em>", words));
}

}  // namespace

std::string_view GateWord(GateState state) { return RowOf(state).word; }
std::string_view GateStyle(GateState state) { return RowOf(state).style; }

std::vector<Gate> GatesOf(const ExplanationReport& report) {
  std::vector<Gate> gates;
  for (const GateRow& row : kGates) {
    const LayerEvidence& evidence = report.verdict.deciding().Of(row.layer);
    const bool decides = report.verdict.decision.decided_by.Has(row.layer);
    if (evidence.outcome == Outcome::kNotApplicable && !decides) continue;
    gates.push_back({&evidence, row.title, StateOf(report, row, evidence.outcome), decides});
  }
  return gates;
}

std::string GatesAsHtml(const ExplanationReport& report, const std::vector<Gate>& gates,
                        std::string_view anchor) {
  const authz::Explanation& why = report.verdict.deciding();
  std::string html = "<ol class=\"gates\">\n" + End("", "caller", why.principal, "");
  Way way = Way::kReached;
  for (const Gate& gate : gates) {
    html += fmt::format(
        "<li class=\"gate {} {}{}\"><a href=\"#{}-{}\">{}<span><b>{}</b> "
        "<strong>{}</strong>{}</span>"
        "</a></li>\n",
        GateStyle(gate.state), WayStyle(way), gate.decides ? " decides" : "", anchor,
        authz::LayerName(gate.evidence->layer), Drawing(gate.state), gate.title,
        GateWord(gate.state), gate.decides ? " <em>decides</em>" : "");
    way = After(way, gate.state);
  }
  const EndRow end = EndOf(report.verdict.decision.verdict);
  return html + End(WayStyle(end.way), "resource", why.resource, end.words) + "</ol>\n";
}

}  // namespace postern::cmd
