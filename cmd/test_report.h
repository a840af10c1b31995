// What one run of `postern test` found, as data; render/test_results draws it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "authz/suites/suite.h"
#include "policy/source.h"

namespace postern::cmd {

struct CaseRun {
  const authz::SuiteCase* test = nullptr;  // of the SuiteRun
  authz::CaseResult result;
  std::vector<std::string>
      statements;  // the deciding ones: "endpoint: statement 1 ... at a.json:3:5"
};

struct SuiteRun {
  std::shared_ptr<const policy::Source> source;
  authz::Suite suite;
  std::vector<CaseRun> cases;  // those that were selected and run
};

struct TestReport {
  std::vector<SuiteRun> suites;
  std::size_t unread = 0;  // files that could not be used
  std::size_t deselected = 0;
  bool quiet = false;
  bool verbose = false;
};

}  // namespace postern::cmd
