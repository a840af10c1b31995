#include "authz/rules/together/context.h"

#include <algorithm>
#include <utility>

#include "authz/rules/together/bucket.h"
#include "policy/containers/lint_policy.h"
#include "policy/quote.h"
#include "policy/rules/endpoint/perimeter_keys.h"

namespace postern::authz {
namespace {

using policy::PolicyKind;

const std::vector<std::size_t>& None() {
  static const std::vector<std::size_t> kNone;
  return kNone;
}

bool MayBeS3(const RunPolicy& endpoint) {
  const std::string& service = endpoint.facts->endpoint.service;
  if (endpoint.facts->endpoint.is_private) return false;
  if (!service.empty()) return service == "s3";
  const std::string named = policy::ServiceNamedIn(*endpoint.document);
  return named.empty() || named == "s3";
}

template <typename Map>
const std::vector<std::size_t>& ListAt(const Map& map, std::string_view key) {
  const auto found = map.find(key);
  return found == map.end() ? None() : found->second;
}

}  // namespace

RunContext::RunContext(const LintRun& run, std::span<const policy::Rule> rules,
                       std::vector<RunFinding>& findings)
    : run_(run), rules_(rules), findings_(findings), ids_(run.policies.size()) {
  for (std::size_t i = 0; i < run.policies.size(); ++i) {
    const PolicyKind kind = document(i).kind();
    if (kind == PolicyKind::kBucket || kind == PolicyKind::kResource) {
      std::string bucket = BucketOf(document(i));
      if (!bucket.empty()) buckets_[std::move(bucket)].push_back(i);
    } else if (policy::IsIdentity(kind)) {
      identities_.push_back(i);
    }
  }
  FindEndpoints();
}

void RunContext::FindEndpoints() {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < run_.policies.size(); ++i) {
    if (document(i).kind() == PolicyKind::kEndpoint) all.push_back(i);
  }
  for (const std::size_t i : all) {
    const policy::LintFacts& facts = *policy(i).facts;
    ids_[i] = facts.endpoint.id;
    if (ids_[i].empty() && all.size() == 1 && facts.endpoints.size() == 1) {
      ids_[i] = facts.endpoints.front();
    }
    if (!MayBeS3(policy(i))) continue;
    s3_endpoints_.push_back(i);
    if (!ids_[i].empty()) endpoints_of_[ids_[i]].push_back(i);
  }
}

const std::vector<std::size_t>& RunContext::EndpointsOf(std::string_view id) const {
  return ListAt(endpoints_of_, id);
}

const std::string& RunContext::IdOf(std::size_t endpoint) const { return ids_[endpoint]; }

const std::vector<std::size_t>& RunContext::BucketPolicies(std::string_view bucket) const {
  return ListAt(buckets_, bucket);
}

PolicyGate& RunContext::GateOf(std::size_t index) {
  std::unique_ptr<PolicyGate>& gate = gates_[index];
  if (gate == nullptr) {
    const policy::LintFacts& facts = *policy(index).facts;
    gate = std::make_unique<PolicyGate>(document(index), facts.endpoint.type, *facts.catalogue);
  }
  return *gate;
}

std::string RunContext::Place(std::size_t index, policy::SourceRange range) const {
  policy::Diagnostic place;
  place.range = range;
  const RunPolicy& at = policy(index);
  if (at.contained != nullptr) policy::MoveToContainer(*at.contained, place);
  const policy::LineColumn found = at.file->Locate(place.range.begin);
  return policy::Quote(at.file->name()) + ":" + std::to_string(found.line) + ":" +
         std::to_string(found.column);
}

bool RunContext::IsFull() {
  if (findings_.size() < full_) return false;
  findings_.back().diagnostic.help = policy::kMoreFindings;
  return true;
}

policy::Diagnostic RunContext::Make(std::string_view code, std::string message,
                                    std::string help) const {
  policy::Diagnostic diagnostic;
  const policy::Rule* const rule = policy::FindRule(rules_, code);
  diagnostic.code = code;
  if (rule != nullptr) diagnostic.severity = rule->severity;
  diagnostic.message = std::move(message);
  diagnostic.help = std::move(help);
  return diagnostic;
}

void RunContext::Add(std::string_view code, std::size_t index, const policy::Node& node,
                     policy::SourceRange range, std::string message, std::string help) {
  if (IsFull()) return;
  RunFinding finding;
  finding.policy = index;
  finding.diagnostic = Make(code, std::move(message), std::move(help));
  finding.diagnostic.pointer = document(index).PointerTo(node);
  finding.diagnostic.range = range;
  const policy::ContainedPolicy* const contained = policy(index).contained;
  if (contained != nullptr) policy::MoveToContainer(*contained, finding.diagnostic);
  findings_.push_back(std::move(finding));
}

void RunContext::Report(std::string_view code, std::size_t index, const policy::Node& node,
                        std::string message, std::string help) {
  Add(code, index, node, node.range, std::move(message), std::move(help));
}

void RunContext::ReportKey(std::string_view code, std::size_t index, const policy::Node& member,
                           std::string message, std::string help) {
  Add(code, index, member, member.key_range, std::move(message), std::move(help));
}

void RunContext::ReportIn(std::string_view code, std::size_t container, std::string resource,
                          std::string pointer, policy::SourceRange range, std::string message,
                          std::string help) {
  if (IsFull()) return;
  RunFinding finding;
  finding.container = container;
  finding.resource = std::move(resource);
  finding.diagnostic = Make(code, std::move(message), std::move(help));
  finding.diagnostic.pointer = std::move(pointer);
  finding.diagnostic.range = range;
  findings_.push_back(std::move(finding));
}

}  // namespace postern::authz
