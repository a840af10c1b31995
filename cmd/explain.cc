#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "authz/compile.h"
#include "cmd/case_input.h"
#include "cmd/command.h"
#include "cmd/files.h"
#include "cmd/output.h"
#include "cmd/render/explanation.h"
#include "policy/catalogue.h"

namespace postern::cmd {
namespace {

struct Options {
  CaseOptions input;
  OutputOptions output;
};

std::vector<std::string_view> LayersNotGiven(const authz::PolicySet& policies) {
  std::vector<std::string_view> layers;
  if (policies.identity.knowledge == authz::Knowledge::kNotGiven) layers.push_back("identity");
  if (policies.resource.knowledge == authz::Knowledge::kNotGiven) layers.push_back("resource");
  return layers;
}

std::string ApiOf(const policy::Tree& tree) {
  const policy::Node* api = tree.At("/request/api");
  return api == nullptr ? std::string() : std::string(api->text);
}

ExitCode RunExplain(const Options& options, Session& session) {
  if (options.input.file.empty() && !HasCaseFlags(options.input)) {
    return session.Fail("no case given: name a file, or say --principal and --action");
  }
  Outputs outputs;
  if (!outputs.Open(options.output, session)) return ExitCode::kFailed;
  const Files files(session.directory, session.in, options.input.stdin_name);
  authz::DocumentCache documents(PolicyReader(files));
  const auto read = LoadCase(options.input, files, documents, authz::Completeness::kWhole, session);
  if (!read) return ExitCode::kFailed;
  auto verdict = MakeVerdictReport(
      authz::Compile(read->policies, policy::Catalogue::Embedded(), {.not_given_is_unknown = true}),
      read->question);
  if (!verdict) {
    ReportInputError(verdict.error(), read->question, options.input, session);
    return ExitCode::kFailed;
  }
  const ExplanationReport report{*std::move(verdict), ApiOf(*read->question.tree),
                                 LayersNotGiven(read->policies)};
  const ExitCode written = outputs.Write(
      [&](Format format, bool color) {
        return format == Format::kJson ? ExplanationAsJson(report)
                                       : ExplanationAsText(report, color);
      },
      session);
  return Worse(written, CodeOf(report.verdict.decision.verdict));
}

}  // namespace

RunCommand SetUpExplain(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  AddCaseOptions(app, options->input);
  AddOutputOptions(app, options->output);
  return [options](Session& session) { return RunExplain(*options, session); };
}

}  // namespace postern::cmd
