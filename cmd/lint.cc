#include "policy/lint.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cmd/command.h"
#include "cmd/files.h"
#include "cmd/lint_report.h"
#include "cmd/output.h"
#include "cmd/policy_kind.h"
#include "cmd/render/findings.h"
#include "cmd/rule_selection.h"
#include "cmd/rule_table.h"
#include "policy/catalogue.h"
#include "policy/containers/container.h"
#include "policy/containers/lint_policy.h"
#include "policy/suggest.h"
#include "policy/utf8.h"

namespace postern::cmd {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string stdin_name;
  std::string kind;
  std::string service;
  std::string region;
  std::string type;
  RuleSelection rules;
  std::string fail_on = "warning";
  bool statistics = false;
  OutputOptions output;
};

constexpr std::array<std::string_view, 5> kThresholds{"error", "security", "warning", "suggestion",
                                                      "never"};

// The least weight of a finding that makes the exit code 1; absent: none does.
std::optional<int> ThresholdWeight(std::string_view fail_on) {
  for (policy::Severity severity : {policy::Severity::kError, policy::Severity::kSecurity,
                                    policy::Severity::kWarning, policy::Severity::kSuggestion}) {
    if (policy::SeverityName(severity) == fail_on) return policy::SeverityWeight(severity);
  }
  return std::nullopt;
}

tl::expected<std::optional<policy::PolicyKind>, std::string> ReadKind(const std::string& name) {
  if (name.empty()) return std::optional<policy::PolicyKind>();
  if (const std::optional<policy::PolicyKind> kind = policy::KindNamed(name)) return kind;
  std::vector<std::string_view> names;
  for (const policy::KindTraits& traits : policy::AllKinds()) names.push_back(traits.name);
  return tl::make_unexpected(fmt::format("--kind: `{}` is not a kind of policy: there are {}{}",
                                         name, fmt::join(names, ", "),
                                         policy::DidYouMean(name, names, "; ")));
}

tl::expected<policy::EndpointFacts, std::string> ReadEndpoint(const Options& options) {
  policy::EndpointFacts facts;
  if (options.type == "gateway") facts.type = policy::EndpointType::kGateway;
  if (options.type == "interface") facts.type = policy::EndpointType::kInterface;
  facts.service = options.service;
  facts.region = options.region;
  constexpr std::string_view kPrefix = "com.amazonaws.";
  if (!options.service.starts_with(kPrefix)) return facts;
  const std::string_view rest = std::string_view(options.service).substr(kPrefix.size());
  const std::size_t dot = rest.find('.');
  if (dot == rest.npos || dot == 0 || dot + 1 == rest.size()) {
    return tl::make_unexpected(fmt::format(
        "--service: `{}` is not of the form com.amazonaws.REGION.SERVICE", options.service));
  }
  const std::string region(rest.substr(0, dot));
  if (!options.region.empty() && options.region != region) {
    return tl::make_unexpected(
        fmt::format("--region: `{}` contradicts --service `{}`", options.region, options.service));
  }
  facts.region = region;
  facts.service = rest.substr(dot + 1);
  return facts;
}

// Whether a text may be meant as JSON, broken or not: what is named otherwise and begins otherwise
// is prose, YAML, or the like. (A comment, a byte-order mark and UTF-16 are findings in a policy.)
bool BeginsLikeJson(std::string_view text) {
  if (policy::GuessEncoding(text) != policy::TextEncoding::kUtf8) return true;
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == text.npos ||
         std::string_view("{[\"/%").find(text[begin]) != std::string_view::npos;
}

// Turns files into findings, one after another.
class Linter {
 public:
  Linter(const Options& options, const Files& files, std::optional<policy::PolicyKind> kind,
         policy::EndpointFacts endpoint, std::span<const policy::Rule> rules)
      : files_(files), kind_(kind), rules_(rules) {
    facts_.catalogue = &policy::Catalogue::Embedded();
    facts_.endpoint = std::move(endpoint);
    report_.rules = AllRules();
    report_.statistics = options.statistics;
  }

  void Add(const InputFile& file) {
    if (HasSuffix(file.path, ".tf")) {
      Refuse(file,
             fmt::format("`{}`: run `terraform show -json` and lint the policies in its output",
                         file.path));
      return;
    }
    const ReadResult source = files_.Read(file.path, kContainerBytes);
    if (!source) {
      report_.errors.push_back(source.error());
      return;
    }
    if (AddContainer(file, *source)) return;
    if (file.path != "-" && !HasSuffix(file.path, ".json") && !BeginsLikeJson((*source)->text())) {
      Refuse(file, fmt::format("`{}`: holds no policy: it is neither JSON nor a template",
                               (*source)->name()));
      return;
    }
    const PolicyShape shape = LookAt(*source, AbsolutePath((*source)->name()));
    if (!file.named && shape.likeness != PolicyLikeness::kPolicy) {
      report_.others.push_back(file.path);
    } else if (!kind_ && shape.likeness == PolicyLikeness::kOther) {
      Refuse(file, fmt::format("`{}`: holds no policy: there is no `Statement` in it",
                               (*source)->name()));
    } else {
      Check(*source, kind_ ? KindGuess{*kind_, "--kind"} : shape.guess);
    }
  }

  LintReport Take() { return std::move(report_); }

 private:
  void Refuse(const InputFile& file, std::string message) {
    if (file.named) {
      report_.errors.push_back(std::move(message));
    } else {
      report_.others.push_back(file.path);
    }
  }

  std::string AbsolutePath(std::string_view path) const {
    std::error_code error;
    const std::filesystem::path absolute = std::filesystem::absolute(files_.Resolve(path), error);
    return error ? std::string(path) : absolute.lexically_normal().string();
  }

  void Check(const std::shared_ptr<const policy::Source>& source, KindGuess guess) {
    policy::LintResult result = policy::LintText(source, {guess.kind, facts_}, rules_);
    report_.files.push_back(
        {source, guess.kind, guess.reason, std::move(result.diagnostics), std::nullopt, true});
  }

  // False if the file is no container.
  bool AddContainer(const InputFile& file, const std::shared_ptr<const policy::Source>& source) {
    const policy::ContainerResult read = policy::ReadContainer(source);
    if (read.error) {
      const policy::LineColumn at = read.error->source->Locate(read.error->range.begin);
      Refuse(file, fmt::format("`{}`:{}:{}: {}", source->name(), at.line, at.column,
                               read.error->message));
      return true;
    }
    if (!read.container) return false;
    const policy::Container& container = *read.container;
    if (!container.note.empty()) {
      report_.notes.push_back(fmt::format("`{}`: {}", source->name(), container.note));
    }
    if (container.policies.empty() && file.named) {
      report_.notes.push_back(
          fmt::format("`{}`: holds no policy ({})", source->name(), container.format));
    } else if (container.policies.empty()) {
      report_.others.push_back(file.path);
    }
    for (const policy::ContainedPolicy& policy : container.policies) {
      CheckContained(policy, container.source);
    }
    return true;
  }

  void CheckContained(const policy::ContainedPolicy& policy,
                      const std::shared_ptr<const policy::Source>& source) {
    const KindGuess guess =
        kind_ ? KindGuess{*kind_, "--kind"} : KindGuess{policy.kind, "its resource says so"};
    ContainerPlace place{policy.pointer, policy.resource};
    if (!policy.unreadable.empty()) {
      report_.unchecked.push_back(
          {source, guess.kind, std::move(place), policy.range, policy.unreadable});
      return;
    }
    policy::LintResult result = policy::LintContained(policy, {guess.kind, facts_}, rules_);
    report_.files.push_back({source, guess.kind, guess.reason, std::move(result.diagnostics),
                             std::move(place), policy.editable});
  }

  const Files& files_;
  std::optional<policy::PolicyKind> kind_;
  std::span<const policy::Rule> rules_;
  policy::LintFacts facts_;
  LintReport report_;
};

ExitCode Judge(const LintReport& report, const std::string& fail_on) {
  ExitCode code = report.errors.empty() ? ExitCode::kGood : ExitCode::kFailed;
  const std::optional<int> threshold = ThresholdWeight(fail_on);
  for (const LintedFile& file : report.files) {
    for (const policy::Diagnostic& diagnostic : file.diagnostics) {
      if (threshold && policy::SeverityWeight(diagnostic.severity) >= *threshold) {
        code = Worse(code, ExitCode::kBad);
      }
    }
  }
  return code;
}

bool MayHoldPolicies(std::string_view path) {
  if (HasSuffix(path, ".ptest.json") || HasSuffix(path, ".ptest.yaml")) return false;
  return HasSuffix(path, ".json") || HasSuffix(path, ".yaml") || HasSuffix(path, ".yml") ||
         HasSuffix(path, ".template");
}

ExitCode RunLint(const Options& options, Session& session) {
  Outputs outputs;
  if (!outputs.Open(options.output, session)) return ExitCode::kFailed;
  const auto kind = ReadKind(options.kind);
  if (!kind) return session.Fail(kind.error());
  auto endpoint = ReadEndpoint(options);
  if (!endpoint) return session.Fail(endpoint.error());
  const auto rules = SelectRules(AllRules(), options.rules);
  if (!rules) return session.Fail(rules.error());
  if (!endpoint->service.empty() &&
      !policy::Catalogue::Embedded().FindEndpointService(endpoint->service)) {
    session.Warn(fmt::format("--service: `{}` is not in the catalogue", endpoint->service));
  }

  const Files files(session.directory, session.in, options.stdin_name);
  ExpandResult inputs = files.Expand(options.files, MayHoldPolicies);
  Linter linter(options, files, *kind, *std::move(endpoint), *rules);
  for (const InputFile& file : inputs.files) linter.Add(file);
  LintReport report = linter.Take();
  report.quiet = session.quiet;
  report.verbose = session.verbose;
  report.others.insert(report.others.end(), inputs.others.begin(), inputs.others.end());
  std::sort(report.others.begin(), report.others.end());
  report.errors.insert(report.errors.begin(), inputs.errors.begin(), inputs.errors.end());
  if (report.files.empty() && report.unchecked.empty() && report.notes.empty() &&
      report.errors.empty()) {
    report.errors.push_back("there is no policy in what was given");
  }
  for (const std::string& error : report.errors) session.Fail(error);

  const ExitCode written = outputs.Write(
      [&](Format format, bool color) {
        return format == Format::kJson ? FindingsAsJson(report) : FindingsAsText(report, color);
      },
      session);
  return Worse(written, Judge(report, options.fail_on));
}

}  // namespace

RunCommand SetUpLint(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("FILES", options->files, "files, directories, globs, or - for standard input")
      ->required();
  app.add_option("--stdin-filename", options->stdin_name, "what standard input is called")
      ->type_name("NAME");
  app.add_option("--kind", options->kind, "what sort of policy it is; guessed when not given")
      ->type_name("KIND");
  app.add_option("--service", options->service,
                 "the endpoint's service: com.amazonaws.REGION.SERVICE, or s3 with --region")
      ->type_name("SERVICE");
  app.add_option("--region", options->region, "the endpoint's Region")->type_name("REGION");
  app.add_option("--type", options->type, "the endpoint's type: gateway or interface")
      ->type_name("TYPE")
      ->check(CLI::IsMember({"gateway", "interface"}));
  app.add_option("--select", options->rules.select,
                 "only these rules: codes, names, prefixes (EP3), ALL; separated by commas")
      ->type_name("IDS")
      ->allow_extra_args(false);
  app.add_option("--ignore", options->rules.ignore, "not these rules")
      ->type_name("IDS")
      ->allow_extra_args(false);
  app.add_flag("--preview", options->rules.preview, "preview rules as well");
  app.add_option("--fail-on", options->fail_on,
                 "the least severity for exit code 1: error, security, warning (default), "
                 "suggestion, never")
      ->type_name("SEVERITY")
      ->check(CLI::IsMember(std::vector<std::string>(kThresholds.begin(), kThresholds.end())));
  app.add_flag("--statistics", options->statistics, "count findings by rule");
  AddOutputOptions(app, options->output);
  return [options](Session& session) { return RunLint(*options, session); };
}

}  // namespace postern::cmd
