#include <fmt/format.h>

#include <algorithm>

#include "authz/engine.h"
#include "authz/suites/suite.h"
#include "policy/language/fold.h"

namespace postern::authz {

namespace {

// Which of two verdicts decides calls that must all be allowed: an explicit deny before an implicit
// one (S8.3), a deny before what is not known.
int Weight(Verdict verdict) {
  switch (verdict) {
    case Verdict::kAllow:
      return 0;
    case Verdict::kUnknown:
      return 1;
    case Verdict::kImplicitDeny:
      return 2;
    case Verdict::kExplicitDeny:
      return 3;
  }
  return 0;
}

// The decision that weighs most of several, and whether all have one verdict.
struct Heaviest {
  Decision decision;
  std::uint32_t call = 0;
  bool any = false;
  bool agree = true;

  void Add(const Decision& other, std::uint32_t number) {
    if (any && other.verdict != decision.verdict) agree = false;
    if (any && Weight(other.verdict) <= Weight(decision.verdict)) return;
    decision = other;
    call = number;
    any = true;
  }
};

std::string Joined(const std::vector<std::string>& texts, std::string_view none) {
  if (texts.empty()) return std::string(none);
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::vector<std::string> LayerNames(LayerMask mask) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    const auto layer = static_cast<Layer>(i);
    if (mask.Has(layer)) names.emplace_back(LayerName(layer));
  }
  return names;
}

std::string DecisionText(const CompiledPolicySet& policies, const Decision& decision) {
  std::string text(VerdictName(decision.verdict));
  if (!decision.decided_by.empty()) {
    text += " by " + Joined(LayerNames(decision.decided_by), "");
  } else if (decision.verdict == Verdict::kUnknown) {
    text += ", missing: " + Joined(MissingNames(policies, decision.missing), "nothing");
  }
  return text;
}

// The Sids of the deciding statements, as far as they have one.
std::vector<std::string> DecidingSids(const CompiledPolicySet& policies, const Decision& decision) {
  std::vector<std::string> sids;
  for (std::size_t i = 0; i < kLayerCount; ++i) {
    const auto layer = static_cast<Layer>(i);
    const StatementRef& ref = decision.StatementOf(layer);
    if (!decision.decided_by.Has(layer) || !ref.present()) continue;
    const policy::Statement* statement = StatementAt(policies, layer, ref);
    if (statement != nullptr && statement->sid != nullptr) {
      sids.emplace_back(statement->sid->text);
    }
  }
  return sids;
}

bool VerdictMet(const Expectation& expect, Verdict verdict) {
  if (expect.deny) return verdict == Verdict::kImplicitDeny || verdict == Verdict::kExplicitDeny;
  return !expect.verdict || *expect.verdict == verdict;
}

}  // namespace

std::vector<std::string> UnmetExpectations(const CompiledPolicySet& policies,
                                           const Expectation& expect, const Decision& decision,
                                           const Stability& stability) {
  std::vector<std::string> reasons;
  if (!VerdictMet(expect, decision.verdict)) {
    reasons.push_back(fmt::format("wanted {}, got {}", ExpectationText(expect),
                                  DecisionText(policies, decision)));
    return reasons;
  }
  if ((expect.by & decision.decided_by) != expect.by) {
    reasons.push_back(fmt::format("wanted it decided by {}, got {}",
                                  Joined(LayerNames(expect.by), ""),
                                  Joined(LayerNames(decision.decided_by), "no layer")));
  }
  if (!expect.sids.empty()) {
    const std::vector<std::string> sids = DecidingSids(policies, decision);
    for (const std::string& wanted : expect.sids) {
      if (std::ranges::find(sids, wanted) != sids.end()) continue;
      reasons.push_back(fmt::format("wanted statement {} to decide, got {}", wanted,
                                    Joined(sids, "no statement with a Sid")));
    }
  }
  if (!expect.missing.empty()) {
    const std::vector<std::string> missing = MissingNames(policies, decision.missing);
    for (const std::string& wanted : expect.missing) {
      const bool found = std::ranges::any_of(missing, [&](const std::string& name) {
        return policy::EqualsIgnoreAsciiCase(name, wanted);
      });
      if (found) continue;
      reasons.push_back(
          fmt::format("wanted {} to be missing, got {}", wanted, Joined(missing, "nothing")));
    }
  }
  if (expect.stable && *expect.stable != stability.stable()) {
    reasons.push_back(stability.stable()
                          ? "wanted a verdict that hangs on an assumption, got a stable one"
                          : fmt::format("wanted a stable verdict, got one that hangs on {}",
                                        OtherwiseText(stability)));
  }
  return reasons;
}

CallsDecision DecideCase(const CompiledPolicySet& policies, const Case& question,
                         BoundRequest& scratch, AssumptionSet alternatives) {
  CallsDecision result;
  if (question.calls.size() <= 1) {
    result.error = Bind(policies, question.request, scratch, alternatives);
    if (!result.error) result.decision = Decide(policies, scratch);
    return result;
  }
  AssumptionSet assumed;
  MissingSet missing;
  Heaviest all;
  Heaviest either;
  for (std::uint32_t call = 0; call < question.calls.size(); ++call) {
    const Request request = RequestOfCall(question, call);
    result.error = Bind(policies, request, scratch, alternatives);
    if (result.error) {
      result.deciding_call = call;
      return result;
    }
    const Decision decision = Decide(policies, scratch);
    assumed.Merge(decision.assumed);
    missing.Merge(decision.missing);
    (question.calls[call].either ? either : all).Add(decision, call);
  }
  if (!either.agree) {
    either.decision = Decision();
    either.decision.verdict = Verdict::kUnknown;
    missing.AddOperation();
  }
  if (either.any) all.Add(either.decision, either.call);
  result.decision = all.decision;
  result.deciding_call = all.call;
  result.decision.assumed = assumed;
  if (result.decision.verdict == Verdict::kUnknown) result.decision.missing = missing;
  return result;
}

CaseResult RunCase(const CompiledPolicySet& policies, const SuiteCase& test,
                   BoundRequest& scratch) {
  CaseResult result;
  if (!test.skip.empty()) {
    result.status = CaseStatus::kSkipped;
    return result;
  }
  CallsDecision calls = DecideCase(policies, test.question, scratch);
  result.decision = calls.decision;
  result.deciding_call = calls.deciding_call;
  result.error = std::move(calls.error);
  if (!result.error) {
    const Expectation& expect = test.question.expect;
    if (expect.stable) result.stability = Assess(policies, test.question, result.decision, scratch);
    result.reasons = UnmetExpectations(policies, expect, result.decision,
                                       result.stability.value_or(Stability{}));
    if (!result.reasons.empty()) result.got = DecisionText(policies, result.decision);
    if (!result.reasons.empty() && !result.stability) {
      result.stability = Assess(policies, test.question, result.decision, scratch);
    }
  }
  const bool met = !result.error && result.reasons.empty();
  if (!test.todo.empty()) {
    result.status = met ? CaseStatus::kTodoPassed : CaseStatus::kTodo;
  } else if (result.error) {
    result.status = CaseStatus::kError;
  } else {
    result.status = met ? CaseStatus::kPassed : CaseStatus::kFailed;
  }
  return result;
}

}  // namespace postern::authz
