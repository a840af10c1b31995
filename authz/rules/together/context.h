// What a rule over several policies is handed: the run, answers about its policies, and the place
// to report to.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "authz/rules/together.h"
#include "authz/rules/together/gate.h"

namespace postern::authz {

class RunContext {
 public:
  // All of them must outlive it.
  RunContext(const LintRun& run, std::span<const policy::Rule> rules,
             std::vector<RunFinding>& findings);

  // Before each rule: of one at most policy::kMaxFindings are kept.
  void BeginRule() { full_ = findings_.size() + policy::kMaxFindings; }

  const LintRun& run() const { return run_; }
  const RunPolicy& policy(std::size_t index) const { return run_.policies[index]; }
  const policy::PolicyDocument& document(std::size_t index) const {
    return *run_.policies[index].document;
  }

  // Endpoint policies of S3, or of which it is not known that they are another service's.
  const std::vector<std::size_t>& s3_endpoints() const { return s3_endpoints_; }
  // Of these, the ones of the endpoint `id`, by what the container or postern.yaml says, or by
  // --vpce where one id and one endpoint policy are all there are; empty: none is known.
  const std::vector<std::size_t>& EndpointsOf(std::string_view id) const;
  // The id that an endpoint policy is known to belong to; "" if none is.
  const std::string& IdOf(std::size_t endpoint) const;
  // The policies of the bucket.
  const std::vector<std::size_t>& BucketPolicies(std::string_view bucket) const;
  // All buckets that policies of the run belong to.
  const std::map<std::string, std::vector<std::size_t>, std::less<>>& buckets() const {
    return buckets_;
  }
  const std::vector<std::size_t>& identities() const { return identities_; }

  // Answers of one policy alone. Made when first asked for.
  PolicyGate& GateOf(std::size_t index);

  // "`bucket.json`:4:5", for messages about another policy.
  std::string Place(std::size_t index, policy::SourceRange range) const;

  // Reports at a value, or at a member's name, of a policy.
  void Report(std::string_view code, std::size_t index, const policy::Node& node,
              std::string message, std::string help);
  void ReportKey(std::string_view code, std::size_t index, const policy::Node& member,
                 std::string message, std::string help);
  // Reports at a place of a container, about a resource in it.
  void ReportIn(std::string_view code, std::size_t container, std::string resource,
                std::string pointer, policy::SourceRange range, std::string message,
                std::string help);

 private:
  void FindEndpoints();
  bool IsFull();
  policy::Diagnostic Make(std::string_view code, std::string message, std::string help) const;
  void Add(std::string_view code, std::size_t index, const policy::Node& node,
           policy::SourceRange range, std::string message, std::string help);

  const LintRun& run_;
  std::span<const policy::Rule> rules_;
  std::vector<RunFinding>& findings_;
  std::size_t full_ = 0;  // size of `findings_` from which on nothing is added
  std::vector<std::size_t> s3_endpoints_;
  std::vector<std::size_t> identities_;
  std::vector<std::string> ids_;  // one for each policy
  std::map<std::string, std::vector<std::size_t>, std::less<>> endpoints_of_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> buckets_;
  std::map<std::size_t, std::unique_ptr<PolicyGate>> gates_;
};

}  // namespace postern::authz
