// Which statements of the policies, and which condition keys of them, decided at least one case.
// Nothing is evaluated here: Explain tells what each statement and each of its legs came out as.
//
// A statement decides a case
//   - that is denied explicitly: if it is a Deny that matches, in one of the deciding layers;
//   - that is allowed: if it is an Allow that matches, in a layer that takes part and allows.
// An implicit deny is decided by no statement.
//
// A condition key decides whether its statement matches where everything else in the statement
// holds: it `held` in the cases that the statement decides, and it `failed` in those where this
// alone kept the statement from deciding: an Allow of a layer that now denies implicitly, or a Deny
// in a case that is not denied explicitly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "authz/engine.h"
#include "authz/policy_set.h"
#include "authz/suites/case_file.h"
#include "policy/document.h"

namespace postern::authz {

struct KeyCoverage {
  const policy::Condition* condition = nullptr;
  std::uint64_t held = 0;    // cases
  std::uint64_t failed = 0;  // cases
  bool decisive() const { return held + failed > 0; }
};

struct StatementCoverage {
  const policy::Statement* statement = nullptr;
  std::uint64_t hits = 0;         // cases that it decided
  std::vector<KeyCoverage> keys;  // in document order
};

// Statements and keys, and how many of them decided something.
struct CoverageCounts {
  std::size_t statements = 0, decisive_statements = 0;
  std::size_t keys = 0, decisive_keys = 0;

  void Add(const CoverageCounts& other);
  // Of statements and keys together, rounded down: 100 means all. Of nothing, 100.
  unsigned Percent() const;
};

struct DocumentCoverage {
  DocumentPtr document;
  std::vector<StatementCoverage> statements;

  CoverageCounts Counts() const;
};

// Counters for each statement, whatever the number of cases. One policy that several suites name is
// counted once. Not for two threads at once.
class Coverage {
 public:
  // Policies that count though nothing may come to be decided by them.
  void AddPolicies(const PolicySet& policies);
  // `decision` and `deciding_call` are DecideCase's answer to `question`.
  void AddCase(const std::shared_ptr<const CompiledPolicySet>& policies, const Case& question,
               const Decision& decision, std::uint32_t deciding_call);

  // By file and place.
  std::vector<DocumentCoverage> documents() const;

 private:
  using Place = std::pair<std::string, std::uint32_t>;  // name of the source, byte in it

  DocumentCoverage& Of(const DocumentPtr& document);
  void AddEvidence(const Explanation& why);
  void AddStatement(const Explanation& why, const LayerEvidence& layer,
                    const StatementEvidence& evidence);

  std::map<Place, DocumentCoverage> documents_;
  std::unordered_map<const policy::PolicyDocument*, DocumentCoverage*> known_;
  std::vector<DocumentPtr> kept_;  // what the addresses in known_ belong to
  BoundRequest scratch_;
  Explanation explanation_;
};

}  // namespace postern::authz
