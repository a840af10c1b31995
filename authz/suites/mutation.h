// Suites against mutants of the policies that they use: a mutant that leaves every case as it was
// has not been noticed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "authz/bind.h"
#include "authz/suites/mutants.h"
#include "authz/suites/suite.h"
#include "policy/catalogue.h"

namespace postern::authz {

// A suite and those of its cases that pass: a case that does not can notice nothing.
struct SuiteUnderTest {
  const Suite* suite = nullptr;
  std::vector<const SuiteCase*> passing;
};

// One policy, wherever the suites use it: what was read from one place as one kind.
struct PolicyUnderTest {
  struct Use {
    std::size_t suite = 0;
    DocumentPtr document;  // the suite's own reading
  };
  DocumentPtr document;  // of the first use
  std::vector<Use> uses;
  std::vector<Mutant> mutants;
};

// Immutable once built: any number of threads may ask. The suites must outlive it.
class MutationPlan {
 public:
  MutationPlan(std::vector<SuiteUnderTest> suites, const policy::Catalogue& catalogue);

  // By file and place; only policies that a passing case has before it.
  std::span<const PolicyUnderTest> policies() const& { return policies_; }
  std::span<const PolicyUnderTest> policies() const&& = delete;

  // Whether some case does not pass any more. Stops at the first one. `scratch` belongs to the
  // thread.
  bool Catches(const PolicyUnderTest& policy, const Mutant& mutant, BoundRequest& scratch) const;

 private:
  std::vector<SuiteUnderTest> suites_;
  const policy::Catalogue& catalogue_;
  std::vector<PolicyUnderTest> policies_;
};

}  // namespace postern::authz
