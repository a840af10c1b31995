#include "cmd/lint/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "authz/suites/reading.h"
#include "cmd/case_input.h"
#include "cmd/date.h"
#include "cmd/path_pattern.h"
#include "cmd/rule_table.h"
#include "policy/catalogue.h"
#include "policy/yaml_tree.h"

namespace postern::cmd {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kConfigBytes = std::size_t{1} << 20;

// --config, else POSTERN_CONFIG, else "".
std::string GivenConfig(const Session& session) {
  if (!session.config.empty()) return session.config;
  const char* from_environment = std::getenv("POSTERN_CONFIG");
  return from_environment == nullptr ? std::string() : std::string(from_environment);
}

std::optional<LintConfig> ReadConfigFile(const Files& files, const fs::path& file,
                                         const std::string& shown, const Session& session) {
  const ReadResult source = files.Read(shown, kConfigBytes);
  if (!source) {
    session.Fail(source.error());
    return std::nullopt;
  }
  std::vector<authz::CaseProblem> problems;
  policy::YamlResult yaml = policy::ReadYaml(*source);
  std::optional<LintConfig> config;
  if (yaml.tree) {
    config = ReadLintConfig(std::make_shared<const policy::Tree>(*std::move(yaml.tree)),
                            file.parent_path(), problems);
  } else {
    const std::uint32_t at = yaml.error->offset;
    problems.push_back({*source, {at, at}, "", "malformed", yaml.error->message, ""});
  }
  authz::DropRepeated(problems);
  ReportProblems(problems, {}, session);
  return config;
}

// What is given by flags counts, the configuration where nothing is.
void FillFrom(const policy::LintFacts& own, policy::LintFacts& facts) {
  for (const OwnFact& fact : OwnFacts()) {
    if ((facts.*fact.list).empty()) facts.*fact.list = own.*fact.list;
  }
  // The first one for a kind or a name counts.
  facts.quotas.insert(facts.quotas.end(), own.quotas.begin(), own.quotas.end());
  facts.access_points.insert(facts.access_points.end(), own.access_points.begin(),
                             own.access_points.end());
}

// What AWS adds in that time is no rarity any more.
constexpr int kOldCatalogueDays = 180;

}  // namespace

policy::LintFacts LintSettings::FactsFor(const fs::path& path, bool& is_endpoint) const {
  policy::LintFacts result = facts;
  const std::string relative = path.lexically_relative(config.folder).generic_string();
  const auto entry = std::ranges::find_if(config.endpoints, [&](const EndpointEntry& each) {
    return MatchesPath(each.path, relative);
  });
  is_endpoint = entry != config.endpoints.end();
  if (!is_endpoint) return result;
  policy::EndpointFacts& endpoint = result.endpoint;
  if (endpoint.type == policy::EndpointType::kUnknown) endpoint.type = entry->facts.type;
  if (endpoint.service.empty()) endpoint.service = entry->facts.service;
  if (endpoint.region.empty()) endpoint.region = entry->facts.region;
  if (endpoint.uses.empty()) endpoint.uses = entry->facts.uses;
  if (!entry->facts.id.empty()) {
    endpoint.id = entry->facts.id;
    result.endpoints = {endpoint.id};
  }
  return result;
}

SettingsTable::SettingsTable(LintFlags flags, const Files& files)
    : flags_(std::move(flags)), files_(files) {
  if (flags_.now.empty()) flags_.now = Today();
}

fs::path SettingsTable::FindConfig(const fs::path& folder) {
  const auto known = config_of_.find(folder);
  if (known != config_of_.end()) return known->second;
  std::error_code ignored;
  fs::path found = folder / kConfigName;
  if (!fs::exists(found, ignored)) {
    const bool top = fs::exists(folder / ".git", ignored) || folder == folder.parent_path();
    found = top ? fs::path() : FindConfig(folder.parent_path());
  }
  config_of_.emplace(folder, found);
  return found;
}

std::unique_ptr<LintSettings> SettingsTable::Make(const fs::path& file, const Session& session) {
  auto settings = std::make_unique<LintSettings>();
  if (!file.empty()) {
    const fs::path here = files_.Absolute("");
    const fs::path near = file.lexically_relative(here);
    const bool below = !near.empty() && *near.begin() != "..";
    auto config = ReadConfigFile(files_, file, below ? near.string() : file.string(), session);
    if (!config) return nullptr;
    settings->config = *std::move(config);
  }
  const auto fail = [&session](const std::string& why) {
    session.Fail(why);
    return nullptr;
  };
  const auto kind = ReadKind(flags_.facts);
  if (!kind) return fail(kind.error());
  auto facts = ReadFacts(flags_.facts);
  if (!facts) return fail(facts.error());
  RuleSelection selection = flags_.rules;
  if (selection.select.empty()) selection.select = settings->config.rules.select;
  selection.preview = selection.preview || settings->config.rules.preview;
  auto rules = SelectRules(cmd::AllRules(), selection);
  if (!rules) return fail(rules.error());

  // Who says what an endpoint is used for has asked.
  selection.also = {"EP601"};
  auto for_uses = SelectRules(cmd::AllRules(), selection);

  settings->kind = *kind;
  settings->facts = *std::move(facts);
  settings->rules = *std::move(rules);
  settings->rules_for_uses = *std::move(for_uses);
  FillFrom(settings->config.own, settings->facts);
  const int age = DaysBetween(settings->facts.catalogue->date(), flags_.now);
  settings->facts.catalogue_is_old = age > kOldCatalogueDays;
  settings->facts.today = flags_.now;
  const std::string& configured = settings->config.fail_on;
  settings->fail_on = !flags_.fail_on.empty() ? flags_.fail_on
                      : configured.empty()    ? "warning"
                                              : configured;
  settings->ignores.emplace(settings->config, flags_.now);
  return settings;
}

LintSettings* SettingsTable::For(const fs::path& path, const Session& session) {
  const std::string given = GivenConfig(session);
  const fs::path file = given.empty() ? FindConfig(path.parent_path()) : files_.Absolute(given);
  const auto known = settings_.find(file);
  if (known != settings_.end()) return known->second.get();
  return settings_.emplace(file, Make(file, session)).first->second.get();
}

std::vector<LintSettings*> SettingsTable::All() {
  std::vector<LintSettings*> all;
  for (const auto& [file, settings] : settings_) all.push_back(settings.get());
  return all;
}

std::vector<policy::Rule> SettingsTable::AllRules() {
  std::vector<policy::Rule> all;
  for (const LintSettings* settings : All()) {
    for (const policy::Rule& rule : settings->rules) {
      if (policy::FindRule(all, rule.code) == nullptr) all.push_back(rule);
    }
  }
  return all;
}

}  // namespace postern::cmd
