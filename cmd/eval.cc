#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "authz/compile.h"
#include "cmd/case_input.h"
#include "cmd/command.h"
#include "cmd/files.h"
#include "cmd/output.h"
#include "cmd/render/verdict.h"
#include "cmd/stream.h"
#include "cmd/verdict_report.h"
#include "policy/catalogue.h"

namespace postern::cmd {
namespace {

struct Options {
  CaseOptions input;
  bool stream = false;
  StreamOptions streaming;
  OutputOptions output;
};

ExitCode Judge(const VerdictReport& report) {
  if (!report.expected.empty()) return report.unmet.empty() ? ExitCode::kGood : ExitCode::kBad;
  return CodeOf(report.decision.verdict);
}

ExitCode RunOne(const Options& options, Session& session) {
  if (!options.streaming.policies.empty() || options.streaming.jobs != 1) {
    return session.Fail("--policies and --jobs belong to --stream");
  }
  if (options.input.file.empty() && !HasCaseFlags(options.input)) {
    return session.Fail("no case given: name a file, or say --principal and --action");
  }
  Outputs outputs;
  if (!outputs.Open(options.output, session)) return ExitCode::kFailed;
  const Files files(session.directory, session.in, options.input.stdin_name);
  authz::DocumentCache documents(PolicyReader(files));
  auto read = LoadCase(options.input, files, documents, authz::Completeness::kWhole, session);
  if (!read) return ExitCode::kFailed;
  const auto report =
      MakeVerdictReport(authz::Compile(read->policies, policy::Catalogue::InUse()), read->question);
  if (!report) {
    ReportInputError(report.error(), read->question, options.input, session);
    return ExitCode::kFailed;
  }
  const ExitCode written = outputs.Write(
      [&](Format format, bool color) {
        return format == Format::kJson ? VerdictAsJson(*report) : VerdictAsText(*report, color);
      },
      session);
  return Worse(written, Judge(*report));
}

ExitCode RunEval(const Options& options, Session& session) {
  if (!options.stream) return RunOne(options, session);
  if (HasCaseFlags(options.input)) {
    return session.Fail("--stream takes its cases from lines, not from flags");
  }
  if (!options.output.formats.empty() || !options.output.outputs.empty()) {
    return session.Fail("--stream writes one line of JSON a case, and knows no other format");
  }
  StreamOptions streaming = options.streaming;
  streaming.file = options.input.file.empty() ? "-" : options.input.file;
  streaming.stdin_name = options.input.stdin_name;
  return RunStream(streaming, session);
}

}  // namespace

RunCommand SetUpEval(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  AddCaseOptions(app, options->input);
  app.add_flag("--stream", options->stream,
               "one case a line (NDJSON) from CASE or standard input, one result a line");
  app.add_option("--policies", options->streaming.policies,
                 "with --stream: the policies of all lines, a `policies` object")
      ->type_name("FILE");
  app.add_option("--jobs", options->streaming.jobs, "with --stream: threads (1 when left out)")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
  AddOutputOptions(app, options->output);
  return [options](Session& session) { return RunEval(*options, session); };
}

}  // namespace postern::cmd
