// One case for `eval` and `explain`: from flags or from a file, through the one reader of cases.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "authz/suites/case_file.h"
#include "cmd/command.h"
#include "cmd/files.h"

namespace postern::cmd {

struct CaseOptions {
  std::string file;  // "" = the flags
  std::string stdin_name;
  std::string endpoint, endpoint_type, endpoint_service, endpoint_region, endpoint_id, endpoint_vpc,
      endpoint_account;
  std::vector<std::string> identity, session, scps, rcps;
  std::string boundary, resource_policy;
  std::string principal, org_id, action, api, resource, resource_account;
  std::vector<std::string> context, unknown;
  std::string layers;
};

void AddCaseOptions(CLI::App& app, CaseOptions& options);
bool HasCaseFlags(const CaseOptions& options);

// The case as a file would state it, and the flag behind each of its parts.
struct FlagCase {
  struct Origin {
    std::string pointer;
    std::string flag;
  };
  std::string json;
  std::vector<Origin> origins;
};
FlagCase CaseOfFlags(const CaseOptions& options);

authz::ReadPolicyFile PolicyReader(const Files& files);

// The text of the case as a tree; null after having said why on `session.err`.
struct CaseText {
  std::shared_ptr<const policy::Tree> tree;
  std::vector<FlagCase::Origin> origins;  // of a case made of flags
};
CaseText LoadCaseText(const CaseOptions& options, const Files& files, const Session& session);

// What the case says; may be asked for again, to complete it in another way. Absent after having
// said why.
std::optional<authz::CaseFile> ReadCaseText(const CaseText& text, authz::DocumentCache& documents,
                                            authz::Completeness completeness,
                                            const Session& session);

// Both in one.
std::optional<authz::CaseFile> LoadCase(const CaseOptions& options, const Files& files,
                                        authz::DocumentCache& documents,
                                        authz::Completeness completeness, Session& session);

// "case.json:3:5: error: message", help on a line of its own.
void ReportProblems(const std::vector<authz::CaseProblem>& problems,
                    const std::vector<FlagCase::Origin>& origins, const Session& session);
// The same as warnings, unless the session is quiet.
void WarnOf(const std::vector<authz::CaseProblem>& problems,
            const std::vector<FlagCase::Origin>& origins, const Session& session);

// What binding says of a request: at its place in the case file, or with the flag it came from.
void ReportInputError(const authz::InputError& error, const authz::Case& question,
                      const CaseOptions& options, const Session& session);

}  // namespace postern::cmd
