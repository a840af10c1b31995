#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cmd/command.h"
#include "cmd/date.h"
#include "cmd/files.h"
#include "cmd/lint/baseline.h"
#include "cmd/lint/config.h"
#include "cmd/lint/linter.h"
#include "cmd/lint/report.h"
#include "cmd/lint/settings.h"
#include "cmd/lint/threshold.h"
#include "cmd/output.h"
#include "cmd/policy_kind.h"
#include "cmd/render/findings.h"
#include "cmd/rule_table.h"
#include "policy/catalogue.h"

namespace postern::cmd {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string stdin_name;
  LintFlags flags;
  bool fix = false;
  bool unsafe_fixes = false;
  bool diff = false;
  std::string baseline;
  std::string write_baseline;
  bool statistics = false;
  OutputOptions output;
};

constexpr std::array kFormats{Format::kText, Format::kJson, Format::kSarif, Format::kJunit,
                              Format::kGithub};

std::string Draw(const LintReport& report, Format format, bool color) {
  switch (format) {
    case Format::kText:
      return FindingsAsText(report, color);
    case Format::kJson:
      return FindingsAsJson(report);
    case Format::kSarif:
      return FindingsAsSarif(report);
    case Format::kJunit:
      return FindingsAsJunit(report);
    case Format::kGithub:
      return FindingsAsGithub(report);
    case Format::kTap:
    case Format::kHtml:
      break;
  }
  return {};
}

bool MayHoldPolicies(std::string_view path) {
  if (HasSuffix(path, ".ptest.json") || HasSuffix(path, ".ptest.yaml")) return false;
  if (std::filesystem::path(path).filename() == kConfigName) return false;
  return HasSuffix(path, ".json") || HasSuffix(path, ".yaml") || HasSuffix(path, ".yml") ||
         HasSuffix(path, ".template");
}

// Why these flags do not go together; "" if they do.
std::string Contradiction(const Options& options) {
  const bool repairs = options.fix || options.diff;
  if (options.unsafe_fixes && !repairs) return "--unsafe-fixes: there is no --fix and no --diff";
  if (options.diff && !(options.output.formats.empty() && options.output.outputs.empty())) {
    return "--diff: a diff is printed instead of findings, so that -f and -o have no meaning";
  }
  const bool reads_stdin = std::ranges::find(options.files, "-") != options.files.end();
  if (options.fix && reads_stdin) return "--fix: standard input cannot be written; see --diff";
  if (repairs && !options.write_baseline.empty()) {
    return "--write-baseline: write it after --fix, not together with it";
  }
  return {};
}

LinterOptions LinterOptionsOf(const Options& options) {
  LinterOptions result;
  result.fix = options.diff ? FixMode::kShow : options.fix ? FixMode::kWrite : FixMode::kNone;
  if (options.unsafe_fixes) result.level = policy::FixLevel::kUnsafe;
  result.fill_baseline = !options.write_baseline.empty();
  return result;
}

// Whether a name, a folder or the configuration says of a file that it is an endpoint policy: then
// what is said of the endpoint is about that one, and not about the bucket policy beside it.
bool AnySaysEndpoint(const std::vector<InputFile>& inputs, const Files& files, SettingsTable& table,
                     const Session& session) {
  return std::ranges::any_of(inputs, [&](const InputFile& file) {
    const std::filesystem::path path =
        files.Absolute(file.path == "-" ? files.stdin_name() : file.path);
    bool is_endpoint = false;
    table.For(path, session)->FactsFor(path, is_endpoint);
    return is_endpoint || IsNamedEndpoint(path.string());
  });
}

// The configuration of every file is read before the first is linted: a wrong one costs nothing.
bool ReadSettings(const std::vector<InputFile>& inputs, const Files& files, SettingsTable& table,
                  const Session& session) {
  bool good = true;
  for (const InputFile& file : inputs) {
    const std::string& name = file.path == "-" ? files.stdin_name() : file.path;
    good = table.For(files.Absolute(name), session) != nullptr && good;
  }
  return good;
}

void WarnOfServices(SettingsTable& table, const Session& session) {
  for (const LintSettings* settings : table.All()) {
    const std::string& service = settings->facts.endpoint.service;
    if (service.empty() || settings->facts.catalogue->FindEndpointService(service)) continue;
    session.Warn(fmt::format("--service: `{}` is not in the catalogue", service));
    return;
  }
}

// Where a flag speaks of an endpoint and no policy is taken for an endpoint's, all that it asks for
// is left out.
void NoteUnusedFlag(const LintFlags& flags, LintReport& report) {
  const std::string_view flag = EndpointFlag(flags.facts);
  constexpr policy::PolicyKind kEndpoint = policy::PolicyKind::kEndpoint;
  const std::string_view endpoint = policy::TraitsOf(kEndpoint).name;
  if (flag.empty() || (report.files.empty() && report.unchecked.empty()) ||
      std::ranges::find(report.files, endpoint, &LintedFile::kind) != report.files.end() ||
      std::ranges::find(report.unchecked, kEndpoint, &UncheckedPolicy::kind) !=
          report.unchecked.end()) {
    return;
  }
  report.notes.push_back(fmt::format(
      "{}: no endpoint policy was checked: --kind endpoint says that a file is one", flag));
}

std::vector<std::filesystem::path> Folders(const Options& options, const Files& files) {
  std::vector<std::filesystem::path> folders;
  for (const std::string& argument : options.files) {
    std::error_code ignored;
    if (std::filesystem::is_directory(files.Resolve(argument), ignored)) {
      folders.push_back(files.Absolute(argument));
    }
  }
  return folders;
}

bool Fails(const LintedFile& file) {
  return std::ranges::any_of(file.diagnostics, [&file](const policy::Diagnostic& diagnostic) {
    return Reaches(diagnostic.severity, file.fail_on);
  });
}

ExitCode Judge(const LintReport& report, bool diff) {
  ExitCode code = report.errors.empty() ? ExitCode::kGood : ExitCode::kFailed;
  for (const LintedFile& file : report.files) {
    if (diff ? file.before != nullptr : Fails(file)) code = Worse(code, ExitCode::kBad);
  }
  return code;
}

void Complete(LintReport& report, const Options& options, const ExpandResult& inputs,
              const Session& session) {
  report.rules = AllRules();
  report.statistics = options.statistics;
  report.deterministic = options.output.deterministic;
  report.quiet = session.quiet;
  report.verbose = session.verbose;
  report.others.insert(report.others.end(), inputs.others.begin(), inputs.others.end());
  std::ranges::sort(report.others);
  report.errors.insert(report.errors.begin(), inputs.errors.begin(), inputs.errors.end());
  if (report.files.empty() && report.unchecked.empty() && report.notes.empty() &&
      report.errors.empty()) {
    report.errors.push_back("there is no policy in what was given");
  }
  for (const std::string& error : report.errors) session.Fail(error);
}

ExitCode RunLint(const Options& options, Session& session) {
  Outputs outputs;
  if (!outputs.Open(options.output, session, kFormats)) return ExitCode::kFailed;
  if (const std::string why = Contradiction(options); !why.empty()) return session.Fail(why);
  const Files files(session.directory, session.in, options.stdin_name);
  const ExpandResult inputs = files.Expand(options.files, MayHoldPolicies);
  SettingsTable table(options.flags, files);
  if (!ReadSettings(inputs.files, files, table, session)) return ExitCode::kFailed;
  WarnOfServices(table, session);

  std::optional<Baseline> baseline;
  if (!options.write_baseline.empty()) {
    baseline = Baseline{files.Absolute(options.write_baseline).parent_path(), {}};
  } else if (!options.baseline.empty()) {
    baseline = ReadBaseline(options.baseline, files, session);
    if (!baseline) return ExitCode::kFailed;
  }

  LinterOptions linter_options = LinterOptionsOf(options);
  if (!AnySaysEndpoint(inputs.files, files, table, session)) {
    linter_options.endpoint_flag = EndpointFlag(options.flags.facts);
  }
  Linter linter(linter_options, files, table, baseline ? &*baseline : nullptr, session);
  for (const InputFile& file : inputs.files) linter.Add(file);
  linter.AddTogether();
  linter.AddConfigurations(Folders(options, files));
  LintReport& report = linter.report();
  Complete(report, options, inputs, session);
  NoteUnusedFlag(options.flags, report);

  ExitCode code = Judge(report, options.diff);
  if (linter_options.fill_baseline) {
    code = Worse(code, WriteFile(options.write_baseline, BaselineAsJson(*baseline), session));
  }
  const ExitCode written = outputs.Write(
      [&](Format format, bool color) {
        return options.diff ? FixesAsDiff(report) : Draw(report, format, color);
      },
      session);
  return Worse(written, code);
}

void AddSelection(CLI::App& app, LintFlags& flags) {
  app.add_option("--select", flags.rules.select,
                 "only these rules: codes, names, prefixes (EP3), ALL; separated by commas")
      ->type_name("IDS")
      ->allow_extra_args(false);
  app.add_option("--ignore", flags.rules.ignore, "not these rules")
      ->type_name("IDS")
      ->allow_extra_args(false);
  app.add_flag("--preview", flags.rules.preview, "preview rules as well");
  const std::span<const std::string_view> thresholds = Thresholds();
  app.add_option("--fail-on", flags.fail_on,
                 "the least severity for exit code 1: error, security, warning (default), "
                 "suggestion, never")
      ->type_name("SEVERITY")
      ->check(CLI::IsMember(std::vector<std::string>(thresholds.begin(), thresholds.end())));
  app.add_option(
         "--now", flags.now,
         "the day on which ignores of postern.yaml and the age of the catalogue are judged; "
         "today")
      ->type_name("YYYY-MM-DD")
      ->check([](const std::string& text) {
        return IsDate(text) ? std::string()
                            : fmt::format("`{}` is not a day, such as 2027-03-01", text);
      });
}

void AddFixes(CLI::App& app, Options& options) {
  app.add_flag("--fix", options.fix, "repair the files where there is a safe way to");
  app.add_flag("--unsafe-fixes", options.unsafe_fixes,
               "with --fix or --diff: also where the repair changes the meaning or guesses it");
  app.add_flag("--diff", options.diff,
               "show what --fix would do, and write nothing; exit code 1 if there is anything");
  CLI::Option* baseline =
      app.add_option("--baseline", options.baseline, "do not report the findings in FILE")
          ->type_name("FILE");
  app.add_option("--write-baseline", options.write_baseline,
                 "write all findings to FILE, for --baseline")
      ->type_name("FILE")
      ->excludes(baseline);
}

}  // namespace

RunCommand SetUpLint(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("FILES", options->files, "files, directories, globs, or - for standard input")
      ->required();
  app.add_option("--stdin-filename", options->stdin_name, "what standard input is called")
      ->type_name("NAME");
  AddFactOptions(app, options->flags.facts);
  AddSelection(app, options->flags);
  AddFixes(app, *options);
  app.add_flag("--statistics", options->statistics, "count findings by rule");
  AddOutputOptions(app, options->output, kFormats);
  return [options](Session& session) { return RunLint(*options, session); };
}

}  // namespace postern::cmd
