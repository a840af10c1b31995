// Service control policies as a set.
#include <algorithm>
#include <string>
#include <vector>

#include "authz/rules/together/checks.h"
#include "policy/rules/statements.h"
#include "policy/rules/texts.h"

namespace postern::authz {

void CheckNoFullAccess(RunContext& context) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < context.run().policies.size(); ++i) {
    if (context.document(i).kind() != policy::PolicyKind::kScp) continue;
    const auto statements = context.document(i).statements();
    const bool may_allow = std::ranges::any_of(statements, [](const policy::Statement& statement) {
      return !policy::IsSound(statement) || statement.effect == policy::Effect::kAllow;
    });
    if (may_allow || statements.empty()) return;
    all.push_back(i);
  }
  if (all.empty()) return;
  const policy::Node* const list = context.document(all.front()).root().Find("Statement");
  if (list == nullptr) return;
  context.ReportKey("OR103", all.front(), *list,
                    all.size() == 1
                        ? "this service control policy allows nothing: where no other one is "
                          "attached at its level, everything below is denied"
                        : "none of these " + std::to_string(all.size()) +
                              " service control policies allows anything: where no other one is "
                              "attached at their levels, everything below is denied",
                    "keep FullAWSAccess attached");
}

}  // namespace postern::authz
