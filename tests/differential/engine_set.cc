#include "tests/differential/engine_set.h"

#include <cassert>
#include <utility>

#include "policy/catalogue.h"
#include "policy/json_tree.h"

namespace postern::differential {

using policy::Node;

namespace {

tl::expected<std::shared_ptr<const policy::Source>, std::string> NoFiles(std::string_view,
                                                                         std::string_view) {
  return tl::unexpected(std::string("generated policies stand in the case"));
}

std::string Described(const std::vector<authz::CaseProblem>& problems) {
  return problems.empty() ? std::string("refused")
                          : problems.front().pointer + ": " + problems.front().message;
}

}  // namespace

std::string Words(const Answer& answer) {
  std::string words = answer.verdict;
  for (std::size_t i = 0; i < answer.decided_by.size(); ++i) {
    words += (i == 0 ? " by " : ", ") + answer.decided_by[i];
  }
  if (!answer.error.empty()) words += " (" + answer.error + ")";
  return words;
}

std::vector<std::string> LayerNames(authz::LayerMask layers) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < authz::kLayerCount; ++i) {
    const auto layer = static_cast<authz::Layer>(i);
    if (layers.Has(layer)) names.emplace_back(LayerName(layer));
  }
  return names;
}

EngineSet::EngineSet(std::string text) {
  auto read = policy::ReadJson(std::make_shared<const policy::Source>("case.json", std::move(text)),
                               policy::kSuiteLimits);
  assert(read.tree);
  tree_ = std::make_shared<const policy::Tree>(std::move(*read.tree));
  question_.tree = tree_;
  const Node& root = tree_->root();
  if (const Node* requests = root.Find("requests")) {
    for (const Node& request : requests->children()) requests_.push_back(&request);
  }
  authz::DocumentCache documents(NoFiles);
  std::vector<authz::CaseProblem> problems;
  auto set = authz::ReadPolicySet(tree_, root.Find("policies"), root.Find("organization"),
                                  documents, problems);
  if (!set) {
    refused_ = Described(problems);
    return;
  }
  set_ = std::move(*set);
  compiled_ = authz::Compile(set_, policy::Catalogue::Embedded());
}

bool EngineSet::Ask(std::size_t request, authz::AssumptionSet alternatives) {
  error_ = refused_;
  if (!error_.empty()) return false;
  std::vector<authz::CaseProblem> problems;
  if (!authz::ReadRequest(*requests_[request], nullptr, question_, problems)) {
    error_ = Described(problems);
    return false;
  }
  authz::SettleRoute(set_, question_.request);
  if (const auto error = authz::Bind(*compiled_, question_.request, bound_, alternatives)) {
    error_ = error->message;
    return false;
  }
  decision_ = authz::Decide(*compiled_, bound_);
  return true;
}

Answer EngineSet::answer() const {
  if (!error_.empty()) return {"error", {}, error_};
  return {std::string(authz::VerdictName(decision_.verdict)), LayerNames(decision_.decided_by), {}};
}

authz::Explanation EngineSet::Explain() { return authz::Explain(compiled_, bound_); }

}  // namespace postern::differential
