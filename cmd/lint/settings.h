// With what each file is linted: flags over the postern.yaml that is nearest to it.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "cmd/command.h"
#include "cmd/files.h"
#include "cmd/lint/config.h"
#include "cmd/lint/facts.h"
#include "cmd/lint/ignores.h"

namespace postern::cmd {

struct LintFlags {
  FactFlags facts;
  RuleSelection rules;
  std::string fail_on;  // "" = not given
  std::string now;      // YYYY-MM-DD; "" = today
};

// What one configuration and the flags make together. The files of one configuration share it.
struct LintSettings {
  LintConfig config;
  std::vector<policy::Rule> rules;
  std::vector<policy::Rule> rules_for_uses;  // of an endpoint of which it is said what it is for
  std::optional<policy::PolicyKind> kind;    // --kind
  policy::LintFacts facts;                   // without what the configuration says of an endpoint
  std::string fail_on;
  std::optional<IgnoreList> ignores;  // refers to `config`

  std::span<const policy::Rule> RulesFor(const policy::LintFacts& of) const {
    return of.endpoint.uses.empty() ? rules : rules_for_uses;
  }

  // The facts for one file (absolute), and whether the configuration says that it is an endpoint's.
  policy::LintFacts FactsFor(const std::filesystem::path& path, bool& is_endpoint) const;
};

class SettingsTable {
 public:
  // `files` must outlive it.
  SettingsTable(LintFlags flags, const Files& files);

  // Reads the configuration for a file (absolute), unless that is done; --config or POSTERN_CONFIG
  // stand for all of them. Null after having said on the error stream what is wrong with it or with
  // the flags.
  LintSettings* For(const std::filesystem::path& path, const Session& session);

  // Those that were asked for, in the order of their files' names.
  std::vector<LintSettings*> All();
  // The rules that run for some of them.
  std::vector<policy::Rule> AllRules();

 private:
  // "" = there is none.
  std::filesystem::path FindConfig(const std::filesystem::path& folder);
  std::unique_ptr<LintSettings> Make(const std::filesystem::path& file, const Session& session);

  LintFlags flags_;
  const Files& files_;
  std::map<std::filesystem::path, std::filesystem::path> config_of_;         // folder -> file
  std::map<std::filesystem::path, std::unique_ptr<LintSettings>> settings_;  // by file
};

}  // namespace postern::cmd
