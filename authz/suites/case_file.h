// The case format (cli section 4): Node -> policies, request, expectation. JSON and YAML alike.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <vector>

#include "authz/operations/operations.h"
#include "authz/policy_set.h"
#include "authz/request.h"
#include "authz/suites/checked_actions.h"
#include "policy/diagnostic.h"
#include "policy/tree.h"

namespace postern::authz {

// The library does no I/O: whoever holds the file system hands this in. `path` is as the case wrote
// it, `referrer` the name of the file it stands in ("" for flags). The error is one line for
// people.
using ReadPolicyFile =
    std::function<tl::expected<std::shared_ptr<const policy::Source>, std::string>(
        std::string_view path, std::string_view referrer)>;

// A place and what is wrong there. Input errors are exit code 2.
struct CaseProblem {
  std::shared_ptr<const policy::Source> source;  // null for problems of flags
  policy::SourceRange range;
  std::string pointer;
  std::string code;     // stable, kebab-case: "unknown-member", "policy-refused", ...
  std::string message;  // one line, lower case
  std::string help;
};

// Policies that were read, by path and kind, so that many cases share one document.
class DocumentCache {
 public:
  explicit DocumentCache(ReadPolicyFile read) : read_(std::move(read)) {}
  // The document at `path`, parsed as `kind`; null if it cannot be read or was refused (S1.13), and
  // then there are problems. Those of an unreadable file have no source: the place is the caller's.
  // A file that holds policies among other things (policy/containers) stands for the only one of
  // that kind in it. With kResource the document decides whether it is a role's trust policy
  // (kTrust): its actions are all of sts, and no statement has Resource.
  DocumentPtr Load(std::string_view path, std::string_view referrer, policy::PolicyKind kind,
                   std::vector<CaseProblem>& problems);

  std::size_t size() const { return entries_.size(); }
  // For those who read without end; documents in use live on.
  void Clear() { entries_.clear(); }

 private:
  struct Entry {
    DocumentPtr document;
    std::vector<CaseProblem> problems;
  };
  ReadPolicyFile read_;
  std::unordered_map<std::string, Entry> entries_;
};

struct Expectation {
  std::optional<Verdict> verdict;  // absent with `deny`: either kind of deny
  bool deny = false;
  LayerMask by;                      // must be among the deciding layers
  std::vector<std::string> sids;     // must be among the deciding statements' Sids
  std::vector<std::string> missing;  // must be among the missing
  std::optional<bool> stable;        // whether it may hang on an assumption of S10 (S8.2)
  bool empty() const {
    return !verdict && !deny && by.empty() && sids.empty() && missing.empty() && !stable;
  }
};
std::string ExpectationText(const Expectation& expectation);  // "implicit-deny by endpoint"

// One question, ready to compile, bind and decide. Views in `request` point into `tree` and
// `texts`.
struct Case {
  std::string id;
  std::shared_ptr<const policy::Tree> tree;  // may be null: whoever reads keeps the text
  std::list<std::string> texts;              // text made on reading
  Request request;                           // with `calls`: the first of them
  std::vector<Call> calls;  // `api` and `calls`: each must be allowed; empty: the request itself
  // Of `api` (S7.14): actions that it may need as well and that are not judged; whether nothing is
  // known of it but its name.
  std::vector<std::string> unjudged;
  bool assumed_same_name = false;
  Expectation expect;
  CheckedActions checked_actions;  // stays when the next request is read into the same case

  Case() = default;
  Case(Case&&) = default;
  Case& operator=(Case&&) = default;
};

// What `assumed` says of the API operation: "permission:iam:PassRole", "api:same-name".
inline constexpr std::string_view kAssumedSameName = "api:same-name";
std::vector<std::string> AssumedOfApi(const Case& question);

// The request of one of several calls.
Request RequestOfCall(const Case& question, std::size_t call);

// A request that travels by the id of the policies' own endpoint (`via: vpce-...`) simply travels
// through it.
void SettleRoute(const PolicySet& policies, Request& request);

// The readers. Each reports every problem it finds (unknown members with a "did you mean", wrong
// types, contradictions, members given twice) and returns nothing only if something was reported.

// `policies` object, which may be null (nothing is given); `organization` may be null.
std::optional<PolicySet> ReadPolicySet(const std::shared_ptr<const policy::Tree>& tree,
                                       const policy::Node* policies,
                                       const policy::Node* organization, DocumentCache& documents,
                                       std::vector<CaseProblem>& problems);

// Whether a request must say who calls and what for, or is completed from elsewhere (explain).
enum class Completeness : std::uint8_t { kWhole, kPartial };

// `request` object into a case whose `tree` is set already (without one, problems have no place);
// named principals of a suite in `principals` (may be null). What the case held of an earlier
// request is replaced, and its buffers are used again.
bool ReadRequest(const policy::Node& request, const policy::Node* principals, Case& into,
                 std::vector<CaseProblem>& problems,
                 Completeness completeness = Completeness::kWhole);
std::optional<Expectation> ReadExpectation(const policy::Tree& tree, const policy::Node& node,
                                           std::vector<CaseProblem>& problems);
// `layers`: a list of layer names.
std::optional<LayerMask> ReadLayers(const policy::Tree& tree, const policy::Node& node,
                                    std::vector<CaseProblem>& problems);

// A whole case: {"id", "policies", "organization", "layers", "request", "expect"}.
struct CaseFile {
  PolicySet policies;
  bool has_policies = false;
  Case question;
};
std::optional<CaseFile> ReadCase(const std::shared_ptr<const policy::Tree>& tree,
                                 DocumentCache& documents, std::vector<CaseProblem>& problems,
                                 Completeness completeness = Completeness::kWhole);

}  // namespace postern::authz
