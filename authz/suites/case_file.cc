#include "authz/suites/case_file.h"

#include <array>
#include <utility>

#include "authz/suites/read_request.h"
#include "authz/suites/reading.h"

namespace postern::authz {

using policy::Node;
using policy::NodeKind;

namespace {

std::string ReadId(const Node& node, Reading& read) {
  if (node.kind == NodeKind::kString || node.kind == NodeKind::kNumber) {
    return std::string(node.text);
  }
  read.ReportType(node, "a string");
  return {};
}

}  // namespace

std::optional<CaseFile> ReadCase(const std::shared_ptr<const policy::Tree>& tree,
                                 DocumentCache& documents, std::vector<CaseProblem>& problems,
                                 Completeness completeness) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "$schema", "id", "policies", "organization", "layers", "request", "expect"};
  Reading read(tree.get(), problems);
  const Node& root = tree->root();
  const auto [schema, id, policies, organization, layers, request, expect] =
      read.Members(root, kNames);
  CaseFile result;
  Case& question = result.question;
  question.tree = tree;
  if (root.IsObject()) read.ReportDuplicates(root);
  if (schema) read.Text(*schema);
  if (id) question.id = ReadId(*id, read);

  result.has_policies = policies != nullptr;
  std::optional<PolicySet> set = ReadPolicySet(tree, policies, organization, documents, problems);
  if (set) result.policies = std::move(*set);

  if (request) {
    const RequestParts parts{request, read.Members(*request, kRequestMembers), {}};
    if (request->IsObject()) {
      ReadRequestParts(parts, nullptr, question, read, completeness);
      if (set && policies) CheckRoute(result.policies, parts, question, read);
    }
  } else if (root.IsObject() && completeness == Completeness::kWhole) {
    read.Report(root, "missing-member", "the case has no `request`");
  }
  if (layers) {
    question.request.layers = ReadLayers(*tree, *layers, problems).value_or(LayerMask::All());
  }
  if (expect) question.expect = ReadExpectation(*tree, *expect, problems).value_or(Expectation());
  if (read.clean()) return result;
  DropRepeated(problems);
  return std::nullopt;
}

}  // namespace postern::authz
