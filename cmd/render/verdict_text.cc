#include <fmt/format.h>

#include "authz/compile.h"
#include "cmd/render/evidence.h"
#include "cmd/render/verdict.h"

namespace postern::cmd {
namespace {

using authz::Verdict;

std::string_view ColorOf(Verdict verdict, const Palette& palette) {
  switch (verdict) {
    case Verdict::kAllow:
      return palette.green;
    case Verdict::kUnknown:
      return palette.yellow;
    case Verdict::kImplicitDeny:
    case Verdict::kExplicitDeny:
      break;
  }
  return palette.red;
}

std::string DecidingStatements(const VerdictReport& report) {
  std::string text;
  for (authz::Layer layer : LayersOf(report.decision.decided_by)) {
    const authz::StatementRef& ref = report.decision.StatementOf(layer);
    const policy::Statement* statement = authz::StatementAt(*report.policies, layer, ref);
    if (statement == nullptr) continue;
    const policy::PolicyDocument& document =
        *authz::PoliciesOf(*report.policies, layer)[ref.policy];
    text += fmt::format("  {}: {} at {}\n", authz::LayerName(layer),
                        StatementTitle(document, *statement),
                        OneLine(Place(document.source(), statement->node->range)));
  }
  return text;
}

constexpr std::string_view kWhichCalls =
    ": what it is sent with says which of these calls it makes; `calls` can name them";

// A key that was forgotten must not pass for one that AWS does not send.
std::string Absent(const VerdictReport& report) {
  const std::vector<std::string_view> names = AbsentKeys(report.deciding());
  if (names.empty()) return {};
  return fmt::format("absent: {}: not given, and nothing else tells it\n",
                     OneLine(fmt::format("{}", fmt::join(names, ", "))));
}

}  // namespace

std::string LayerNames(const authz::LayerMask& mask) {
  std::string names;
  for (authz::Layer layer : LayersOf(mask)) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", authz::LayerName(layer));
  }
  return names;
}

std::string VerdictHeadline(const VerdictReport& report, const Palette& palette) {
  const authz::Decision& decision = report.decision;
  std::string text = fmt::format("{}{}{}{}", palette.bold, ColorOf(decision.verdict, palette),
                                 authz::VerdictName(decision.verdict), palette.reset);
  if (!decision.decided_by.empty()) text += fmt::format(" by {}", LayerNames(decision.decided_by));
  text += '\n';
  if (report.calls.size() > 1) {
    const authz::Explanation& call = report.deciding();
    text += fmt::format("  call {} of {}: {} on {}\n", report.deciding_call + 1,
                        report.calls.size(), OneLine(call.action), OneLine(call.resource));
  }
  return text + DecidingStatements(report);
}

std::vector<VerdictRemark> VerdictRemarks(const VerdictReport& report) {
  std::vector<VerdictRemark> remarks;
  for (const std::string& name : authz::MissingNames(*report.policies, report.decision.missing)) {
    remarks.push_back({"missing", "",
                       fmt::format("{}{}", OneLine(name), name == "operation" ? kWhichCalls : "")});
  }
  for (authz::Assumption assumption : AssumptionsOf(report.decision.assumed)) {
    remarks.push_back({"assumed", std::string(authz::AssumptionName(assumption)),
                       std::string(authz::AssumptionText(assumption))});
  }
  for (const std::string& name : report.assumed_of_api) {
    remarks.push_back({"assumed", OneLine(name),
                       name == authz::kAssumedSameName
                           ? "the operation needs the action of the same name"
                           : "the operation may need it as well, and it is not judged"});
  }
  if (!report.stability.stable()) {
    remarks.push_back({"hangs on", "", authz::OtherwiseText(report.stability)});
  }
  return remarks;
}

std::string MissingAndAssumed(const VerdictReport& report) {
  std::string text;
  for (const VerdictRemark& remark : VerdictRemarks(report)) {
    text += fmt::format("{}: {}{}{}\n", remark.label, remark.name, remark.name.empty() ? "" : ": ",
                        remark.text);
  }
  return text;
}

std::string VerdictAsText(const VerdictReport& report, bool color) {
  const Palette palette(color);
  std::string text = VerdictHeadline(report, palette) + Absent(report) + MissingAndAssumed(report);
  if (report.expected.empty()) return text;
  text +=
      fmt::format("expected {}: {}\n", report.expected, report.unmet.empty() ? "met" : "not met");
  for (const std::string& reason : report.unmet) text += fmt::format("  {}\n", OneLine(reason));
  return text;
}

}  // namespace postern::cmd
