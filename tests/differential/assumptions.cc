// S8.2: what a decision lists of the assumptions of S10.
#include <string>

#include "tests/differential/property.h"

namespace postern::differential {
namespace {

using authz::Assumption;

std::optional<Violation> NothingIsHidden(Examined& examined, Random& random) {
  const auto assumption = static_cast<Assumption>(random.Below(authz::kAssumptionCount));
  if (!authz::HasAlternative(assumption)) return std::nullopt;
  authz::AssumptionSet alternative;
  alternative.Add(assumption);
  for (std::size_t i = 0; i < examined.answers.size(); ++i) {
    const Answer& before = examined.answers[i];
    if (before.IsError() || examined.decisions[i].assumed.Has(assumption)) continue;
    examined.engine.Ask(i, alternative);
    const Answer after = examined.engine.answer();
    if (after == before) continue;
    return Violation{i, Words(before) + "; with the alternative of " +
                            std::string(authz::AssumptionName(assumption)) +
                            ", which it does not " + "list, " + Words(after)};
  }
  return std::nullopt;
}

constexpr Property kProperties[] = {
    {"S8.2", "an assumption that is not listed changes nothing", NothingIsHidden},
};

}  // namespace

std::span<const Property> AssumptionProperties() { return kProperties; }

}  // namespace postern::differential
