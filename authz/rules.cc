#include "authz/rules.h"

#include <vector>

#include "authz/rules/groups.h"
#include "authz/rules/together.h"

namespace postern::authz {

std::span<const policy::Rule> EngineRules() {
  static const std::vector<policy::Rule> kRules = [] {
    std::vector<policy::Rule> all;
    for (const std::span<const policy::Rule> group :
         {EndpointEngineRules(), ExposureEngineRules(), TogetherRules()}) {
      all.insert(all.end(), group.begin(), group.end());
    }
    return all;
  }();
  return kRules;
}

}  // namespace postern::authz
