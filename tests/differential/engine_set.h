// A generated policy set and its requests, as the engine reads, compiles, binds and decides them.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "authz/engine.h"
#include "authz/suites/case_file.h"
#include "policy/tree.h"

namespace postern::differential {

// What somebody answers, in words: "implicit-deny by scp, endpoint", "error".
struct Answer {
  std::string verdict;  // "allow", ..., "unknown", or "error"
  std::vector<std::string> decided_by;
  std::string error;  // why, with "error": for people, never compared

  bool IsError() const { return verdict == "error"; }
  friend bool operator==(const Answer& a, const Answer& b) {
    return a.verdict == b.verdict && a.decided_by == b.decided_by;
  }
};
std::string Words(const Answer& answer);

// The deciding layers in the order in which they are reported.
std::vector<std::string> LayerNames(authz::LayerMask layers);

class EngineSet {
 public:
  // `text`: see generate/generate.h. It must be JSON.
  explicit EngineSet(std::string text);
  EngineSet(const EngineSet&) = delete;
  EngineSet& operator=(const EngineSet&) = delete;

  std::size_t size() const { return requests_.size(); }
  // Empty: the policies can be evaluated. Else every request is an error.
  const std::string& refused() const { return refused_; }
  const authz::PolicySet& policies() const { return set_; }

  // Reads, binds and decides one request. False: an input error.
  bool Ask(std::size_t request, authz::AssumptionSet alternatives = {});
  // Of the request asked last: the decision, or what is wrong with it.
  const authz::Decision& decision() const { return decision_; }
  const std::string& error() const { return error_; }
  const authz::Request& request() const { return question_.request; }
  Answer answer() const;
  authz::Explanation Explain();

 private:
  std::shared_ptr<const policy::Tree> tree_;
  std::vector<const policy::Node*> requests_;
  authz::PolicySet set_;
  std::string refused_;
  std::shared_ptr<const authz::CompiledPolicySet> compiled_;
  authz::Case question_;
  authz::BoundRequest bound_;
  authz::Decision decision_;
  std::string error_;
};

}  // namespace postern::differential
