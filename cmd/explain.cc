#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "authz/compile.h"
#include "authz/diagnose/cloudtrail_event.h"
#include "authz/diagnose/denied_message.h"
#include "authz/remedy/cause.h"
#include "authz/remedy/other_request.h"
#include "authz/remedy/remedy.h"
#include "cmd/case_input.h"
#include "cmd/command.h"
#include "cmd/event_case.h"
#include "cmd/event_file.h"
#include "cmd/files.h"
#include "cmd/flow_log_file.h"
#include "cmd/message_case.h"
#include "cmd/output.h"
#include "cmd/render/explanation.h"
#include "policy/catalogue.h"

namespace postern::cmd {
namespace {

constexpr authz::CompileOptions kExplainOptions{.not_given_is_unknown = true};

constexpr std::array kFormats{Format::kText, Format::kJson, Format::kHtml};

struct Options {
  CaseOptions input;
  std::string message;
  std::string event;
  std::string flow_log;
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
  const authz::Request call = authz::RequestOfCall(read.question, report.verdict.deciding_call);
  for (std::string& note : authz::Notes(why)) report.notes.push_back(std::move(note));
  for (std::string& way :
       authz::OtherRequests(read.policies, catalogue, kExplainOptions, call, why)) {
    report.notes.push_back(std::move(way));
  }
  report.remedies = authz::SmallestChanges(read.policies, catalogue, kExplainOptions, call, why);
}

// Decides the case as it was completed. `partial`: it may name no call that could be judged.
tl::expected<ExplanationReport, authz::InputError> Answer(const authz::CaseFile& read,
                                                          bool partial) {
  const policy::Catalogue& catalogue = policy::Catalogue::InUse();
  const auto compiled = authz::Compile(read.policies, catalogue, kExplainOptions);
  const authz::Request& request = read.question.request;
  const bool undecided = partial && request.action.empty() && read.question.calls.empty();
  tl::expected<VerdictReport, authz::InputError> verdict =
      undecided ? Undecided(compiled, request) : MakeVerdictReport(compiled, read.question);
  if (!verdict) return tl::make_unexpected(std::move(verdict.error()));
  ExplanationReport report;
  report.verdict = *std::move(verdict);
  report.api = ApiOf(*read.question.tree);
  if (!undecided) Diagnose(read, catalogue, report);
  report.not_given = LayersNotGiven(read);
  return report;
}

// What the flow log tells of each request, put into its report. kGood without a log.
ExitCode AddFlows(const Options& options, const Files& files,
                  std::vector<authz::FlowMatcher>& matchers,
                  std::vector<ExplanationReport>& reports, const Session& session) {
  if (options.flow_log.empty()) return ExitCode::kGood;
  bool any = false;
  const ExitCode code =
      ReadFlowLog(options.flow_log, files, session,
                  [&](const authz::FlowRecord& record, std::size_t line, std::string_view text) {
                    any = true;
                    for (authz::FlowMatcher& matcher : matchers) matcher.Add(record, line, text);
                  });
  if (!any) return code;
  for (std::size_t i = 0; i < reports.size(); ++i) reports[i].flows = matchers[i].Finish();
  return code;
}

// One answer in the forms that the command has.
template <typename Report>
struct Forms {
  std::string (*text)(const Report& report, bool color);
  std::string (*json)(const Report& report);
  std::string (*html)(const Report& report);
};

template <typename Report>
ExitCode Write(const Outputs& outputs, const Forms<Report>& forms, const Report& report,
               Session& session) {
  return outputs.Write(
      [&](Format format, bool color) {
        return format == Format::kJson   ? forms.json(report)
               : format == Format::kHtml ? forms.html(report)
                                         : forms.text(report, color);
      },
      session);
}

constexpr Forms<ExplanationReport> kOne{ExplanationAsText, ExplanationAsJson, ExplanationAsHtml};
constexpr Forms<ExplanationList> kSeveral{ExplanationsAsText, ExplanationsAsJson,
                                          ExplanationsAsHtml};
constexpr Forms<authz::FlowSummary> kFlows{FlowSummaryAsText, FlowSummaryAsJson, FlowSummaryAsHtml};

ExitCode Print(const Outputs& outputs, const ExplanationReport& report, Session& session) {
  return Worse(Write(outputs, kOne, report, session), CodeOf(report.verdict.decision.verdict));
}

ExitCode ExplainCase(const Options& options, const Outputs& outputs, const Files& files,
                     Session& session) {
  const bool has_message = !options.message.empty();
  const auto message = LoadMessage(options.message, files, session);
  if (!message) return ExitCode::kFailed;
  authz::DocumentCache documents(PolicyReader(files));
  auto read =
      LoadCase(options.input, files, documents,
               has_message ? authz::Completeness::kPartial : authz::Completeness::kWhole, session);
  if (!read) return ExitCode::kFailed;
  if (has_message) CompleteFromMessage(*message, policy::Catalogue::InUse(), *read);
  auto report = Answer(*read, has_message);
  if (!report) {
    ReportInputError(report.error(), read->question, options.input, session);
    return ExitCode::kFailed;
  }
  report->message = *message;
  if (report->api.empty()) report->api = message->api;
  report->disagreement = Disagreement("message", *message, report->verdict.decision,
                                      report->verdict.deciding().layers, report->not_given);
  std::vector<authz::FlowMatcher> matchers{authz::FlowMatcher(FlowQueryOf(*read, nullptr))};
  std::vector<ExplanationReport> reports;
  reports.push_back(*std::move(report));
  const ExitCode flows = AddFlows(options, files, matchers, reports, session);
  return Worse(flows, Print(outputs, reports.front(), session));
}

// `read` is the case, read once more, which is completed with the event.
tl::expected<ExplanationReport, authz::InputError> AnswerEvent(const authz::CloudTrailEvent& event,
                                                               authz::CaseFile& read) {
  std::vector<std::string> notes = event.notes;
  CompleteFromEvent(event, policy::Catalogue::InUse(), read, notes);
  auto report = Answer(read, true);
  if (!report) return report;
  report->event = &event;
  report->message = UnderstoodOf(event);
  if (report->api.empty()) report->api = event.api;
  for (std::string& note : notes) report->notes.push_back(std::move(note));
  report->comparison = CompareWithEvent(event, report->verdict.decision,
                                        report->verdict.deciding().layers, report->not_given);
  if (report->comparison.agrees == false) report->disagreement = report->comparison.sentence;
  return report;
}

ExitCode ExplainEvents(const Options& options, const Outputs& outputs, const Files& files,
                       Session& session) {
  const CaseText text = LoadCaseText(options.input, files, session);
  if (text.tree == nullptr) return ExitCode::kFailed;
  const auto file = LoadEvents(options.event, session.verbose, files, session);
  if (!file) return ExitCode::kFailed;
  authz::DocumentCache documents(PolicyReader(files));
  ExitCode code = file->damaged ? ExitCode::kFailed : ExitCode::kGood;
  ExplanationList list{{}, file->records, file->refused, file->not_shown, file->let_through};
  std::vector<authz::FlowMatcher> matchers;
  for (const authz::CloudTrailEvent& event : file->events) {
    auto read = ReadCaseText(text, documents, authz::Completeness::kPartial, session);
    if (!read) return ExitCode::kFailed;
    auto report = AnswerEvent(event, *read);
    if (!report) {
      code = session.Fail(fmt::format("event `{}`: {}", event.id, report.error().message));
      continue;
    }
    code = Worse(code, CodeOf(report->verdict.decision.verdict));
    list.reports.push_back(*std::move(report));
    matchers.emplace_back(FlowQueryOf(*read, &event));
  }
  if (list.reports.empty()) return code;
  code = Worse(code, AddFlows(options, files, matchers, list.reports, session));
  if (file->records == 1) return Worse(code, Print(outputs, list.reports.front(), session));
  return Worse(Write(outputs, kSeveral, list, session), code);
}

// A flow log by itself: bad if packets to or from a service were rejected.
ExitCode SummarizeFlows(const Options& options, const Outputs& outputs, const Files& files,
                        Session& session) {
  authz::FlowSummary summary;
  const ExitCode code = ReadFlowLog(options.flow_log, files, session,
                                    [&](const authz::FlowRecord& record, std::size_t line,
                                        std::string_view) { summary.Add(record, line); });
  if (summary.records() == 0) return code;
  const ExitCode written = Write(outputs, kFlows, summary, session);
  return Worse(Worse(code, written), summary.group_count() > 0 ? ExitCode::kBad : ExitCode::kGood);
}

// Of all that is read, one may be standard input.
bool ReadsStdinTwice(const Options& options) {
  return (options.message == "-") + (options.event == "-") + (options.input.file == "-") +
             (options.flow_log == "-") >
         1;
}

ExitCode RunExplain(const Options& options, Session& session) {
  const bool has_message = !options.message.empty();
  const bool has_event = !options.event.empty();
  const bool has_case = !options.input.file.empty() || HasCaseFlags(options.input);
  if (has_message && has_event) {
    return session.Fail("`--message` and `--event` exclude each other");
  }
  const bool has_request = has_message || has_event || has_case;
  if (!has_request && options.flow_log.empty()) {
    return session.Fail(
        "no case given: name a file, say --principal and --action, or give a --message, an "
        "--event or a --flow-log");
  }
  if (ReadsStdinTwice(options)) {
    return session.Fail(
        "standard input can be read once: as the case, the message, the event or the flow log");
  }
  Outputs outputs;
  if (!outputs.Open(options.output, session, kFormats)) return ExitCode::kFailed;
  const Files files(session.directory, session.in, options.input.stdin_name);
  if (!has_request) return SummarizeFlows(options, outputs, files, session);
  return has_event ? ExplainEvents(options, outputs, files, session)
                   : ExplainCase(options, outputs, files, session);
}

}  // namespace

RunCommand SetUpExplain(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  AddCaseOptions(app, options->input);
  app.add_option("--message", options->message,
                 "an AccessDenied text, or - for standard input; the case completes it")
      ->type_name("TEXT");
  app.add_option("--event", options->event,
                 "CloudTrail records, also .gz, or - for standard input; the case completes them")
      ->type_name("FILE");
  app.add_option("--flow-log", options->flow_log,
                 "VPC flow log records, also .gz: whether the request arrived; alone, what was "
                 "rejected")
      ->type_name("FILE");
  AddOutputOptions(app, options->output, kFormats);
  return [options](Session& session) { return RunExplain(*options, session); };
}

}  // namespace postern::cmd
