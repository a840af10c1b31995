#include "cmd/render/html/layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "authz/compile.h"
#include "cmd/render/coverage.h"
#include "cmd/render/evidence.h"
#include "cmd/render/html/listing.h"
#include "cmd/render/html/page.h"
#include "cmd/render/snippet.h"

namespace postern::cmd {
namespace {

using authz::Explanation;
using authz::LegEvidence;
using authz::StatementEvidence;
using authz::Ternary;

constexpr std::size_t kOpenStatements = 8;  // of a deciding layer; more are shown on demand
constexpr std::size_t kLongestNote = 100;   // bytes of a value beside the policy's text

// "condition `aws:SourceVpc`"
std::string LegName(const LegEvidence& leg) {
  if (leg.element != authz::Element::kCondition || leg.node == nullptr) {
    return std::string(authz::ElementName(leg.element));
  }
  return fmt::format("condition `{}`", OneLine(leg.node->key));
}

std::string LegAsHtml(const Explanation& why, authz::Layer layer,
                      const policy::PolicyDocument& document, const LegEvidence& leg) {
  return fmt::format(
      "<dl class=\"leg\"><dt>{}</dt><dd><b class=\"{}\">{}</b> ({})</dd>"
      "<dt>wanted</dt><dd>{}</dd><dt>got</dt><dd>{}</dd></dl>\n",
      authz::ElementName(leg.element), leg.result == Ternary::kUnknown ? "unknown" : "no",
      HoldsText(leg.result), authz::ReasonName(leg.reason), HtmlCode(WantedText(document, leg)),
      HtmlSentence(ActualText(RequestValueOf(why, layer, leg))));
}

std::string_view StyleOf(const StatementEvidence& statement) {
  if (statement.matched == Ternary::kUnknown) return "unknown";
  if (statement.matched == Ternary::kNo) return "off";
  return statement.effect == policy::Effect::kAllow ? "yes" : "no";
}

// The part of a page about one layer.
class LayerPart {
 public:
  LayerPart(const ExplanationReport& report, const Gate& gate, const PagePart& part)
      : why_(report.verdict.deciding()),
        layer_(*gate.evidence),
        gate_(gate),
        part_(part),
        anchor_(fmt::format("{}-{}", part.anchor, authz::LayerName(layer_.layer))),
        deciding_(report.verdict.decision.StatementOf(layer_.layer)),
        open_(gate.decides || (gate.state == GateState::kUnknown &&
                               report.verdict.decision.verdict == authz::Verdict::kUnknown)) {}

  std::string Draw() const {
    std::string html = fmt::format(
        "<section class=\"layer {}\" id=\"{}\">\n<h{}>{} <span class=\"state\">{}</span></h{}>\n"
        "<p>{}: {}{}{}{}</p>\n",
        GateStyle(gate_.state), anchor_, part_.heading, gate_.title, GateWord(gate_.state),
        part_.heading, authz::LayerName(layer_.layer), authz::OutcomeName(layer_.outcome),
        layer_.note.empty() ? "" : ", ", HtmlSentence(layer_.note), JudgedOnText(layer_.judged_on));
    for (const StatementEvidence& statement : layer_.statements) html += Statement(statement);
    const auto& documents = authz::PoliciesOf(*why_.policies, layer_.layer);
    for (std::size_t i = 0; i < documents.size(); ++i) {
      html += Policy(*documents[i], i, documents.size() == 1);
    }
    return html + "</section>\n";
  }

 private:
  bool Decides(const StatementEvidence& statement) const { return statement.ref == deciding_; }

  std::string LineAnchor(std::size_t policy) const { return fmt::format("{}-{}", anchor_, policy); }

  std::string Statement(const StatementEvidence& statement) const {
    const policy::PolicyDocument& document = DocumentOf(why_, statement, layer_.layer);
    const policy::SourceRange range = statement.statement->node->range;
    const std::string title =
        fmt::format("{} at <a href=\"#{}-L{}\">{}</a>: {}, <b>{}</b>",
                    HtmlSentence(StatementTitle(document, *statement.statement)),
                    LineAnchor(statement.ref.policy), document.source().Locate(range.begin).line,
                    HtmlText(OneLine(Place(document.source(), range))),
                    EffectName(statement.effect), MatchText(statement.matched));
    std::string failed;
    std::string held;
    for (const LegEvidence& leg : statement.legs) {
      if (leg.result == Ternary::kYes) {
        held += (held.empty() ? "" : ", ") + HtmlSentence(LegName(leg));
      } else {
        failed += LegAsHtml(why_, layer_.layer, document, leg);
      }
    }
    if (!held.empty()) held = fmt::format("<p class=\"held\">holds: {}</p>\n", held);
    const bool open = open_ && layer_.statements.size() <= kOpenStatements;
    return fmt::format(
        "<details class=\"statement {}{}\"{}><summary>{}</summary>\n{}{}</details>\n",
        StyleOf(statement), Decides(statement) ? " decides" : "",
        open || Decides(statement) ? " open=\"\"" : "", title, failed, held);
  }

  // That an element of a Deny fails is no fault.
  ListingMark FailedMark(const StatementEvidence& statement, const LegEvidence& leg) const {
    std::string note = fmt::format("{} {}", LegName(leg), HoldsText(leg.result));
    const std::string actual = ActualText(RequestValueOf(why_, layer_.layer, leg));
    if (actual.size() <= kLongestNote) note += ": got " + actual;
    const policy::SourceRange named{
        leg.node->key_range.empty() ? leg.node->range.begin : leg.node->key_range.begin,
        leg.node->range.end};
    return {named,
            leg.result == Ternary::kUnknown              ? "unknown"
            : statement.effect == policy::Effect::kAllow ? "no"
                                                         : "off",
            std::move(note)};
  }

  void Mark(const StatementEvidence& statement, Listing& listing) const {
    const bool decides = Decides(statement);
    listing.blocks.push_back({statement.statement->node->range,
                              fmt::format("{}{}", StyleOf(statement), decides ? " lit" : ""),
                              decides ? "this statement decides" : ""});
    for (const LegEvidence& leg : statement.legs) {
      if (leg.result != Ternary::kYes && leg.node != nullptr) {
        listing.marks.push_back(FailedMark(statement, leg));
      } else if (decides && leg.value != nullptr) {
        listing.marks.push_back({leg.value->range, "hit", ""});
      }
    }
  }

  std::string Policy(const policy::PolicyDocument& document, std::size_t number, bool only) const {
    Listing listing{LineAnchor(number), {}, {}, document.root().range.begin, part_.most};
    const StatementEvidence* focus = nullptr;
    bool decides = false;
    for (const StatementEvidence& statement : layer_.statements) {
      if (statement.ref.policy != number) continue;
      Mark(statement, listing);
      if (focus == nullptr || Decides(statement)) focus = &statement;
      decides = decides || Decides(statement);
    }
    if (focus != nullptr) listing.focus = focus->statement->node->range.begin;
    const auto begin = [](const ListingMark& mark) { return mark.range.begin; };
    std::ranges::sort(listing.marks, {}, begin);
    std::ranges::sort(listing.blocks, {}, begin);
    return fmt::format(
        "<details class=\"policy\"{}><summary>the text of {}</summary>\n{}</details>\n",
        decides || (open_ && only) ? " open=\"\"" : "", HtmlCode(OneLine(NameOfPolicy(document))),
        ListingAsHtml(document, listing));
  }

  const Explanation& why_;
  const authz::LayerEvidence& layer_;
  const Gate& gate_;
  const PagePart& part_;
  std::string anchor_;
  authz::StatementRef deciding_;
  bool open_;  // what is shown without being asked for
};

}  // namespace

std::string LayerAsHtml(const ExplanationReport& report, const Gate& gate, const PagePart& part) {
  return LayerPart(report, gate, part).Draw();
}

}  // namespace postern::cmd
