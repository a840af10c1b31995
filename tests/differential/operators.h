// Every condition operator that exists, by a number: base, set prefix, IfExists.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "policy/language/operators.h"

namespace postern::differential {

inline constexpr std::size_t kOperatorNumbers = 27 * 6;

inline std::size_t NumberOf(policy::ConditionOperator op) {
  return static_cast<std::size_t>(op.base) * 6 + static_cast<std::size_t>(op.qualifier) * 2 +
         (op.if_exists ? 1 : 0);
}

struct NamedOperator {
  policy::ConditionOperator op;
  std::string name;
};

// All 159: Null takes no IfExists (S4.5).
inline const std::vector<NamedOperator>& LegalOperators() {
  static const std::vector<NamedOperator> kAll = [] {
    std::vector<NamedOperator> all;
    for (const policy::OperatorTraits& traits : policy::AllOperators()) {
      for (const auto qualifier : {policy::SetQualifier::kNone, policy::SetQualifier::kForAllValues,
                                   policy::SetQualifier::kForAnyValue}) {
        for (const bool if_exists : {false, true}) {
          if (if_exists && traits.base == policy::BaseOperator::kNull) continue;
          const policy::ConditionOperator op{traits.base, qualifier, if_exists};
          all.push_back({op, policy::OperatorName(op)});
        }
      }
    }
    return all;
  }();
  return kAll;
}

}  // namespace postern::differential
