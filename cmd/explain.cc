#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "authz/compile.h"
#include "authz/diagnose/denied_message.h"
#include "authz/remedy/cause.h"
#include "authz/remedy/remedy.h"
#include "cmd/case_input.h"
#include "cmd/command.h"
#include "cmd/files.h"
#include "cmd/message_case.h"
#include "cmd/output.h"
#include "cmd/render/explanation.h"
#include "policy/catalogue.h"

namespace postern::cmd {
namespace {

constexpr authz::CompileOptions kExplainOptions{.not_given_is_unknown = true};

struct Options {
  CaseOptions input;
  std::string message;
  OutputOptions output;
};

std::string ApiOf(const policy::Tree& tree) {
  const policy::Node* api = tree.At("/request/api");
  return api == nullptr ? std::string() : std::string(api->text);
}

// The text of `--message`; absent after having said why.
std::optional<authz::DeniedMessage> LoadMessage(const std::string& text, const Files& files,
                                                Session& session) {
  if (text.empty()) return authz::DeniedMessage();
  if (text != "-") return authz::ReadDeniedMessage(text);
  const ReadResult source = files.Read("-", kPolicyBytes);
  if (source) return authz::ReadDeniedMessage((*source)->text());
  session.Fail(source.error());
  return std::nullopt;
}

// What is said where the text names no call that could be judged.
VerdictReport Undecided(std::shared_ptr<const authz::CompiledPolicySet> policies,
                        const authz::Request& request) {
  authz::Explanation why;
  why.policies = policies;
  why.decision.verdict = authz::Verdict::kUnknown;
  why.principal = request.principal.arn;
  why.action = request.action;
  why.resource = request.resource_unknown ? std::string_view() : request.resource;
  VerdictReport report;
  report.decision = why.decision;
  report.policies = std::move(policies);
  report.calls.push_back(std::move(why));
  return report;
}

// What stopped the deciding call, and what would let it through.
void Diagnose(const authz::CaseFile& read, const policy::Catalogue& catalogue,
              ExplanationReport& report) {
  const authz::Explanation& why = report.verdict.deciding();
  report.cause = authz::CauseSentence(why);
  report.notes = authz::Notes(why);
  report.remedies = authz::SmallestChanges(
      read.policies, catalogue, kExplainOptions,
      authz::RequestOfCall(read.question, report.verdict.deciding_call), why);
}

ExitCode RunExplain(const Options& options, Session& session) {
  const bool has_message = !options.message.empty();
  if (!has_message && options.input.file.empty() && !HasCaseFlags(options.input)) {
    return session.Fail(
        "no case given: name a file, say --principal and --action, or give a --message");
  }
  if (options.message == "-" && options.input.file == "-") {
    return session.Fail("the case and the message cannot both be standard input");
  }
  Outputs outputs;
  if (!outputs.Open(options.output, session)) return ExitCode::kFailed;
  const Files files(session.directory, session.in, options.input.stdin_name);
  const auto message = LoadMessage(options.message, files, session);
  if (!message) return ExitCode::kFailed;
  authz::DocumentCache documents(PolicyReader(files));
  auto read =
      LoadCase(options.input, files, documents,
               has_message ? authz::Completeness::kPartial : authz::Completeness::kWhole, session);
  if (!read) return ExitCode::kFailed;
  const policy::Catalogue& catalogue = policy::Catalogue::InUse();
  if (has_message) CompleteFromMessage(*message, catalogue, *read);
  const auto compiled = authz::Compile(read->policies, catalogue, kExplainOptions);
  const authz::Request& request = read->question.request;
  const bool undecided = has_message && request.action.empty() && read->question.calls.empty();
  tl::expected<VerdictReport, authz::InputError> verdict =
      undecided ? Undecided(compiled, request) : MakeVerdictReport(compiled, read->question);
  if (!verdict) {
    ReportInputError(verdict.error(), read->question, options.input, session);
    return ExitCode::kFailed;
  }
  ExplanationReport report;
  report.verdict = *std::move(verdict);
  report.message = *message;
  report.api = ApiOf(*read->question.tree);
  if (report.api.empty()) report.api = message->api;
  if (!undecided) Diagnose(*read, catalogue, report);
  report.not_given = LayersNotGiven(*read);
  report.disagreement = Disagreement(*message, report.verdict.decision, report.not_given);
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
  app.add_option("--message", options->message,
                 "an AccessDenied text, or - for standard input; the case completes it")
      ->type_name("TEXT");
  AddOutputOptions(app, options->output);
  return [options](Session& session) { return RunExplain(*options, session); };
}

}  // namespace postern::cmd
