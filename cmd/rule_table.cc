#include "cmd/rule_table.h"

#include <algorithm>

#include "authz/rules.h"
#include "cmd/lint/ignores.h"

namespace postern::cmd {
namespace {

std::vector<policy::Rule> Join() {
  const std::span<const policy::Rule> of_policy = policy::PolicyRules();
  std::vector<policy::Rule> rules(of_policy.begin(), of_policy.end());
  const std::span<const policy::Rule> of_engine = authz::EngineRules();
  rules.insert(rules.end(), of_engine.begin(), of_engine.end());
  const std::span<const policy::Rule> of_configuration = ConfigRules();
  rules.insert(rules.end(), of_configuration.begin(), of_configuration.end());
  std::sort(rules.begin(), rules.end(),
            [](const policy::Rule& a, const policy::Rule& b) { return a.code < b.code; });
  return rules;
}

}  // namespace

std::span<const policy::Rule> AllRules() {
  static const std::vector<policy::Rule> kRules = Join();
  return kRules;
}

std::string_view StatusName(policy::RuleStatus status) {
  return status == policy::RuleStatus::kStable ? "stable" : "preview";
}

}  // namespace postern::cmd
