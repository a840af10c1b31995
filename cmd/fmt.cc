#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cmd/command.h"
#include "cmd/files.h"
#include "cmd/fmt/formatter.h"
#include "cmd/lint/settings.h"
#include "cmd/render/snippet.h"
#include "cmd/render/unified_diff.h"
#include "cmd/replace_file.h"

namespace postern::cmd {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string stdin_name;
  LintFlags flags;  // the kind alone
  std::string minify;
  std::size_t max_size = 0;
  bool sort = false;
  bool keep_sids = false;
  bool write = false;
  bool check = false;
  bool diff = false;
};

bool MayHoldOnePolicy(std::string_view path) {
  return HasSuffix(path, ".json") && !HasSuffix(path, ".ptest.json");
}

// Why these flags do not go together; "" if they do.
std::string Contradiction(const Options& options) {
  const int ways = (options.write ? 1 : 0) + (options.check ? 1 : 0) + (options.diff ? 1 : 0);
  if (ways > 1) return "--write, --check and --diff: say one of them";
  const bool reads_stdin = std::ranges::find(options.files, "-") != options.files.end();
  if (options.write && reads_stdin) return "--write: standard input cannot be written";
  if (options.sort && options.minify == "safe") {
    return "--sort: --minify=safe changes white space alone";
  }
  if (options.keep_sids && options.minify != "tight") {
    return "--keep-sids: Sids are left out by --minify=tight alone";
  }
  return {};
}

FormatRequest RequestOf(const Options& options) {
  FormatRequest request;
  request.minify = options.minify == "tight"  ? Minify::kTight
                   : options.minify == "safe" ? Minify::kSafe
                                              : Minify::kNone;
  request.sort_lists = options.sort;
  request.keep_sids = options.keep_sids;
  if (options.max_size > 0) request.max_size = options.max_size;
  return request;
}

// What happened to the files of one batch.
struct Batch {
  std::vector<std::pair<InputFile, Formatted>> formatted;
  std::vector<std::string> others;
  ExitCode code = ExitCode::kGood;
};

void SayOversize(const Formatted& file, std::size_t limit, const Session& session) {
  const Oversize& oversize = *file.oversize;
  session.err << fmt::format("postern: `{}`: {} {}: {} more than --max-chars {}\n",
                             OneLine(file.source->name()), oversize.size, oversize.unit,
                             oversize.size - limit, limit);
  for (const HeavyStatement& statement : oversize.heaviest) {
    session.err << fmt::format("  {}: {}, {} %\n", statement.name, statement.size,
                               (statement.size * 100 + oversize.size / 2) / oversize.size);
  }
  if (!oversize.tight) return;
  const std::size_t tight = *oversize.tight;
  const std::string outcome =
      tight <= limit ? std::string("and fits") : fmt::format("still {} too many", tight - limit);
  session.err << fmt::format("help: with --minify=tight it has {}, {}\n", tight, outcome);
}

// As lint takes it: the flag, the configuration, or a guess (absent). False if the configuration of
// the file cannot be used, after having said so.
bool FindKind(const std::filesystem::path& path, SettingsTable& settings, const Session& session,
              std::optional<policy::PolicyKind>& kind) {
  const LintSettings* found = settings.For(path, session);
  if (found == nullptr) return false;
  bool is_endpoint = false;
  found->FactsFor(path, is_endpoint);
  kind = found->kind;
  if (!kind && is_endpoint) kind = policy::PolicyKind::kEndpoint;
  return true;
}

void FormatFile(const InputFile& file, FormatRequest request, const Files& files,
                SettingsTable& settings, Batch& batch, const Session& session) {
  const ReadResult source = files.Read(file.path, kContainerBytes);
  if (!source) {
    batch.code = Worse(batch.code, session.Fail(source.error()));
    return;
  }
  const std::filesystem::path path = files.Absolute((*source)->name());
  if (!FindKind(path, settings, session, request.kind)) {
    batch.code = Worse(batch.code, ExitCode::kFailed);
    return;
  }
  auto formatted = FormatPolicy(*source, path.string(), request);
  if (!formatted) {
    if (formatted.error().other && !file.named) {
      batch.others.push_back(file.path);
    } else {
      batch.code = Worse(batch.code, session.Fail(formatted.error().message));
    }
    return;
  }
  if (!formatted->note.empty()) {
    session.Warn(fmt::format("`{}`: {}", OneLine((*source)->name()), formatted->note));
  }
  if (formatted->oversize) {
    SayOversize(*formatted, *request.max_size, session);
    batch.code = Worse(batch.code, ExitCode::kBad);
    return;
  }
  batch.formatted.emplace_back(file, std::move(*formatted));
}

ExitCode WriteBack(const InputFile& file, const Formatted& formatted, const Files& files,
                   const Session& session) {
  if (const auto error = ReplaceFile(files.Resolve(file.path), formatted.text)) {
    return session.Fail(fmt::format("cannot write `{}`: {}", file.path, *error));
  }
  return ExitCode::kGood;
}

ExitCode Deliver(const Options& options, const InputFile& file, const Formatted& formatted,
                 const Files& files, Session& session) {
  if (options.write) return WriteBack(file, formatted, files, session);
  if (options.check) {
    session.out << formatted.source->name() << '\n';
  } else {
    session.out << UnifiedDiff(formatted.source->name(), formatted.source->text(), formatted.text);
  }
  return ExitCode::kBad;
}

void Summarise(const Options& options, const Batch& batch, std::size_t changed,
               const Session& session) {
  if (session.quiet) return;
  session.err << fmt::format("{} of {} {}", changed, Count(batch.formatted.size(), "policy file"),
                             options.write ? "written" : "not in this form");
  if (!batch.others.empty()) {
    session.err << fmt::format(", {} skipped", Count(batch.others.size(), "other file"));
  }
  session.err << '\n';
  if (!session.verbose) return;
  for (const std::string& other : batch.others) session.err << "  skipped: " << other << '\n';
}

ExitCode RunFmt(const Options& options, Session& session) {
  if (const std::string why = Contradiction(options); !why.empty()) return session.Fail(why);
  const FormatRequest request = RequestOf(options);
  const Files files(session.directory, session.in, options.stdin_name);
  const ExpandResult inputs = files.Expand(options.files, MayHoldOnePolicy);
  const bool prints = !options.write && !options.check && !options.diff;
  if (prints && inputs.files.size() > 1) {
    return session.Fail("several files: say --write, --check or --diff");
  }
  Batch batch;
  batch.others = inputs.others;
  for (const std::string& error : inputs.errors)
    batch.code = Worse(batch.code, session.Fail(error));
  // All of them before the first is written: a bug leaves every file as it is.
  SettingsTable settings(options.flags, files);
  for (const InputFile& file : inputs.files) {
    FormatFile(file, request, files, settings, batch, session);
  }
  if (batch.formatted.empty()) {
    return batch.code == ExitCode::kGood ? session.Fail("there is no policy in what was given")
                                         : batch.code;
  }
  if (prints) {
    session.out << batch.formatted.front().second.text;
    return batch.code;
  }
  std::size_t changed = 0;
  for (const auto& [file, formatted] : batch.formatted) {
    if (!formatted.changed()) continue;
    ++changed;
    batch.code = Worse(batch.code, Deliver(options, file, formatted, files, session));
  }
  Summarise(options, batch, changed, session);
  return batch.code;
}

constexpr std::string_view kForms =
    "Forms:\n"
    "  (none)          Version, Id, Statement; Sid, Effect, Principal, Action, Resource, "
    "Condition;\n"
    "                  indented by two spaces; what else there is behind it, in its order\n"
    "  --minify=safe   on one line: the white space between its parts is left out, nothing else\n"
    "  --minify=tight  on one line, and in fewer words: statements that are equal but for one "
    "list\n"
    "                  are joined, items that another one covers, Sids and brackets around one "
    "item\n"
    "                  left out. Every request is decided as before; requests made from the "
    "policy\n"
    "                  are asked of both, and a difference is an internal error\n"
    "With --max-chars and no --minify the indented form is tried, then the one line; a tight form "
    "is\n"
    "suggested, never chosen. What does not fit is not written or printed.\n\n";

}  // namespace

RunCommand SetUpFmt(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  app.add_option("FILES", options->files,
                 "policy files, directories, globs, or - for standard input; one is printed")
      ->required();
  app.add_option("--stdin-filename", options->stdin_name, "what standard input is called")
      ->type_name("NAME");
  app.add_flag("-w,--write", options->write, "write the files instead of printing");
  app.add_flag("--check", options->check,
               "name the files that --write would change; exit code 1 if there are any");
  app.add_flag("--diff", options->diff,
               "show what --write would change; exit code 1 if there is anything");
  app.add_option("--minify", options->minify, "safe: on one line; tight: in fewer words as well")
      ->type_name("HOW")
      ->check(CLI::IsMember({"safe", "tight"}));
  app.add_option("--max-chars", options->max_size,
                 "the most it may have, counted as AWS does for the kind: 20480 for an endpoint "
                 "policy; exit code 1 with the largest statements if it has more")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  app.add_flag("--sort", options->sort, "sort lists, without regard to case");
  app.add_flag("--keep-sids", options->keep_sids, "with --minify=tight: Sids stay");
  AddKindOption(app, options->flags.facts);
  app.footer(std::string(kForms));
  return [options](Session& session) { return RunFmt(*options, session); };
}

}  // namespace postern::cmd
