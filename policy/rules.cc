#include <vector>

#include "policy/rule.h"
#include "policy/rules/groups.h"

namespace postern::policy {

std::span<const Rule> PolicyRules() {
  static const std::vector<Rule> kRules = [] {
    std::vector<Rule> all;
    for (const std::span<const Rule> group :
         {JsonRules(), GrammarRules(), SizeRules(), PrincipalRules(), ActionRules(),
          ResourceRules(), ConditionRules(), VariableRules(), LogicRules(), SecurityRules(),
          EndpointRules(), BucketRules(), OrganizationRules(), TrustRules(), StyleRules()}) {
      all.insert(all.end(), group.begin(), group.end());
    }
    return all;
  }();
  return kRules;
}

}  // namespace postern::policy
