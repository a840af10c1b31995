#include "authz/rules/together.h"

#include <algorithm>

#include "authz/rules/together/context.h"
#include "authz/rules/together/table.h"

namespace postern::authz {

bool IsLookedAtTogether(policy::PolicyKind kind) {
  return kind == policy::PolicyKind::kEndpoint || kind == policy::PolicyKind::kBucket ||
         kind == policy::PolicyKind::kResource || kind == policy::PolicyKind::kScp ||
         kind == policy::PolicyKind::kRcp || policy::IsIdentity(kind);
}

std::vector<RunFinding> LintTogether(const LintRun& run, std::span<const policy::Rule> rules) {
  std::vector<RunFinding> findings;
  RunContext context(run, rules, findings);
  for (const RunRule& rule : RunRules()) {
    if (policy::FindRule(rules, rule.row.code) == nullptr) continue;
    context.BeginRule();
    rule.check(context);
  }
  return findings;
}

std::span<const policy::Rule> TogetherRules() {
  static const std::vector<policy::Rule> kRows = [] {
    std::vector<policy::Rule> rows;
    for (const RunRule& rule : RunRules()) rows.push_back(rule.row);
    return rows;
  }();
  return kRows;
}

}  // namespace postern::authz
