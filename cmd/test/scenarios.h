// The scenarios that are part of the program: suites that ask what an endpoint policy lets through.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "policy/source.h"

namespace postern::cmd {

// "al2023", "ecr", ...; sorted.
std::vector<std::string_view> ScenarioNames();
// Each with the sentence that says what it asks, one a line.
std::string ScenariosAsText();
// The text of one, named "scenario al2023". The error says which there are.
tl::expected<std::shared_ptr<const policy::Source>, std::string> FindScenario(
    std::string_view name);

}  // namespace postern::cmd
