#include "cmd/lint/ignores.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "cmd/path_pattern.h"
#include "cmd/rule_selection.h"
#include "cmd/rule_table.h"

namespace postern::cmd {
namespace {

namespace fs = std::filesystem;
using policy::Diagnostic;
using policy::Rule;

constexpr std::array<Rule, 2> kConfigRules{{
    {"CF101", "unused-ignore", policy::Severity::kWarning, policy::RuleStatus::kStable,
     "An ignore of postern.yaml that matches no finding",
     "What it was for is repaired, or its path, rule or Sid is misspelt and it never worked. Left "
     "in "
     "place, it would hide the next finding of that sort. Said only where all files that the entry "
     "is about were linted in the run.",
     "this project: schemas and cmd/README.md describe postern.yaml", nullptr},
    {"CF102", "expired-ignore", policy::Severity::kWarning, policy::RuleStatus::kStable,
     "An ignore of postern.yaml whose day has come",
     "From the day of `expires` on the entry counts no more: its findings are reported again. "
     "Repair "
     "them and remove the entry, or agree on another day.",
     "this project: schemas and cmd/README.md describe postern.yaml", nullptr},
}};

std::string_view SidAround(std::span<const SidPlace> sids, std::uint32_t byte) {
  const auto around = std::ranges::find_if(sids, [byte](const SidPlace& place) {
    return place.range.begin <= byte && byte < place.range.end;
  });
  return around == sids.end() ? std::string_view() : around->sid;
}

bool Contains(const fs::path& folder, const fs::path& path) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

bool AnswersAny(const Rule& rule, const std::vector<std::string>& selectors) {
  return std::ranges::any_of(
      selectors, [&rule](const std::string& selector) { return Answers(rule, selector); });
}

Diagnostic Finding(const Rule& rule, const Ignore& ignore, std::string message, std::string help) {
  Diagnostic diagnostic;
  diagnostic.code = rule.code;
  diagnostic.severity = rule.severity;
  diagnostic.range = ignore.range;
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  return diagnostic;
}

}  // namespace

std::span<const Rule> ConfigRules() { return kConfigRules; }

IgnoreList::IgnoreList(const LintConfig& config, std::string today)
    : config_(config), today_(std::move(today)), uses_(config.ignores.size()) {}

bool IgnoreList::Expired(const Ignore& ignore) const {
  return !ignore.expires.empty() && ignore.expires <= today_;
}

bool IgnoreList::Takes(const fs::path& path, std::span<const SidPlace> sids,
                       const Diagnostic& diagnostic) {
  if (config_.ignores.empty()) return false;
  const std::string relative = path.lexically_relative(config_.folder).generic_string();
  const std::string_view sid = SidAround(sids, diagnostic.range.begin);
  // By its name as well: the table of rules has both.
  const Rule* rule = policy::FindRule(AllRules(), diagnostic.code);
  bool taken = false;
  for (std::size_t i = 0; i < uses_.size(); ++i) {
    const Ignore& ignore = config_.ignores[i];
    if (rule == nullptr || Expired(ignore) || !AnswersAny(*rule, ignore.rules)) continue;
    if (!ignore.path.empty() && !MatchesPath(ignore.path, relative)) continue;
    if (!ignore.sid.empty() && ignore.sid != sid) continue;
    ++uses_[i];
    taken = true;
  }
  return taken;
}

bool IgnoreList::WasLookedAt(const Ignore& ignore, const Looked& looked) const {
  const std::string_view literal = LiteralPart(ignore.path);
  const fs::path place = (config_.folder / literal).lexically_normal();
  if (std::ranges::any_of(looked.folders,
                          [&](const fs::path& folder) { return Contains(folder, place); })) {
    return true;
  }
  return literal == ignore.path && std::ranges::find(looked.files, place) != looked.files.end();
}

std::vector<Diagnostic> IgnoreList::Findings(const Looked& looked,
                                             std::span<const Rule> rules) const {
  const auto [unused, expired] = kConfigRules;
  std::vector<Diagnostic> findings;
  for (std::size_t i = 0; i < uses_.size(); ++i) {
    const Ignore& ignore = config_.ignores[i];
    const bool ran = std::ranges::any_of(
        rules, [&ignore](const Rule& rule) { return AnswersAny(rule, ignore.rules); });
    if (Expired(ignore)) {
      findings.push_back(Finding(expired, ignore,
                                 fmt::format("this ignore has expired on {}", ignore.expires),
                                 "repair what it is about and remove it, or set another day"));
    } else if (uses_[i] == 0 && ran && WasLookedAt(ignore, looked)) {
      findings.push_back(
          Finding(unused, ignore, "this ignore matches no finding", "remove it, or correct it"));
    }
  }
  std::erase_if(findings, [rules](const Diagnostic& finding) {
    return policy::FindRule(rules, finding.code) == nullptr;
  });
  return findings;
}

}  // namespace postern::cmd
