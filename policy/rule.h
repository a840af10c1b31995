// One lint rule: data and one function. `postern rules`, the SARIF rule table and the rule lists in
// the READMEs are printed from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <typeindex>
#include <utility>
#include <vector>

#include "policy/diagnostic.h"
#include "policy/document.h"
#include "policy/pointer_cursor.h"

namespace postern::policy {

class Catalogue;
struct Rule;

enum class RuleStatus : std::uint8_t { kStable, kPreview };

enum class EndpointType : std::uint8_t { kUnknown, kGateway, kInterface };
std::string_view EndpointTypeName(EndpointType type);  // "gateway", "interface", "unknown"

// What is known of the endpoint that an endpoint policy is for; "" = not known.
struct EndpointFacts {
  EndpointType type = EndpointType::kUnknown;
  std::string service;  // the short name: "s3" of com.amazonaws.eu-west-1.s3
  std::string region;
  bool is_private = false;  // of a service that is not AWS's: com.amazonaws.vpce.REGION.vpce-svc-…
  std::string id;           // "vpce-..."
  std::string vpc;          // "vpc-..."
  // What callers do through it: words of rules/endpoint/uses.h.
  std::vector<std::string> uses;
};

// A size that AWS granted an account in the place of its default (limits.h).
struct SizeQuota {
  PolicyKind kind;
  std::size_t limit;
};

// Which bucket is behind an access point of S3.
struct AccessPointBucket {
  std::string name;
  std::string bucket;
};

// Everything a rule may look at beside the document.
struct LintFacts {
  const Catalogue* catalogue = nullptr;  // never null while rules run
  // Its data are so old that what rests on them alone is reported one severity lower.
  bool catalogue_is_old = false;
  std::string today;  // YYYY-MM-DD; "" = not known
  EndpointFacts endpoint;
  // What is the user's own; empty = not known, and rules that need it are silent.
  std::vector<std::string> organizations;  // "o-..."
  std::vector<std::string> accounts;
  std::vector<std::string> vpcs;
  std::vector<std::string> endpoints;  // "vpce-..."
  std::vector<std::string> vpc_cidrs;
  std::vector<SizeQuota> quotas;  // of several for one kind the first counts
  std::vector<AccessPointBucket> access_points;
};

// What one rule made of a document for the others: each type of thing at most once.
class RuleMemory {
 public:
  template <typename Thing>
  const Thing* Find() const {
    const auto found = things_.find(typeid(Thing));
    return found == things_.end() ? nullptr : static_cast<const Thing*>(found->second.get());
  }
  template <typename Thing>
  const Thing& Keep(std::shared_ptr<const Thing> thing) {
    const Thing& kept = *thing;
    things_[typeid(Thing)] = std::move(thing);
    return kept;
  }

 private:
  std::map<std::type_index, std::shared_ptr<const void>> things_;
};

// What a rule is handed: the document, the facts, and the place to report to. One for each run of a
// rule; what is beyond kMaxFindings is left out.
class LintContext {
 public:
  LintContext(const PolicyDocument& document, const LintFacts& facts, std::span<const Rule> rules,
              std::vector<Diagnostic>& diagnostics, RuleMemory& memory)
      : document_(document),
        facts_(facts),
        rules_(rules),
        diagnostics_(diagnostics),
        memory_(memory),
        pointers_(document.root()),
        full_(diagnostics.size() + kMaxFindings) {}

  const PolicyDocument& document() const { return document_; }
  PolicyKind kind() const { return document_.kind(); }
  const LintFacts& facts() const { return facts_; }
  const Catalogue& catalogue() const { return *facts_.catalogue; }
  RuleMemory& memory() { return memory_; }

  // Reports at the value `node`, or at its member name, with the severity of the table's row.
  // Returns the diagnostic, to add related places to or to set another severity; good until the
  // next report.
  Diagnostic& Report(std::string_view code, const Node& node, std::string message,
                     std::string help = {});
  Diagnostic& ReportKey(std::string_view code, const Node& member, std::string message,
                        std::string help = {});
  // At text()[begin, end) of a string node.
  Diagnostic& ReportWithin(std::string_view code, const Node& node, std::size_t begin,
                           std::size_t end, std::string message, std::string help = {});

 private:
  Diagnostic& Add(std::string_view code, const Node& node, SourceRange range, std::string message,
                  std::string help);

  const PolicyDocument& document_;
  const LintFacts& facts_;
  std::span<const Rule> rules_;
  std::vector<Diagnostic>& diagnostics_;
  RuleMemory& memory_;
  PointerCursor pointers_;
  std::size_t full_;     // size of `diagnostics_` from which on nothing is added
  Diagnostic left_out_;  // what a rule is given then
};

struct Rule {
  std::string_view code;  // "EP301"
  std::string_view name;  // "list-buckets-unreachable"
  Severity severity;
  RuleStatus status;
  std::string_view summary;    // one line: what it finds
  std::string_view rationale;  // why it matters, two or three sentences
  std::string_view source;     // guide and page, or repository and file, that says so
  // Looks at one document. Null for the rules that reading and parsing report by themselves (JS,
  // GR), and for those that look at a whole run (authz/rules/together).
  void (*check)(LintContext&);
  // It speaks where the catalogue does not have something.
  bool rests_on_catalogue = false;
};

// The rules of this library: reading, grammar, and one document at a time. A table, not static
// registration: the order is visible. Rules that ask the engine are in authz/rules.h.
std::span<const Rule> PolicyRules();
const Rule* FindRule(std::span<const Rule> rules, std::string_view code_or_name);

}  // namespace postern::policy
