#include "authz/suites/coverage.h"

#include <algorithm>

namespace postern::authz {
namespace {

DocumentCoverage Uncovered(const DocumentPtr& document) {
  DocumentCoverage covered;
  covered.document = document;
  for (const policy::Statement& statement : document->statements()) {
    StatementCoverage& each = covered.statements.emplace_back();
    each.statement = &statement;
    for (const policy::Condition& condition : statement.conditions) {
      each.keys.push_back({&condition});
    }
  }
  return covered;
}

bool Decides(const Explanation& why, const LayerEvidence& layer,
             const StatementEvidence& evidence) {
  if (evidence.matched != Ternary::kYes) return false;
  switch (why.decision.verdict) {
    case Verdict::kAllow:
      return layer.outcome == Outcome::kAllow && evidence.effect == policy::Effect::kAllow;
    case Verdict::kExplicitDeny:
      return why.decision.decided_by.Has(layer.layer) && evidence.effect == policy::Effect::kDeny;
    case Verdict::kImplicitDeny:
    case Verdict::kUnknown:
      break;
  }
  return false;
}

// Whether it would have decided, had it matched.
bool WouldDecide(const Explanation& why, const LayerEvidence& layer,
                 const StatementEvidence& evidence) {
  if (evidence.effect == policy::Effect::kDeny) {
    return why.decision.verdict != Verdict::kExplicitDeny;
  }
  return why.decision.verdict == Verdict::kImplicitDeny &&
         layer.outcome == Outcome::kImplicitDeny && why.decision.decided_by.Has(layer.layer);
}

// The one leg that does not hold where all others do, or null.
const LegEvidence* OnlyFailure(const StatementEvidence& evidence) {
  const LegEvidence* failure = nullptr;
  for (const LegEvidence& leg : evidence.legs) {
    if (leg.result == Ternary::kYes) continue;
    if (leg.result == Ternary::kUnknown || failure != nullptr) return nullptr;
    failure = &leg;
  }
  return failure;
}

}  // namespace

void CoverageCounts::Add(const CoverageCounts& other) {
  statements += other.statements;
  decisive_statements += other.decisive_statements;
  keys += other.keys;
  decisive_keys += other.decisive_keys;
}

unsigned CoverageCounts::Percent() const {
  const std::size_t all = statements + keys;
  if (all == 0) return 100;
  return static_cast<unsigned>(100 * (decisive_statements + decisive_keys) / all);
}

CoverageCounts DocumentCoverage::Counts() const {
  CoverageCounts counts;
  for (const StatementCoverage& statement : statements) {
    ++counts.statements;
    counts.decisive_statements += statement.hits > 0 ? 1 : 0;
    counts.keys += statement.keys.size();
    counts.decisive_keys +=
        static_cast<std::size_t>(std::ranges::count_if(statement.keys, &KeyCoverage::decisive));
  }
  return counts;
}

DocumentCoverage& Coverage::Of(const DocumentPtr& document) {
  const auto known = known_.find(document.get());
  if (known != known_.end()) return *known->second;
  Place place(document->source().name(), document->root().range.begin);
  const auto at = documents_.try_emplace(std::move(place), Uncovered(document)).first;
  kept_.push_back(document);
  known_.emplace(document.get(), &at->second);
  return at->second;
}

void Coverage::AddPolicies(const PolicySet& policies) {
  for (const DocumentPtr& document : DocumentsOf(policies)) Of(document);
}

void Coverage::AddCase(const std::shared_ptr<const CompiledPolicySet>& policies,
                       const Case& question, const Decision& decision,
                       std::uint32_t deciding_call) {
  const std::size_t calls = std::max<std::size_t>(question.calls.size(), 1);
  for (std::size_t call = 0; call < calls; ++call) {
    // Each call must be allowed, while one that is not is enough.
    if (decision.verdict != Verdict::kAllow && call != deciding_call) continue;
    const Request request = RequestOfCall(question, call);
    if (Bind(*policies, request, scratch_)) continue;
    Explain(policies, scratch_, explanation_);
    if (explanation_.decision.verdict == decision.verdict) AddEvidence(explanation_);
  }
}

void Coverage::AddEvidence(const Explanation& why) {
  for (const LayerEvidence& layer : why.layers) {
    if (layer.outcome == Outcome::kNotApplicable) continue;
    for (const StatementEvidence& evidence : layer.statements) AddStatement(why, layer, evidence);
  }
}

void Coverage::AddStatement(const Explanation& why, const LayerEvidence& layer,
                            const StatementEvidence& evidence) {
  const bool decides = Decides(why, layer, evidence);
  const LegEvidence* const failure = decides ? nullptr : OnlyFailure(evidence);
  if (!decides && (failure == nullptr || failure->element != Element::kCondition ||
                   !WouldDecide(why, layer, evidence))) {
    return;
  }
  const DocumentPtr& document = PoliciesOf(*why.policies, layer.layer)[evidence.ref.policy];
  DocumentCoverage& covered = Of(document);
  const auto index = static_cast<std::size_t>(evidence.statement - document->statements().data());
  if (index >= covered.statements.size()) return;
  StatementCoverage& statement = covered.statements[index];
  if (decides) {
    ++statement.hits;
    for (KeyCoverage& key : statement.keys) ++key.held;
    return;
  }
  const std::vector<policy::Condition>& conditions = evidence.statement->conditions;
  const auto condition = std::ranges::find_if(conditions, [&](const policy::Condition& each) {
    return each.key_node == failure->node && each.op_node == failure->operator_node;
  });
  const auto key = static_cast<std::size_t>(condition - conditions.begin());
  if (key < statement.keys.size()) ++statement.keys[key].failed;
}

std::vector<DocumentCoverage> Coverage::documents() const {
  std::vector<DocumentCoverage> list;
  list.reserve(documents_.size());
  for (const auto& [place, covered] : documents_) list.push_back(covered);
  return list;
}

}  // namespace postern::authz
