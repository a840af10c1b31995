// Test suites, *.ptest.yaml, *.ptest.yml, *.ptest.json (cli section 6): read, expand, run.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "authz/bind.h"
#include "authz/compile.h"
#include "authz/suites/case_file.h"
#include "authz/suites/parameters.h"
#include "authz/suites/stability.h"
#include "authz/verdict.h"
#include "policy/catalogue.h"

namespace postern::authz {

struct SuiteCase {
  std::string name;
  policy::SourceRange range;   // in the suite file
  std::uint32_t policies = 0;  // index into Suite::policies
  Case question;
  std::vector<std::string> tags;
  std::string skip;  // reason; "" = run it
  std::string todo;  // reason; runs, and may fail
  std::string why;
  std::vector<std::string> rules;
};

struct Suite {
  std::shared_ptr<const policy::Tree> tree;
  std::string name;
  std::string title, source, status;  // the project's own corpus
  std::vector<std::string> rules;
  std::vector<std::string> parameters;  // names of what it leaves open
  Untold untold;                        // what nobody told of it
  std::vector<PolicySet> policies;      // cases without policies of their own share the first
  std::vector<SuiteCase> cases;         // matrices expanded, in document order
};

// Reports every problem; absent if there was one. A suite or a row is read to its end all the same,
// so that one run shows them all.
//
// The members of a case's `policies` replace those of the suite, one by one; `organization`
// replaces the whole. Equal replacements share one PolicySet. `defaults.request` gives the members
// that a case does not. `tags`, `layers`, `skip` and `todo` of the suite hold for all its cases; a
// case adds tags and replaces the rest. `values` are those of the suite's parameters.
std::optional<Suite> ReadSuite(std::shared_ptr<const policy::Tree> tree, DocumentCache& documents,
                               std::vector<CaseProblem>& problems,
                               const ParameterValues& values = {});

// The parameters that were not told and that the case, or what all cases share, has in its texts.
std::vector<std::string> UntoldIn(const Suite& suite, const SuiteCase& test);

enum class CaseStatus : std::uint8_t { kPassed, kFailed, kSkipped, kTodo, kTodoPassed, kError };

struct CaseResult {
  CaseStatus status = CaseStatus::kPassed;
  Decision decision;                 // of all calls together
  std::uint32_t deciding_call = 0;   // index into the case's calls
  std::vector<std::string> reasons;  // why it failed, one line each
  std::string got;                   // of one that is not as expected: "implicit-deny by endpoint"
  // Of a case that failed, and of one that expects something of it.
  std::optional<Stability> stability;
  std::optional<InputError> error;  // with kError
};

// The verdict of several calls together: each must be allowed (S3.6), and of those that the
// operation may make at least one (S7.14). `deciding_call` is the first call with the verdict of
// the whole, or the first refused one where that hangs on which of them are made.
struct CallsDecision {
  Decision decision;
  std::uint32_t deciding_call = 0;
  std::optional<InputError> error;
};
CallsDecision DecideCase(const CompiledPolicySet& policies, const Case& question,
                         BoundRequest& scratch, AssumptionSet alternatives = {});

// What the decision falls short of, one line each; empty if the expectation is met. `stability`
// counts only where the expectation says something of it.
std::vector<std::string> UnmetExpectations(const CompiledPolicySet& policies,
                                           const Expectation& expect, const Decision& decision,
                                           const Stability& stability);

// Runs one case of a suite whose policies were compiled in the order of Suite::policies.
CaseResult RunCase(const CompiledPolicySet& policies, const SuiteCase& test, BoundRequest& scratch);

}  // namespace postern::authz
