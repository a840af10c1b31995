// The policy of `--endpoint`, put into suites that leave the policy of their endpoints open.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authz/suites/suite.h"
#include "cmd/test/given.h"

namespace postern::cmd {

// Not for two threads at once.
class EndpointPolicy {
 public:
  // `flags` must outlive it.
  explicit EndpointPolicy(const GivenFlags& flags) : flags_(flags) {}

  bool given() const { return !flags_.endpoint.empty(); }
  // False after having reported why the policy cannot be used.
  bool Load(authz::DocumentCache& documents, std::vector<authz::CaseProblem>& problems);

  // The flag that tells a condition key of the endpoint, "" if none does; absent for another key.
  static std::optional<std::string_view> FlagOf(std::string_view key);

  // Whether the suite has parameters, and an endpoint of a service without a policy.
  static bool IsOpen(const authz::Suite& suite);
  // Gives the policy and what is told of the endpoint to the endpoints of its service, and skips
  // the cases that go through another one, with the reason. What is not told of the endpoint is
  // unknown to its cases. Returns how many cases were skipped, by the service of their endpoint.
  std::map<std::string, std::size_t> PutInto(authz::Suite& suite) const;
  // "`a.json` is about `s3`"
  std::string Belonging() const;

 private:
  bool IsOf(const authz::Endpoint& endpoint) const;
  void PutInto(authz::Endpoint& endpoint) const;

  const GivenFlags& flags_;
  authz::DocumentPtr document_;        // null: the default policy
  std::string service_;                // "" = not told
  std::vector<std::string> prefixes_;  // of the services that the policy names; empty: any
};

}  // namespace postern::cmd
