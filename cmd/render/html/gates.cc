#include "cmd/render/html/gates.h"

#include <fmt/format.h>

#include <algorithm>

#include "authz/remedy/cause.h"
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
    {"grants nothing", "off",
     R"(<path d="M8 42V20a16 16 0 0 1 32 0v22M24 22a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM17 36 31 22" />)"},
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

GateState StateOf(const ExplanationReport& report, const GateRow& row, Outcome outcome,
                  bool decides) {
  if (decides && report.verdict.decision.verdict != Verdict::kAllow) return GateState::kClosed;
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

constexpr std::string_view kCaller =
    R"(<path d="M24 22a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM10 42v-4a9 9 0 0 1 9-9h10a9 9 0 0 1 9 9v4" />)";
constexpr std::string_view kResource =
    R"(<path d="M9 11v25c0 3 7 5 15 5s15-2 15-5V11M9 11c0-3 7-5 15-5s15 2 15 5-7 5-15 5-15-2-15-5z" />)";

std::string Drawing(std::string_view shapes) {
  return fmt::format(
      R"(<svg viewBox="0 0 48 44" width="48" height="44" aria-hidden="true">{}</svg>)", shapes);
}

// How far the request comes.
enum class Way : std::uint8_t { kReached, kPerhaps, kCutOff };

constexpr std::string_view kWayStyles[] = {"reached", "perhaps", "cut-off"};
std::string_view WayStyle(Way way) { return kWayStyles[static_cast<std::size_t>(way)]; }

Way After(Way way, const Gate& gate, Verdict verdict) {
  // Then it hangs on none of those that are not open.
  if (verdict == Verdict::kAllow) return Way::kReached;
  const bool open = gate.state == GateState::kOpen || gate.state == GateState::kGrantsNothing;
  return std::max(way, gate.state == GateState::kClosed ? Way::kCutOff
                       : open                           ? Way::kReached
                                                        : Way::kPerhaps);
}

// The verdict goes before what the gates look like one by one.
Way AtEnd(Way way, Verdict verdict) {
  if (IsDeny(verdict)) return Way::kCutOff;
  return verdict == Verdict::kUnknown ? std::max(way, Way::kPerhaps) : Way::kReached;
}

constexpr std::string_view kEndWords[] = {"reached", "perhaps reached", "not reached"};
std::string_view EndWord(Way way) { return kEndWords[static_cast<std::size_t>(way)]; }

// An ARN breaks where it has parts.
std::string Breakable(std::string_view name) {
  std::string html;
  for (const char c : HtmlText(name)) {
    html += c;
    if (c == ':' || c == '/') html += "<wbr />";
  }
  return "<code>" + html + "</code>";
}

std::string End(std::string_view style, std::string_view drawing, std::string_view title,
                std::string_view name, std::string_view words) {
  return fmt::format("<li class=\"end {}\">{}<span><b>{}</b> {}<em>{}</em></span></li>\n", style,
                     Drawing(drawing), title, name.empty() ? "unknown" : Breakable(name), words);
}

}  // namespace

std::string_view GateWord(GateState state) { return RowOf(state).word; }
std::string_view GateStyle(GateState state) { return RowOf(state).style; }

authz::LayerMask DecidingLayers(const ExplanationReport& report) {
  const authz::Decision& decision = report.verdict.decision;
  return decision.verdict == Verdict::kAllow ? decision.decided_by
                                             : authz::StoppedBy(report.verdict.deciding());
}

std::vector<Gate> GatesOf(const ExplanationReport& report) {
  const authz::LayerMask deciding = DecidingLayers(report);
  std::vector<Gate> gates;
  for (const GateRow& row : kGates) {
    const LayerEvidence& evidence = report.verdict.deciding().Of(row.layer);
    const bool decides = deciding.Has(row.layer);
    if (evidence.outcome == Outcome::kNotApplicable && !decides) continue;
    gates.push_back(
        {&evidence, row.title, StateOf(report, row, evidence.outcome, decides), decides});
  }
  return gates;
}

std::string GatesAsHtml(const ExplanationReport& report, const std::vector<Gate>& gates,
                        std::string_view anchor) {
  const authz::Explanation& why = report.verdict.deciding();
  const Verdict verdict = report.verdict.decision.verdict;
  const std::string action = why.action.empty() ? "an unknown action" : HtmlCode(why.action);
  Way way = Way::kReached;
  std::string html = "<ol class=\"gates\">\n";
  html += End(WayStyle(way), kCaller, "caller", why.principal, "asks for " + action);
  for (const Gate& gate : gates) {
    way = After(way, gate, verdict);
    html += fmt::format(
        "<li class=\"{} {}{}\"><a href=\"#{}-{}\">{}<span><b>{}</b> "
        "<strong>{}</strong>{}</span></a>"
        "</li>\n",
        GateStyle(gate.state), WayStyle(way), gate.decides ? " decides" : "", anchor,
        authz::LayerName(gate.evidence->layer), Drawing(RowOf(gate.state).drawing), gate.title,
        GateWord(gate.state), gate.decides ? " <em>decides</em>" : "");
  }
  html += End("last", kResource, "resource", why.resource, EndWord(AtEnd(way, verdict)));
  return html + "</ol>\n";
}

}  // namespace postern::cmd
