// What mutants of the policies came to, as data; render/mutation draws it.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "authz/compare/compare.h"
#include "authz/policy_set.h"
#include "authz/suites/mutants.h"

namespace postern::cmd {

// A change that no case noticed.
struct Survivor {
  authz::DocumentPtr document;
  authz::Mutant mutant;
  // A request that tells the mutant from the original; absent if none was found among `requests`:
  // perhaps the two are equivalent.
  std::optional<authz::Difference> telling;
  std::size_t requests = 0;
};

struct MutationCounts {
  std::size_t mutants = 0;
  std::size_t caught = 0;
  std::size_t survived = 0;  // and can be told from the original

  std::size_t perhaps_equivalent() const { return mutants - caught - survived; }
  void Add(const MutationCounts& other);
  // Caught ones of those that are not perhaps equivalent, rounded down. Of none, 100.
  unsigned Percent() const;
};

struct MutatedPolicyReport {
  authz::DocumentPtr document;
  MutationCounts counts;
  std::vector<Survivor> survivors;  // in document order
};

struct MutationReport {
  std::vector<MutatedPolicyReport> policies;  // by file and place
  MutationCounts counts;                      // of all
  std::optional<unsigned> minimum;            // percent

  bool enough() const { return !minimum || counts.Percent() >= *minimum; }
};

}  // namespace postern::cmd
