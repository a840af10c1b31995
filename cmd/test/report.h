// What one run of `postern test` found, as data; render/test_results draws it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "authz/suites/case_file.h"
#include "authz/suites/coverage.h"
#include "authz/suites/suite.h"
#include "cmd/test/mutation_report.h"
#include "policy/source.h"

namespace postern::cmd {

// Why a case failed, in a sentence, and where that is seen.
struct Cause {
  std::string sentence;
  std::string help;
  std::shared_ptr<const policy::Source> policy;  // null: in no policy
  policy::SourceRange range;                     // of the statement; empty: of none
};

struct CaseRun {
  const authz::SuiteCase* test = nullptr;  // of the SuiteRun
  authz::CaseResult result;
  // Of one that failed: what decided, "endpoint: statement 1 ... at a.json:3:5", and why.
  std::vector<std::string> statements;
  Cause cause;
};

struct SuiteRun {
  std::shared_ptr<const policy::Source> source;
  bool is_scenario = false;  // the source is part of the program, and no file
  authz::Suite suite;
  // In the order of Suite::policies; null where no case of the run asked for it.
  std::vector<std::shared_ptr<const authz::CompiledPolicySet>> compiled;
  std::vector<CaseRun> cases;  // those that were selected and run
};

// A file that could not be used: it cannot be read, or has problems.
struct UnusableFile {
  std::string name;
  std::string error;  // "" = the problems say it
  std::vector<authz::CaseProblem> problems;
};

struct CoverageReport {
  std::vector<authz::DocumentCoverage> documents;
  authz::CoverageCounts counts;     // of all
  std::optional<unsigned> minimum;  // percent

  bool enough() const { return !minimum || counts.Percent() >= *minimum; }
};

struct TestReport {
  std::vector<SuiteRun> suites;
  std::vector<UnusableFile> unusable;
  std::vector<authz::CaseProblem> warnings;  // of the suites
  std::size_t deselected = 0;
  std::optional<CoverageReport> coverage;
  std::optional<MutationReport> mutation;
  bool quiet = false;
  bool verbose = false;
};

}  // namespace postern::cmd
