#include "tests/differential/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "policy/language/fold.h"

namespace postern::differential {
namespace {

using authz::Layer;
using authz::Ternary;
using authz::Verdict;

// The least share of each verdict, in the order of Verdict, in percent.
constexpr std::uint64_t kLeastShares[] = {20, 20, 20, 5};

// The layers that can decide a verdict. A request control policy and Block Public Access never deny
// implicitly (S7.4.3, S7.11); those that only restrict never grant (S7.2).
struct Decider {
  Verdict verdict;
  Layer layer;
};
constexpr Decider kDeciders[] = {
    {Verdict::kAllow, Layer::kIdentity},
    {Verdict::kAllow, Layer::kResource},
    {Verdict::kAllow, Layer::kAccessPoint},
    {Verdict::kImplicitDeny, Layer::kScp},
    {Verdict::kImplicitDeny, Layer::kEndpoint},
    {Verdict::kImplicitDeny, Layer::kSession},
    {Verdict::kImplicitDeny, Layer::kBoundary},
    {Verdict::kImplicitDeny, Layer::kIdentity},
    {Verdict::kImplicitDeny, Layer::kResource},
    {Verdict::kImplicitDeny, Layer::kAccessPoint},
    {Verdict::kExplicitDeny, Layer::kScp},
    {Verdict::kExplicitDeny, Layer::kRcp},
    {Verdict::kExplicitDeny, Layer::kEndpoint},
    {Verdict::kExplicitDeny, Layer::kSession},
    {Verdict::kExplicitDeny, Layer::kBoundary},
    {Verdict::kExplicitDeny, Layer::kIdentity},
    {Verdict::kExplicitDeny, Layer::kResource},
    {Verdict::kExplicitDeny, Layer::kAccessPoint},
    {Verdict::kExplicitDeny, Layer::kBlockPublicAccess},
};

const authz::KeyEvidence* EvidenceOf(const authz::Explanation& explanation, std::string_view key) {
  for (const authz::KeyEvidence& evidence : explanation.keys) {
    if (policy::EqualsIgnoreAsciiCase(evidence.name, key)) return &evidence;
  }
  return nullptr;
}

KeyState StateOf(const authz::Explanation& explanation, std::span<const std::string> absent_keys,
                 std::string_view key) {
  const authz::KeyEvidence* evidence = EvidenceOf(explanation, key);
  if (evidence == nullptr || evidence->source == authz::KeySource::kAbsent) {
    const bool supplied = std::ranges::any_of(absent_keys, [&](const std::string& absent) {
      return policy::EqualsIgnoreAsciiCase(absent, key);
    });
    return supplied ? KeyState::kNoValues : KeyState::kMissing;
  }
  if (evidence->source == authz::KeySource::kUnknown) return KeyState::kUnknown;
  if (evidence->values.size() > 1) return KeyState::kSeveral;
  return evidence->values.front().empty() ? KeyState::kEmptyText : KeyState::kOne;
}

double Percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::string_view KeyStateName(KeyState state) {
  constexpr std::string_view kNames[] = {"missing", "[]", "[\"\"]", "one", "several", "unknown"};
  static_assert(std::size(kNames) == kKeyStates);
  return kNames[static_cast<std::size_t>(state)];
}

void Coverage::Add(const authz::Explanation& explanation,
                   std::span<const std::string> absent_keys) {
  const auto verdict = static_cast<std::size_t>(explanation.decision.verdict);
  ++verdicts_[verdict];
  for (std::size_t layer = 0; layer < authz::kLayerCount; ++layer) {
    if (explanation.decision.decided_by.Has(static_cast<Layer>(layer))) ++deciders_[verdict][layer];
  }
  for (const authz::LayerEvidence& layer : explanation.layers) {
    for (const authz::StatementEvidence& statement : layer.statements) {
      const auto& conditions = statement.statement->conditions;
      const std::size_t first = statement.legs.size() - conditions.size();
      const auto failed =
          std::ranges::count(statement.legs, Ternary::kNo, &authz::LegEvidence::result);
      for (std::size_t i = 0; i < conditions.size(); ++i) {
        const bool others_hold =
            failed == (statement.legs[first + i].result == Ternary::kNo ? 1 : 0);
        if (!conditions[i].op || !others_hold) continue;
        const KeyState state = StateOf(explanation, absent_keys, conditions[i].key_node->key);
        ++operators_[NumberOf(*conditions[i].op)][static_cast<std::size_t>(state)];
      }
    }
  }
}

void Coverage::Merge(const Coverage& other) {
  errors_ += other.errors_;
  for (std::size_t verdict = 0; verdict < verdicts_.size(); ++verdict) {
    verdicts_[verdict] += other.verdicts_[verdict];
    for (std::size_t layer = 0; layer < authz::kLayerCount; ++layer) {
      deciders_[verdict][layer] += other.deciders_[verdict][layer];
    }
  }
  for (std::size_t op = 0; op < kOperatorNumbers; ++op) {
    for (std::size_t state = 0; state < kKeyStates; ++state) {
      operators_[op][state] += other.operators_[op][state];
    }
  }
}

std::uint64_t Coverage::Decided() const {
  std::uint64_t all = 0;
  for (const std::uint64_t count : verdicts_) all += count;
  return all;
}

std::string Coverage::Table() const {
  std::string table;
  const auto out = std::back_inserter(table);
  fmt::format_to(out, "{:<18}", "verdict");
  for (std::size_t i = 0; i < verdicts_.size(); ++i) {
    fmt::format_to(out, "{:>16}", VerdictName(static_cast<Verdict>(i)));
  }
  fmt::format_to(out, "{:>16}\n{:<18}", "error", "requests");
  for (const std::uint64_t count : verdicts_) fmt::format_to(out, "{:>16}", count);
  fmt::format_to(out, "{:>16}\n{:<18}", errors_, "share");
  for (const std::uint64_t count : verdicts_) {
    fmt::format_to(out, "{:>14.1f} %", Percent(count, Decided()));
  }
  table += "\n\ndecided by\n";
  for (std::size_t layer = 0; layer < authz::kLayerCount; ++layer) {
    fmt::format_to(out, "{:<18}", LayerName(static_cast<Layer>(layer)));
    for (std::size_t i = 0; i + 1 < verdicts_.size(); ++i) {
      fmt::format_to(out, "{:>16}", deciders_[i][layer]);
    }
    table += '\n';
  }
  fmt::format_to(out, "\n{:<46}", "condition, and the state of its key");
  for (std::size_t state = 0; state < kKeyStates; ++state) {
    fmt::format_to(out, "{:>9}", KeyStateName(static_cast<KeyState>(state)));
  }
  table += '\n';
  for (const NamedOperator& op : LegalOperators()) {
    fmt::format_to(out, "{:<46}", op.name);
    for (const std::uint64_t count : operators_[NumberOf(op.op)]) {
      fmt::format_to(out, "{:>9}", count);
    }
    table += '\n';
  }
  return table;
}

std::vector<std::string> Coverage::Shortfalls(std::uint64_t each) const {
  std::vector<std::string> shortfalls;
  for (std::size_t i = 0; i < verdicts_.size(); ++i) {
    if (verdicts_[i] * 100 >= Decided() * kLeastShares[i]) continue;
    shortfalls.push_back(fmt::format("{}: {:.1f} % where {} % are wanted",
                                     VerdictName(static_cast<Verdict>(i)),
                                     Percent(verdicts_[i], Decided()), kLeastShares[i]));
  }
  for (const Decider& decider : kDeciders) {
    const std::uint64_t count = Decided(decider.verdict, decider.layer);
    if (count >= each) continue;
    shortfalls.push_back(fmt::format("{} by {}: {} where {} are wanted",
                                     VerdictName(decider.verdict), LayerName(decider.layer), count,
                                     each));
  }
  for (const NamedOperator& op : LegalOperators()) {
    for (std::size_t state = 0; state < kKeyStates; ++state) {
      const std::uint64_t count = operators_[NumberOf(op.op)][state];
      if (count >= each) continue;
      shortfalls.push_back(fmt::format("{} with its key {}: {} where {} are wanted", op.name,
                                       KeyStateName(static_cast<KeyState>(state)), count, each));
    }
  }
  return shortfalls;
}

}  // namespace postern::differential
