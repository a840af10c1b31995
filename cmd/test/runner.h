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
#include "cmd/test/report.h"
#include "cmd/test/selection.h"

namespace postern::cmd {

struct RunnerOptions {
  bool list = false;       // select the cases, but run none
  bool fail_fast = false;  // none after the first that fails
};

// Not for two threads at once. `files` and `selection` must outlive it.
class Runner {
 public:
  Runner(RunnerOptions options, const Files& files, const Selection& selection);

  // What cannot be used is said on `session.err` and kept in the report.
  void Add(const InputFile& file, const Session& session);
  void AddUnusable(std::string error, const Session& session);
  // Runs what was added. With `coverage`, every case that got a verdict is added to it.
  void Run(authz::Coverage* coverage);

  std::size_t selected() const { return selected_; }
  TestReport& report() { return report_; }
  ExitCode code() const;

 private:
  void Judge(SuiteRun& run, const authz::SuiteCase& test, authz::Coverage* coverage);

  RunnerOptions options_;
  const Files& files_;
  const Selection& selection_;
  authz::DocumentCache documents_;
  authz::BoundRequest scratch_;
  std::map<std::string, std::string> names_;  // of suites -> of the file
  TestReport report_;
  std::size_t selected_ = 0;
  bool failed_ = false;
};

}  // namespace postern::cmd
