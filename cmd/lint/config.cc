#include "cmd/lint/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "authz/policy_set.h"
#include "authz/suites/read_policies.h"
#include "authz/suites/reading.h"
#include "cmd/date.h"
#include "cmd/lint/facts.h"
#include "cmd/lint/threshold.h"
#include "cmd/rule_table.h"
#include "policy/suggest.h"

namespace postern::cmd {
namespace {

using policy::Node;
using Names = std::span<const std::string_view>;

class ConfigReader {
 public:
  ConfigReader(const policy::Tree& tree, std::vector<authz::CaseProblem>& problems)
      : tree_(tree), read_(&tree, problems) {}

  bool Read(LintConfig& config) {
    static constexpr std::array<std::string_view, 4> kNames{"version", "organization", "lint",
                                                            "test"};
    const Node& root = tree_.root();
    read_.ReportDuplicates(root);
    const auto [version, organization, lint, test] = read_.Members(root, kNames);
    if (version == nullptr) {
      read_.Report(root, "missing-member", "a configuration has a `version`", "write `version: 1`");
    } else if (version->kind != policy::NodeKind::kNumber || version->text != "1") {
      read_.Report(*version, "bad-version", "this is not `version: 1`, the only one there is");
    }
    if (organization != nullptr) ReadOrganization(*organization, config.own);
    if (lint != nullptr) ReadLint(*lint, config);
    if (test != nullptr) ReadTest(*test, config);
    return read_.clean();
  }

 private:
  void ReadOrganization(const Node& node, policy::LintFacts& own) {
    authz::PolicySet set;
    if (!authz::ReadOrganizationOver(tree_, node, set, read_.problems())) return;
    if (!set.organization.id.empty()) own.organizations.push_back(set.organization.id);
    for (const auto& account : set.organization.accounts) own.accounts.push_back(account.account);
  }

  void ReadTest(const Node& node, LintConfig& config) {
    static constexpr std::array<std::string_view, 1> kNames{"coverage-min"};
    const auto [coverage_min] = read_.Members(node, kNames);
    if (coverage_min == nullptr) return;
    unsigned percent = 0;
    const std::string_view text = coverage_min->text;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
    if (coverage_min->kind != policy::NodeKind::kNumber || error != std::errc() ||
        end != text.data() + text.size() || percent > 100) {
      read_.Report(*coverage_min, "bad-value", "`coverage-min` must be a whole number up to 100");
      return;
    }
    config.coverage_min = percent;
  }

  void ReadLint(const Node& node, LintConfig& config) {
    static constexpr std::array<std::string_view, 8> kNames{
        "fail-on",   "select",        "preview", "severity",
        "endpoints", "access-points", "quotas",  "ignore"};
    const auto [fail_on, select, preview, severity, endpoints, access_points, quotas, ignore] =
        read_.Members(node, kNames);
    if (fail_on != nullptr) config.fail_on = OneOf(*fail_on, Thresholds());
    if (select != nullptr) config.rules.select = Selectors(*select);
    if (preview != nullptr) config.rules.preview = read_.Bool(*preview).value_or(false);
    if (severity != nullptr) ReadSeverities(*severity, config);
    if (endpoints != nullptr) ReadEndpoints(*endpoints, config);
    if (access_points != nullptr) ReadAccessPoints(*access_points, config.own);
    if (quotas != nullptr) ReadQuotas(*quotas, config.own);
    if (ignore != nullptr) ReadIgnores(*ignore, config);
  }

  std::string OneOf(const Node& node, Names names) {
    const auto text = read_.Text(node);
    if (!text || std::ranges::find(names, *text) != names.end()) {
      return std::string(text.value_or(""));
    }
    read_.Report(
        node, "bad-value",
        fmt::format("{}: `{}` is none of {}", authz::NameOf(node), *text, fmt::join(names, ", ")),
        policy::DidYouMean(*text, names));
    return {};
  }

  std::vector<std::string> Selectors(const Node& node) {
    std::vector<std::string_view> texts;
    read_.Texts(node, texts);
    for (std::string_view text : texts) {
      if (std::string why = UnknownSelector(AllRules(), text); !why.empty()) {
        read_.Report(node, "unknown-rule", std::move(why));
      }
    }
    return {texts.begin(), texts.end()};
  }

  void ReadSeverities(const Node& node, LintConfig& config) {
    if (!node.IsObject()) return read_.ReportType(node, "an object of rules and severities");
    for (const Node& member : node.children()) {
      const policy::Rule* rule = policy::FindRule(AllRules(), member.key);
      const std::string name = OneOf(member, Thresholds().first(Thresholds().size() - 1));
      if (rule == nullptr) {
        std::string why = UnknownSelector(AllRules(), member.key);
        read_.ReportKey(
            member, "unknown-rule",
            why.empty() ? fmt::format("`{}` is no single rule", member.key) : std::move(why));
      } else if (const auto severity = SeverityNamed(name)) {
        config.severities.emplace_back(rule->code, *severity);
      }
    }
  }

  void ReadEndpoints(const Node& node, LintConfig& config) {
    static constexpr std::array<std::string_view, 5> kNames{"type", "service", "region", "id",
                                                            "uses"};
    static constexpr std::array<std::string_view, 2> kTypes{"gateway", "interface"};
    if (!node.IsObject()) return read_.ReportType(node, "an object of paths and endpoints");
    for (const Node& member : node.children()) {
      const auto [type, service, region, id, uses] = read_.Members(member, kNames);
      FactFlags flags;
      if (type != nullptr) flags.type = OneOf(*type, kTypes);
      if (service != nullptr) flags.service = read_.Text(*service).value_or("");
      if (region != nullptr) flags.region = read_.Text(*region).value_or("");
      if (id != nullptr) flags.id = read_.Text(*id).value_or("");
      std::vector<std::string_view> names;
      if (uses != nullptr) read_.Texts(*uses, names);
      flags.uses.assign(names.begin(), names.end());
      if (auto facts = ReadEndpoint(flags)) {
        config.endpoints.push_back({std::string(member.key), *std::move(facts)});
      } else {
        read_.Report(member, "bad-endpoint", std::move(facts.error()));
      }
    }
  }

  void ReadAccessPoints(const Node& node, policy::LintFacts& own) {
    if (!node.IsObject()) return read_.ReportType(node, "an object of access points and buckets");
    for (const Node& member : node.children()) {
      const auto bucket = read_.Text(member);
      if (!bucket) continue;
      if (auto access_point = ReadAccessPoint(member.key, *bucket)) {
        own.access_points.push_back(*std::move(access_point));
      } else {
        read_.Report(member, "bad-access-point", std::move(access_point.error()));
      }
    }
  }

  void ReadQuotas(const Node& node, policy::LintFacts& own) {
    if (!node.IsObject()) return read_.ReportType(node, "an object of kinds and sizes");
    for (const Node& member : node.children()) {
      if (!member.IsScalar()) {
        read_.ReportType(member, "a number");
      } else if (auto quota = ReadQuota(member.key, member.text)) {
        own.quotas.push_back(*quota);
      } else {
        read_.Report(member, "bad-quota", std::move(quota.error()));
      }
    }
  }

  void ReadIgnores(const Node& node, LintConfig& config) {
    if (!node.IsArray()) return read_.ReportType(node, "a list");
    for (const Node& entry : node.children()) config.ignores.push_back(ReadIgnore(entry));
  }

  Ignore ReadIgnore(const Node& entry) {
    static constexpr std::array<std::string_view, 5> kNames{"rule", "path", "sid", "reason",
                                                            "expires"};
    Ignore ignore;
    ignore.range = entry.range;
    if (entry.IsString()) {
      ignore.rules = Selectors(entry);
      return ignore;
    }
    const auto [rule, path, sid, reason, expires] = read_.Members(entry, kNames);
    if (rule != nullptr) {
      ignore.rules = Selectors(*rule);
    } else if (entry.IsObject()) {
      read_.Report(entry, "missing-member", "what is ignored has a `rule`",
                   "a code, a name, a prefix or ALL");
    }
    if (path != nullptr) ignore.path = read_.Text(*path).value_or("");
    if (sid != nullptr) ignore.sid = read_.Text(*sid).value_or("");
    if (reason != nullptr) ignore.reason = read_.Text(*reason).value_or("");
    if (expires != nullptr) ignore.expires = Date(*expires);
    return ignore;
  }

  std::string Date(const Node& node) {
    const auto text = read_.Text(node);
    if (!text || IsDate(*text)) return std::string(text.value_or(""));
    read_.Report(node, "bad-date", fmt::format("`{}` is not a day, such as 2027-03-01", *text));
    return {};
  }

  const policy::Tree& tree_;
  authz::Reading read_;
};

}  // namespace

std::optional<LintConfig> ReadLintConfig(const std::shared_ptr<const policy::Tree>& tree,
                                         std::filesystem::path folder,
                                         std::vector<authz::CaseProblem>& problems) {
  LintConfig config;
  config.source = tree->shared_source();
  config.folder = std::move(folder);
  if (!ConfigReader(*tree, problems).Read(config)) return std::nullopt;
  return config;
}

}  // namespace postern::cmd
