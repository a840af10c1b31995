#include "authz/suites/mutation.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

#include "authz/compile.h"

namespace postern::authz {
namespace {

using Place = std::tuple<std::string, std::uint32_t, policy::PolicyKind>;

Place PlaceOf(const policy::PolicyDocument& document) {
  return {document.source().name(), document.root().range.begin, document.kind()};
}

bool Holds(const PolicySet& policies, const DocumentPtr& document) {
  const std::vector<DocumentPtr> all = DocumentsOf(policies);
  return std::ranges::find(all, document) != all.end();
}

// Which of the suite's policy sets some case has before it.
std::vector<bool> SetsInUse(const SuiteUnderTest& under_test) {
  std::vector<bool> used(under_test.suite->policies.size());
  for (const SuiteCase* test : under_test.passing) used[test->policies] = true;
  return used;
}

}  // namespace

MutationPlan::MutationPlan(std::vector<SuiteUnderTest> suites, const policy::Catalogue& catalogue)
    : suites_(std::move(suites)), catalogue_(catalogue) {
  std::map<Place, PolicyUnderTest> by_place;
  for (std::size_t i = 0; i < suites_.size(); ++i) {
    const std::vector<bool> used = SetsInUse(suites_[i]);
    for (std::size_t set = 0; set < used.size(); ++set) {
      if (!used[set]) continue;
      for (const DocumentPtr& document : DocumentsOf(suites_[i].suite->policies[set])) {
        PolicyUnderTest& policy = by_place[PlaceOf(*document)];
        if (policy.document == nullptr) policy.document = document;
        const auto known = std::ranges::any_of(policy.uses, [&](const auto& use) {
          return use.suite == i && use.document == document;
        });
        if (!known) policy.uses.push_back({i, document});
      }
    }
  }
  for (auto& [place, policy] : by_place) {
    policy.mutants = MutantsOf(*policy.document);
    policies_.push_back(std::move(policy));
  }
}

bool MutationPlan::Catches(const PolicyUnderTest& policy, const Mutant& mutant,
                           BoundRequest& scratch) const {
  const DocumentPtr changed = MutatedDocument(policy.document, mutant);
  for (const PolicyUnderTest::Use& use : policy.uses) {
    const SuiteUnderTest& under_test = suites_[use.suite];
    const std::vector<PolicySet>& sets = under_test.suite->policies;
    std::vector<std::shared_ptr<const CompiledPolicySet>> compiled(sets.size());
    std::vector<bool> looked_at(sets.size());
    for (const SuiteCase* test : under_test.passing) {
      const std::uint32_t set = test->policies;
      if (!looked_at[set]) {
        looked_at[set] = true;
        if (Holds(sets[set], use.document)) {
          compiled[set] = Compile(WithDocument(sets[set], use.document, changed), catalogue_);
        }
      }
      if (compiled[set] == nullptr) continue;
      if (RunCase(*compiled[set], *test, scratch).status != CaseStatus::kPassed) return true;
    }
  }
  return false;
}

}  // namespace postern::authz
