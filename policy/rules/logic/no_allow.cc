#include <algorithm>
#include <optional>
#include <string>

#include "policy/rules/logic/checks.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// Kinds that allow only what they say they allow, by themselves. A service control policy stands
// beside others, and a bucket policy of Denies leaves the identity policies to allow.
std::optional<Severity> SeverityFor(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::kEndpoint:
    case PolicyKind::kBoundary:
      return Severity::kError;
    case PolicyKind::kSession:  // managed policies may be passed with it
      return Severity::kWarning;
    default:
      return std::nullopt;
  }
}

}  // namespace

void CheckNoAllow(LintContext& context) {
  const auto severity = SeverityFor(context.kind());
  const auto statements = context.document().statements();
  if (!severity || statements.empty()) return;
  if (!std::ranges::all_of(statements, IsSound)) return;
  if (std::ranges::any_of(statements, [](const Statement& statement) {
        return statement.effect == Effect::kAllow;
      })) {
    return;
  }
  const Node* const list = context.document().root().Find("Statement");
  if (list == nullptr) return;  // under another name, which is the first thing to repair
  context
      .ReportKey(
          "LO905", *list,
          "no statement allows anything: " +
              std::string(context.kind() == PolicyKind::kEndpoint
                              ? "this endpoint policy blocks every request"
                              : "nothing that this policy limits is allowed"),
          "add a statement with `\"Effect\": \"Allow\"`: a policy of its own replaces the default, "
          "it does not add to it")
      .severity = *severity;
}

}  // namespace postern::policy
