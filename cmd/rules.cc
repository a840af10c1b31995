#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <memory>
#include <string>
#include <vector>

#include "cmd/assumptions.h"
#include "cmd/command.h"
#include "cmd/embedded.h"
#include "cmd/output.h"
#include "cmd/render/rule_page.h"
#include "cmd/rule_aliases.h"
#include "cmd/rule_table.h"
#include "policy/suggest.h"

namespace postern::cmd {
namespace {

struct Options {
  std::string name;
  OutputOptions output;
};

std::string Upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  return text;
}

ExitCode Unknown(const std::string& name, const std::vector<AssumptionRow>& assumptions,
                 Session& session) {
  std::vector<std::string_view> names;
  for (const policy::Rule& rule : AllRules()) {
    names.push_back(rule.code);
    names.push_back(rule.name);
  }
  for (const AssumptionRow& row : assumptions) names.push_back(row.number);
  return session.Fail(fmt::format("no rule or assumption is called `{}`{}", name,
                                  policy::DidYouMean(name, names, "; ")));
}

// Those whose codes begin so: next to one another, as all are sorted by code.
std::span<const policy::Rule> RulesWithPrefix(std::string_view prefix) {
  const std::span<const policy::Rule> all = AllRules();
  const auto begins = [prefix](const policy::Rule& rule) { return rule.code.starts_with(prefix); };
  const auto first = std::ranges::find_if(all, begins);
  return {first, std::find_if_not(first, all.end(), begins)};
}

ExitCode WriteList(std::string_view prefix, const Outputs& outputs, Session& session) {
  return outputs.Write(
      [prefix](Format format, bool color) {
        const std::span<const policy::Rule> rules = RulesWithPrefix(prefix);
        return format == Format::kJson ? RulesAsJson(rules) : RuleListAsText(rules, prefix, color);
      },
      session);
}

ExitCode RunRules(const Options& options, Session& session) {
  Outputs outputs;
  if (!outputs.Open(options.output, session)) return ExitCode::kFailed;
  if (options.name.empty()) return WriteList({}, outputs, session);
  const std::string name(WithoutAlias(options.name));
  const policy::Rule* rule = policy::FindRule(AllRules(), name);
  if (rule == nullptr) rule = policy::FindRule(AllRules(), Upper(name));
  if (rule != nullptr) {
    return outputs.Write(
        [rule](Format format, bool color) {
          return format == Format::kJson ? RulesAsJson({rule, 1}) : RulePageAsText(*rule, color);
        },
        session);
  }
  const std::vector<AssumptionRow> assumptions =
      ReadAssumptions(FindEmbedded("authz/semantics.md").value_or(std::string_view()));
  const auto row =
      std::find_if(assumptions.begin(), assumptions.end(),
                   [&](const AssumptionRow& r) { return r.number == Upper(options.name); });
  if (row == assumptions.end()) {
    const std::string prefix = Upper(options.name);
    return RulesWithPrefix(prefix).empty() ? Unknown(options.name, assumptions, session)
                                           : WriteList(prefix, outputs, session);
  }
  return outputs.Write(
      [&](Format format, bool color) {
        return format == Format::kJson ? AssumptionAsJson(*row) : AssumptionPageAsText(*row, color);
      },
      session);
}

}  // namespace

RunCommand SetUpRules(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("NAME", options->name,
                 "a rule by its code or name, the beginning of codes (EP, EP3), or an assumption "
                 "such as A9; without it, all rules");
  AddOutputOptions(app, options->output);
  return [options](Session& session) { return RunRules(*options, session); };
}

}  // namespace postern::cmd
