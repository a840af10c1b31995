// What the generator reached: counts by verdict, by deciding layer, and by condition operator and
// state of its key. Mergeable, so that every thread keeps its own.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "authz/explain.h"
#include "tests/differential/operators.h"

namespace postern::differential {

// The state of a condition key as a condition found it (S4.18, S4.19).
enum class KeyState : std::uint8_t { kMissing, kNoValues, kEmptyText, kOne, kSeveral, kUnknown };
inline constexpr std::size_t kKeyStates = 6;
std::string_view KeyStateName(KeyState state);

class Coverage {
 public:
  void AddError() { ++errors_; }
  // A condition counts where the principal, the action, the resource and the other conditions of
  // its statement do not settle the statement by themselves. `absent_keys` are those that the
  // request supplied as absent.
  void Add(const authz::Explanation& explanation, std::span<const std::string> absent_keys);
  void Merge(const Coverage& other);

  std::uint64_t Verdicts(authz::Verdict verdict) const {
    return verdicts_[static_cast<std::size_t>(verdict)];
  }
  std::uint64_t errors() const { return errors_; }
  std::uint64_t Decided(authz::Verdict verdict, authz::Layer layer) const {
    return deciders_[static_cast<std::size_t>(verdict)][static_cast<std::size_t>(layer)];
  }
  std::uint64_t Evaluated(policy::ConditionOperator op, KeyState state) const {
    return operators_[NumberOf(op)][static_cast<std::size_t>(state)];
  }

  // For people: every count.
  std::string Table() const;
  // What falls short: the least share of each verdict, and `each` of everything else.
  std::vector<std::string> Shortfalls(std::uint64_t each) const;

 private:
  std::uint64_t Decided() const;  // requests with a verdict

  std::uint64_t errors_ = 0;
  std::array<std::uint64_t, 4> verdicts_{};
  std::array<std::array<std::uint64_t, authz::kLayerCount>, 4> deciders_{};
  std::array<std::array<std::uint64_t, kKeyStates>, kOperatorNumbers> operators_{};
};

}  // namespace postern::differential
