#include <algorithm>

#include "tests/fuzz/properties.h"

namespace postern::fuzz {
namespace {

constexpr Target kTargets[] = {
    {"policy", CheckPolicy, PolicySeeds, 4096},
    {"yaml", CheckYaml, YamlSeeds, 4096},
    {"case", CheckCase, CaseSeeds, 8192},
    {"suite", CheckSuite, SuiteSeeds, 4096},
    {"denied_message", CheckDeniedMessage, DeniedMessageSeeds, 2048},
    {"event", CheckEvents, EventSeeds, 4096},
    {"flow_log", CheckFlowLog, FlowLogSeeds, 1024, false},
    {"container", CheckContainer, ContainerSeeds, 4096},
    {"pattern", CheckPattern, PatternSeeds, 512},
    {"pattern_pair", CheckPatternPair, PatternPairSeeds, 256},
    {"date", CheckDate, DateSeeds, 128, false},
    {"number", CheckNumber, NumberSeeds, 128, false},
    {"address", CheckAddress, AddressSeeds, 128, false},
    {"catalogue", CheckCatalogue, CatalogueSeeds, 2048, false},
    {"format", CheckFormat, FormatSeeds, 2048},
    {"decision", CheckDecision, DecisionSeeds, 2048, false},
};

}  // namespace

std::span<const Target> Targets() { return kTargets; }

const Target* FindTarget(std::string_view name) {
  const auto* const found = std::ranges::find(kTargets, name, &Target::name);
  return found == std::end(kTargets) ? nullptr : found;
}

}  // namespace postern::fuzz
