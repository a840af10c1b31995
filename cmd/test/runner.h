// Reads suites and runs their cases.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "authz/suites/case_file.h"
#include "authz/suites/coverage.h"
#include "cmd/command.h"
#include "cmd/exit_code.h"
#include "cmd/files.h"
#include "cmd/test/endpoint_policy.h"
#include "cmd/test/given.h"
#include "cmd/test/report.h"
#include "cmd/test/selection.h"

namespace postern::cmd {

struct RunnerOptions {
  bool list = false;       // select the cases, but run none
  bool fail_fast = false;  // none after the first that fails
};

// Not for two threads at once. `files`, `selection` and `given` must outlive it.
class Runner {
 public:
  // `values`: of what `given` tells.
  Runner(RunnerOptions options, const Files& files, const Selection& selection,
         const GivenFlags& given, authz::ParameterValues values);

  // Reads the policy of `--endpoint`; before the suites. False after having said why it cannot.
  bool LoadEndpoint(const Session& session);
  // What cannot be used is said on `session.err` and kept in the report.
  void Add(const InputFile& file, const Session& session);
  void AddScenario(const std::shared_ptr<const policy::Source>& source, const Session& session);
  void AddUnusable(std::string error, const Session& session);
  // Runs what was added. With `coverage`, every case that got a verdict is added to it.
  void Run(authz::Coverage* coverage);

  std::size_t selected() const { return selected_; }
  std::size_t judged() const { return judged_; }         // selected, and not skipped
  bool took_endpoint() const { return took_endpoint_; }  // some suite left its policy open
  TestReport& report() { return report_; }
  ExitCode code() const;

 private:
  void Add(const std::shared_ptr<const policy::Source>& source, bool is_scenario,
           const Session& session);
  // Whether the suite got the policy that it leaves open.
  bool TakeEndpoint(authz::Suite& suite, const policy::Source& source, const Session& session);
  void Judge(SuiteRun& run, const authz::SuiteCase& test, authz::Coverage* coverage);

  RunnerOptions options_;
  const Files& files_;
  const Selection& selection_;
  authz::ParameterValues values_;
  EndpointPolicy endpoint_;
  authz::DocumentCache documents_;
  authz::BoundRequest scratch_;
  std::map<std::string, std::string> names_;  // of suites -> of the file
  TestReport report_;
  std::size_t selected_ = 0;
  std::size_t judged_ = 0;  // of these, without the skipped ones
  std::size_t explained_ = 0;
  bool took_endpoint_ = false;
  bool failed_ = false;
};

}  // namespace postern::cmd
