#include "cmd/test/mutation.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <utility>

#include "authz/suites/mutation.h"
#include "cmd/threads.h"
#include "policy/catalogue.h"

namespace postern::cmd {
namespace {

struct Outcome {
  bool caught = false;
  std::optional<authz::Difference> telling;
  std::size_t requests = 0;
};

// Threads take one mutant after another; each outcome has a place of its own.
class Bench {
 public:
  explicit Bench(const authz::MutationPlan& plan) : plan_(plan) {
    for (const authz::PolicyUnderTest& policy : plan.policies()) {
      for (const authz::Mutant& mutant : policy.mutants) tasks_.push_back({&policy, &mutant});
    }
    outcomes_.resize(tasks_.size());
  }

  std::vector<Outcome> Run(std::size_t jobs) {
    ShareWork(std::min(jobs, tasks_.size()), [this](std::size_t) { Work(); });
    if (error_) std::rethrow_exception(error_);
    return std::move(outcomes_);
  }

 private:
  struct Task {
    const authz::PolicyUnderTest* policy;
    const authz::Mutant* mutant;
  };

  void Work() {
    authz::BoundRequest scratch;
    try {
      for (std::size_t i = next_++; i < tasks_.size(); i = next_++) {
        outcomes_[i] = Try(*tasks_[i].policy, *tasks_[i].mutant, scratch);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!error_) error_ = std::current_exception();
      next_ = tasks_.size();
    }
  }

  Outcome Try(const authz::PolicyUnderTest& policy, const authz::Mutant& mutant,
              authz::BoundRequest& scratch) const {
    Outcome outcome;
    outcome.caught = plan_.Catches(policy, mutant, scratch);
    if (outcome.caught) return outcome;
    authz::Comparison comparison =
        authz::CompareDecisions(policy.document, authz::MutatedDocument(policy.document, mutant),
                                policy::Catalogue::InUse());
    outcome.telling = std::move(comparison.difference);
    outcome.requests = comparison.requests;
    return outcome;
  }

  const authz::MutationPlan& plan_;
  std::vector<Task> tasks_;
  std::vector<Outcome> outcomes_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::exception_ptr error_;
};

std::vector<authz::SuiteUnderTest> PassingCases(const std::vector<SuiteRun>& suites) {
  std::vector<authz::SuiteUnderTest> under_test;
  for (const SuiteRun& run : suites) {
    authz::SuiteUnderTest& each = under_test.emplace_back();
    each.suite = &run.suite;
    for (const CaseRun& one : run.cases) {
      if (one.result.status == authz::CaseStatus::kPassed) each.passing.push_back(one.test);
    }
  }
  return under_test;
}

}  // namespace

void MutationCounts::Add(const MutationCounts& other) {
  mutants += other.mutants;
  caught += other.caught;
  survived += other.survived;
}

unsigned MutationCounts::Percent() const {
  const std::size_t all = caught + survived;
  return all == 0 ? 100 : static_cast<unsigned>(100 * caught / all);
}

MutationReport RunMutants(const std::vector<SuiteRun>& suites, std::size_t jobs) {
  const authz::MutationPlan plan(PassingCases(suites), policy::Catalogue::InUse());
  std::vector<Outcome> outcomes = Bench(plan).Run(std::max<std::size_t>(jobs, 1));
  MutationReport report;
  auto outcome = outcomes.begin();
  for (const authz::PolicyUnderTest& policy : plan.policies()) {
    MutatedPolicyReport& of_policy = report.policies.emplace_back();
    of_policy.document = policy.document;
    MutationCounts& counts = of_policy.counts;
    for (const authz::Mutant& mutant : policy.mutants) {
      ++counts.mutants;
      if (outcome->caught) {
        ++counts.caught;
      } else {
        counts.survived += outcome->telling ? 1 : 0;
        of_policy.survivors.push_back(
            {policy.document, mutant, std::move(outcome->telling), outcome->requests});
      }
      ++outcome;
    }
    report.counts.Add(counts);
  }
  return report;
}

}  // namespace postern::cmd
