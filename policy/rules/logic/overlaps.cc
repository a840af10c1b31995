// Statements that say what another one says, or undo it.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "policy/rules/bucket/checks.h"
#include "policy/rules/fixes.h"
#include "policy/rules/logic/checks.h"
#include "policy/rules/logic/inclusion.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::policy {
namespace {

// Each is held against each; beyond what a policy can have, nothing is said.
constexpr std::size_t kMostStatements = 500;

std::string Line(const LintContext& context, const Statement& statement) {
  return "line " +
         std::to_string(context.document().source().Locate(statement.node->range.begin).line);
}

// The statement that a report about `found` stands at, its first line only.
Diagnostic& ReportStatement(LintContext& context, std::string_view code, const Statement& statement,
                            const Statement& other, std::string message, std::string help) {
  Diagnostic& finding = context.Report(code, *statement.node, std::move(message), std::move(help));
  finding.related.push_back({other.node->range, "the other statement"});
  return finding;
}

void AddRemoval(const LintContext& context, const Statement& statement, Diagnostic& finding,
                FixSafety safety = FixSafety::kSafe) {
  const Node* const list = context.document().root().Find("Statement");
  if (list == nullptr || !list->IsArray()) return;
  AddRemoval(finding, context.document(), *list, *statement.node, safety);
}

bool IsSameStatement(StatementAlgebra& algebra, const Statement& a, const Statement& b) {
  return a.effect == b.effect && algebra.Included(a, b) && algebra.Included(b, a);
}

// An earlier statement that says the same, or null.
const Statement* EarlierTwin(const LintContext& context, StatementAlgebra& algebra,
                             const Statement& statement) {
  for (const Statement& other : context.document().statements()) {
    if (&other == &statement) return nullptr;
    if (IsSameStatement(algebra, statement, other)) return &other;
  }
  return nullptr;
}

bool TooMany(const LintContext& context) {
  return context.document().statements().size() > kMostStatements;
}

// What LO903 says of the pair: the second allows the same, and asks for nothing.
bool Bypasses(StatementAlgebra& algebra, const Statement& conditional, const Statement& other) {
  return IsSoundAllow(conditional) && IsSoundAllow(other) && &conditional != &other &&
         !conditional.conditions.empty() && other.conditions.empty() &&
         algebra.IncludedWithoutConditions(conditional, other);
}

}  // namespace

void CheckDuplicateStatement(LintContext& context) {
  if (TooMany(context)) return;
  StatementAlgebra algebra(context);
  for (const Statement& statement : context.document().statements()) {
    const Statement* const twin = EarlierTwin(context, algebra, statement);
    if (twin == nullptr) continue;
    Diagnostic& finding =
        ReportStatement(context, "LO901", statement, *twin,
                        "the statement on " + Line(context, *twin) + " says the same as this one",
                        "remove one of them");
    AddRemoval(context, statement, finding);
  }
}

void CheckSubsumedStatement(LintContext& context) {
  if (TooMany(context)) return;
  StatementAlgebra algebra(context);
  for (const Statement& statement : context.document().statements()) {
    for (const Statement& other : context.document().statements()) {
      if (&other == &statement || statement.effect != other.effect) continue;
      if (!algebra.Included(statement, other)) continue;
      if (algebra.Included(other, statement)) continue;      // LO901
      if (Bypasses(algebra, statement, other)) continue;     // LO903
      if (IsSoundDeny(other) && IsDenyAll(other)) continue;  // LO909
      const bool allows = statement.effect == Effect::kAllow;
      Diagnostic& finding = ReportStatement(
          context, "LO902", statement, other,
          std::string("all that this statement ") + (allows ? "allows" : "denies") +
              ", the one on " + Line(context, other) + (allows ? " allows" : " denies") + " too",
          "remove this one, or narrow the other");
      AddRemoval(context, statement, finding);
      break;
    }
  }
}

void CheckConditionBypassed(LintContext& context) {
  if (TooMany(context)) return;
  StatementAlgebra algebra(context);
  for (const Statement& statement : context.document().statements()) {
    for (const Statement& other : context.document().statements()) {
      if (!Bypasses(algebra, statement, other)) continue;
      ReportStatement(context, "LO903", statement, other,
                      "the condition has no effect: the statement on " + Line(context, other) +
                          " allows the same without it",
                      "put the condition into both statements, or remove the wider one");
      break;
    }
  }
}

void CheckAllowShadowedByDeny(LintContext& context) {
  if (TooMany(context)) return;
  StatementAlgebra algebra(context);
  const auto inverted = DeniesOfAdmittedEndpoints(context.document());  // BP104
  for (const Statement& statement : context.document().statements()) {
    if (!IsSoundAllow(statement)) continue;
    for (const Statement& other : context.document().statements()) {
      if (!IsSoundDeny(other) || IsDenyAll(other)) continue;  // LO909
      if (!algebra.Included(statement, other)) continue;
      if (std::ranges::find(inverted, &other) != inverted.end()) continue;
      ReportStatement(context, "LO904", statement, other,
                      "this statement can never allow anything: the one on " +
                          Line(context, other) + " denies all of it",
                      "remove it, or narrow the Deny");
      break;
    }
  }
}

void CheckDeadDeny(LintContext& context) {
  // Elsewhere another policy may allow what this one denies.
  if (context.kind() != PolicyKind::kEndpoint || TooMany(context)) return;
  const auto statements = context.document().statements();
  // Without an Allow, LO905 says more.
  if (!std::ranges::all_of(statements, IsSound) || std::ranges::none_of(statements, IsSoundAllow)) {
    return;
  }
  StatementAlgebra algebra(context);
  for (const Statement& statement : statements) {
    if (!IsSoundDeny(statement)) continue;
    const bool dead = std::ranges::all_of(statements, [&](const Statement& other) {
      return other.effect != Effect::kAllow || algebra.Apart(statement, other);
    });
    if (!dead) continue;
    Diagnostic& finding =
        context.Report("LO906", *statement.node,
                       "this statement denies what no statement of the endpoint policy allows",
                       "remove it: what is not allowed is denied already");
    // The request is refused as before, but no longer explicitly.
    AddRemoval(context, statement, finding, FixSafety::kUnsafe);
  }
}

}  // namespace postern::policy
