// postern.yaml: what `lint` reads of it, and what `test` does.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "authz/suites/case_file.h"
#include "cmd/rule_selection.h"
#include "policy/rule.h"
#include "policy/tree.h"

namespace postern::cmd {

inline constexpr std::string_view kConfigName = "postern.yaml";

// Findings that are not to be reported.
struct Ignore {
  policy::SourceRange range;       // of the entry
  std::vector<std::string> rules;  // codes, names, prefixes, ALL
  std::string path;                // a pattern (path_pattern.h); "" = every file
  std::string sid;                 // "" = anywhere
  std::string reason;
  std::string expires;  // the day from which on it counts no more; "" = never
};

struct EndpointEntry {
  std::string path;  // a pattern
  policy::EndpointFacts facts;
};

struct LintConfig {
  std::shared_ptr<const policy::Source> source;  // null: there is no postern.yaml
  std::filesystem::path folder;                  // absolute; its patterns are relative to it
  policy::LintFacts own;                         // organizations, accounts, access points, quotas
  RuleSelection rules;
  std::string fail_on;                                                    // "" = not said
  std::vector<std::pair<std::string_view, policy::Severity>> severities;  // by code
  std::vector<EndpointEntry> endpoints;  // the first that matches counts
  std::vector<Ignore> ignores;
  std::optional<unsigned> coverage_min;  // of `test`, percent
};

// Absent after having added to `problems`. `folder` is where the file is.
std::optional<LintConfig> ReadLintConfig(const std::shared_ptr<const policy::Tree>& tree,
                                         std::filesystem::path folder,
                                         std::vector<authz::CaseProblem>& problems);

}  // namespace postern::cmd
