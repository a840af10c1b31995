#include "cmd/case_input.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "authz/suites/unknown_names.h"
#include "cmd/render/snippet.h"
#include "policy/catalogue.h"
#include "policy/json_tree.h"

namespace postern::cmd {
namespace {

std::string_view FlagOf(const authz::CaseProblem& problem,
                        const std::vector<FlagCase::Origin>& origins) {
  std::string_view flag;
  std::size_t longest = 0;
  for (const FlagCase::Origin& origin : origins) {
    const bool inside = problem.pointer.starts_with(origin.pointer) &&
                        (problem.pointer.size() == origin.pointer.size() ||
                         problem.pointer[origin.pointer.size()] == '/');
    if (inside && origin.pointer.size() > longest) {
      flag = origin.flag;
      longest = origin.pointer.size();
    }
  }
  return flag;
}

// `what`: "error" or "warning".
void Print(const std::vector<authz::CaseProblem>& problems, std::string_view what,
           const std::vector<FlagCase::Origin>& origins, const Session& session) {
  for (const authz::CaseProblem& problem : problems) {
    std::string text;
    if (problem.source != nullptr && !problem.source->name().empty()) {
      text = fmt::format("{}: {}: ", Place(*problem.source, problem.range), what);
    } else {
      const std::string_view flag = FlagOf(problem, origins);
      text = fmt::format("postern: {}: {}{}", what, flag, flag.empty() ? "" : ": ");
    }
    session.err << OneLine(text) << OneLine(problem.message) << '\n';
    if (!problem.help.empty()) session.err << "  help: " << OneLine(problem.help) << '\n';
  }
}

}  // namespace

authz::ReadPolicyFile PolicyReader(const Files& files) {
  return [&files](std::string_view path, std::string_view referrer) {
    return files.ReadReferred(path, referrer);
  };
}

void ReportProblems(const std::vector<authz::CaseProblem>& problems,
                    const std::vector<FlagCase::Origin>& origins, const Session& session) {
  Print(problems, "error", origins, session);
}

void WarnOf(const std::vector<authz::CaseProblem>& problems,
            const std::vector<FlagCase::Origin>& origins, const Session& session) {
  if (!session.quiet) Print(problems, "warning", origins, session);
}

void ReportInputError(const authz::InputError& error, const authz::Case& question,
                      const CaseOptions& options, const Session& session) {
  const policy::Node* place = question.tree->At(error.pointer);
  const policy::SourceRange range = place == nullptr ? policy::SourceRange{} : place->range;
  const std::vector<FlagCase::Origin> origins =
      options.file.empty() ? CaseOfFlags(options).origins : std::vector<FlagCase::Origin>();
  ReportProblems(
      {{question.tree->shared_source(), range, error.pointer, error.code, error.message, {}}},
      origins, session);
}

CaseText LoadCaseText(const CaseOptions& options, const Files& files, const Session& session) {
  CaseText text;
  std::shared_ptr<const policy::Source> source;
  if (options.file.empty()) {
    FlagCase flags = CaseOfFlags(options);
    text.origins = std::move(flags.origins);
    source = std::make_shared<const policy::Source>("", std::move(flags.json));
  } else if (HasCaseFlags(options)) {
    session.Fail("a case is given by a file or by flags, not by both");
    return text;
  } else {
    const ReadResult read = files.Read(options.file, kSuiteBytes);
    if (!read) {
      session.Fail(read.error());
      return text;
    }
    source = *read;
  }
  policy::JsonResult json = policy::ReadJson(source, policy::kSuiteLimits);
  if (!json.tree) {
    const policy::SourceRange at{json.error->offset, json.error->offset};
    session.err << OneLine(Place(*source, at)) << ": error: " << json.error->message << '\n';
    return text;
  }
  text.tree = std::make_shared<const policy::Tree>(*std::move(json.tree));
  WarnOf(authz::UnknownNames(policy::Catalogue::InUse(), *text.tree), text.origins, session);
  return text;
}

std::optional<authz::CaseFile> ReadCaseText(const CaseText& text, authz::DocumentCache& documents,
                                            authz::Completeness completeness,
                                            const Session& session) {
  std::vector<authz::CaseProblem> problems;
  std::optional<authz::CaseFile> read =
      authz::ReadCase(text.tree, documents, problems, completeness);
  ReportProblems(problems, text.origins, session);
  return read;
}

std::optional<authz::CaseFile> LoadCase(const CaseOptions& options, const Files& files,
                                        authz::DocumentCache& documents,
                                        authz::Completeness completeness, Session& session) {
  const CaseText text = LoadCaseText(options, files, session);
  if (text.tree == nullptr) return std::nullopt;
  return ReadCaseText(text, documents, completeness, session);
}

}  // namespace postern::cmd
