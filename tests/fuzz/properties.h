// The targets' properties and seeds, each pair in the source that is named after the target.
#pragma once

#include "tests/fuzz/target.h"

namespace postern::fuzz {

void CheckAddress(std::string_view bytes);
std::vector<std::string> AddressSeeds(const std::filesystem::path& root);

void CheckCase(std::string_view bytes);
std::vector<std::string> CaseSeeds(const std::filesystem::path& root);

void CheckCatalogue(std::string_view bytes);
std::vector<std::string> CatalogueSeeds(const std::filesystem::path& root);

void CheckContainer(std::string_view bytes);
std::vector<std::string> ContainerSeeds(const std::filesystem::path& root);

void CheckDate(std::string_view bytes);
std::vector<std::string> DateSeeds(const std::filesystem::path& root);

void CheckDecision(std::string_view bytes);
std::vector<std::string> DecisionSeeds(const std::filesystem::path& root);

void CheckDeniedMessage(std::string_view bytes);
std::vector<std::string> DeniedMessageSeeds(const std::filesystem::path& root);

void CheckEvents(std::string_view bytes);
std::vector<std::string> EventSeeds(const std::filesystem::path& root);

void CheckFlowLog(std::string_view bytes);
std::vector<std::string> FlowLogSeeds(const std::filesystem::path& root);

void CheckFormat(std::string_view bytes);
std::vector<std::string> FormatSeeds(const std::filesystem::path& root);

void CheckNumber(std::string_view bytes);
std::vector<std::string> NumberSeeds(const std::filesystem::path& root);

void CheckPattern(std::string_view bytes);
std::vector<std::string> PatternSeeds(const std::filesystem::path& root);

void CheckPatternPair(std::string_view bytes);
std::vector<std::string> PatternPairSeeds(const std::filesystem::path& root);

void CheckPolicy(std::string_view bytes);
std::vector<std::string> PolicySeeds(const std::filesystem::path& root);

void CheckSuite(std::string_view bytes);
std::vector<std::string> SuiteSeeds(const std::filesystem::path& root);

void CheckYaml(std::string_view bytes);
std::vector<std::string> YamlSeeds(const std::filesystem::path& root);

}  // namespace postern::fuzz
